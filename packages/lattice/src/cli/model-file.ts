import { fromModelFile } from "@lemmata/filter";
import { recognize } from "../formats/load-model.ts";
import type { Model } from "../model/model.ts";

/** A model and the file that it came from. */
export interface ModelFile {
  readonly model: Model;
  /** The name of the file's format. */
  readonly format: string;
  /** The file's size. */
  readonly bytes: number;
}

/**
 * Reads the model file of `--model`.
 *
 * @throws `UsageError` if there is none; `DataError` if the file is not a model.
 */
export function readModelFile(path: string | undefined): Promise<ModelFile> {
  return fromModelFile(path, (file) => {
    const { name, read } = recognize(file);
    return { model: read(), format: name, bytes: file.length };
  });
}
