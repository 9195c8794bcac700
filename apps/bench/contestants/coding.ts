// Coding 8-bit symbols, the bytes of the input's file, and decoding them.
import { FourierDensity } from "@lemmata/fourier-density";
import { crc32, decode, encode } from "@lemmata/fourier-density/coding";
import manifest from "@lemmata/fourier-density/package.json" with { type: "json" };
import type { Prepare, Task } from "../src/task.ts";

/** A coder of bytes, there and back. */
export interface ByteCoder {
  encode(symbols: Uint8Array): Uint8Array;
  decode(bytes: Uint8Array): ArrayLike<number>;
}

/** The tasks of coding and of decoding, whose output is the checksum of what comes back. */
export function codingTasks(coder: ByteCoder, versions: Task["versions"]): { there: Prepare; back: Prepare } {
  const output = (symbols: Uint8Array): string[] => [
    String(crc32(Uint8Array.from(coder.decode(coder.encode(symbols))))),
  ];
  return {
    there: ({ model }) => ({
      versions,
      run: () => coder.encode(model).length,
      output: () => output(model),
    }),
    back: ({ model }) => {
      const bytes = coder.encode(model);
      return { versions, run: () => coder.decode(bytes).length, output: () => output(model) };
    },
  };
}

/** The logistic law that the symbols of the suite are drawn from. */
const law = new FourierDensity(
  { kind: "line", map: "logit", location: 128, scale: 12 },
  { re: [1], im: [0] },
);

export const { there, back } = codingTasks(
  { encode: (symbols) => encode(symbols, law, { step: 1 }), decode },
  { "@lemmata/fourier-density": manifest.version },
);
