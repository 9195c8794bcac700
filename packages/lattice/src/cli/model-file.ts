import { readFile } from "node:fs/promises";
import { readTokenizerJson } from "../huggingface.ts";
import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { readSentencePiece } from "../sentencepiece.ts";
import { DataError, faultOf, UsageError } from "./faults.ts";

/** A model and the file that it came from. */
export interface ModelFile {
  readonly model: Model;
  /** The name of the file's format. */
  readonly format: string;
  /** The file's size. */
  readonly bytes: number;
}

/** A format of model files. */
interface Format {
  readonly name: string;
  /** Whether a file is to be read as one of this format. */
  readonly knows: (file: Uint8Array) => boolean;
  readonly read: (file: Uint8Array) => Model;
}

/** The first that knows a file reads it; the last knows all. */
const formats: readonly Format[] = [
  { name: "tokenizer.json", knows: beginsAsJson, read: readTokenizerJson },
  { name: "SentencePiece", knows: () => true, read: readSentencePiece },
];

/**
 * Reads the model file of `--model`.
 *
 * @throws {@link UsageError} if there is none; {@link DataError} if the file is not a model.
 */
export async function readModelFile(path: string | undefined): Promise<ModelFile> {
  if (path === undefined) throw new UsageError("--model FILE is needed");
  const file = await readFile(path);
  const { name, read } = formats.find(({ knows }) => knows(file))!;
  try {
    return { model: read(file), format: name, bytes: file.length };
  } catch (error) {
    if (!(error instanceof LatticeError)) throw error;
    throw new DataError(`${path}: ${faultOf(error)}`);
  }
}

/**
 * Whether a file begins as a JSON object does. A SentencePiece file begins with a line feed and the size of its first
 * piece, usually `<unk>`, with what goes with it: that is `{` only if it takes 123 bytes.
 */
function beginsAsJson(file: Uint8Array): boolean {
  return file.find((byte) => !WHITE_SPACE.has(byte)) === OPENING_BRACE;
}

const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const OPENING_BRACE = 0x7b;
