import { at, inputsOf } from "@lemmata/filter";
import { FourierDensity } from "../fourier-density.ts";
import { parsed } from "./parsed.ts";

/**
 * The density in a file of JSON, or in standard input for `-`.
 *
 * @throws `DataError` for what is none.
 */
export async function readDensity(path: string): Promise<FourierDensity> {
  const { name, bytes } = await readWhole(path);
  const json = parsed(new TextDecoder().decode(bytes), name);
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
