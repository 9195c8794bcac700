import { readFile } from "node:fs/promises";
import { recognize } from "../formats/load-model.ts";
import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { DataError, faultOf, UsageError } from "./faults.ts";

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
 * @throws {@link UsageError} if there is none; {@link DataError} if the file is not a model.
 */
export async function readModelFile(path: string | undefined): Promise<ModelFile> {
  if (path === undefined) throw new UsageError("--model FILE is needed");
  const file = await readFile(path);
  try {
    const { name, read } = recognize(file);
    return { model: read(), format: name, bytes: file.length };
  } catch (error) {
    if (!(error instanceof LatticeError)) throw error;
    throw new DataError(`${path}: ${faultOf(error)}`);
  }
}
