// @lemmata/fourier-density/coding, as built for users: the symbols of the lines are coded, or what they were coded as is
// decoded.
import {
  codeTable,
  decode,
  encode,
  quantizerOf,
  RansDecoder,
  ransEncode,
} from "@lemmata/fourier-density/coding";
import manifest from "@lemmata/fourier-density/package.json" with { type: "json" };
import { binProbability, bytesOf, FIRST, LAST, probabilities, shown } from "../src/densities/symbols.ts";
import type { Prepare, Work } from "../src/task.ts";

const versions = { "@lemmata/fourier-density": manifest.version };

/** A pair of functions that undo each other, as a contestant. */
export function codingTask(
  { model, lines }: Work,
  of: Readonly<Record<string, string>>,
  code: (symbols: Uint8Array) => Uint8Array,
  undo: (coded: Uint8Array) => ArrayLike<number>,
): ReturnType<Prepare> {
  const symbols = bytesOf(lines);
  const coded = code(symbols);
  return {
    versions: of,
    run: new TextDecoder().decode(model) === "encode" ? () => code(symbols) : () => undo(coded),
    output: () => shown(symbols, coded, undo(coded)),
  };
}

/** A file that needs nothing else to be decoded, with its table and a checksum. */
export const whole: Prepare = (work) =>
  codingTask(work, versions, (symbols) => encode(symbols, { binProbability }, { step: 1 }), decode);

/** The coder alone, with a table that both sides have. */
export const fixedTable: Prepare = (work) => {
  const levels = Float64Array.from(probabilities, (_, i) => FIRST + i);
  const { precision, frequency } = codeTable({ binProbability }, quantizerOf({ levels }));
  // By symbols as they are, bytes.
  const [share, start] = [new Uint32Array(256), new Uint32Array(256)];
  const symbolAt = new Uint8Array(2 ** precision);
  for (let symbol = FIRST, from = 0; symbol <= LAST; symbol++) {
    start[symbol] = from;
    share[symbol] = frequency[symbol - FIRST]!;
    from += share[symbol]!;
    symbolAt.fill(symbol, start[symbol], from);
  }
  const count = bytesOf(work.lines).length;
  return codingTask(
    work,
    versions,
    (symbols) => ransEncode(symbols, start, share, precision),
    (coded) => {
      const symbols = new Uint8Array(count);
      const decoder = new RansDecoder(coded, precision);
      for (let i = 0; i < count; i++) {
        const symbol = symbolAt[decoder.slot]!;
        decoder.take(start[symbol]!, share[symbol]!);
        symbols[i] = symbol;
      }
      decoder.finish();
      return symbols;
    },
  );
};
