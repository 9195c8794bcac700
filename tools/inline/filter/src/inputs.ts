import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { DataError } from "./faults.ts";

/** Bytes that come in chunks, and what to call them. */
export interface Input {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** How many bytes will come, if that is known. */
  readonly size: number | undefined;
}

const CHUNK = 1 << 18;

/**
 * The files to read, in order; `-`, and no file at all, stand for standard input. A file is opened when its turn comes.
 *
 * @throws {@link DataError} for a directory, the system's error for a file that is not there.
 */
export async function inputsOf(paths: readonly string[]): Promise<Input[]> {
  return await Promise.all((paths.length === 0 ? ["-"] : paths).map(inputOf));
}

async function inputOf(path: string): Promise<Input> {
  if (path === "-") return { name: "standard input", chunks: process.stdin, size: undefined };
  const about = await stat(path);
  if (about.isDirectory()) throw new DataError(`${path} is a directory`);
  return { name: path, chunks: chunksOf(path), size: about.isFile() ? about.size : undefined };
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
}
