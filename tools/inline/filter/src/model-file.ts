import { readFile } from "node:fs/promises";
import { DataError, faultOf, isRefusal, UsageError } from "./faults.ts";

/**
 * Reads the model file of `--model`.
 *
 * @throws {@link UsageError} if there is none; {@link DataError}, which names the file, if `read` refuses it.
 */
export async function fromModelFile<T>(
  path: string | undefined,
  read: (file: Uint8Array<ArrayBuffer>) => T,
): Promise<T> {
  if (path === undefined) throw new UsageError("--model FILE is needed");
  const file = await readFile(path);
  try {
    return read(file);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new DataError(`${path}: ${faultOf(error)}`);
  }
}
