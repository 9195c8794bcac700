import { at, DataError, inputsOf, visible } from "@lemmata/filter";
import { FourierDensity } from "../fourier-density.ts";

/**
 * The density in a file of JSON, or in standard input for `-`.
 *
 * @throws {@link DataError} for what is none.
 */
export async function readDensity(path: string): Promise<FourierDensity> {
  const { name, bytes } = await readWhole(path);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new DataError(`${name}: no JSON: ${visible((error as Error).message)}`, { cause: error });
  }
  return at(name, () => FourierDensity.fromJSON(json));
}

/** All bytes of a file, or of standard input for `-`, and what to call it. */
export async function readWhole(
  path: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const [input] = await inputsOf([path]);
  const { name, chunks } = input!;
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return { name, bytes: Buffer.concat(parts) };
}
