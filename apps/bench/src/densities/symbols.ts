import { GaussianMixture } from "@lemmata/comparators";
import { createRng } from "@lemmata/sampling";
import type { Input, Quality } from "../suite.ts";

/** What the suite `coding` does with its lines; the text that is the bytes of its inputs. */
export type Direction = "encode" | "decode";

/** The law of the symbols: whole numbers, as residuals of a predictor have it, narrow with wide flanks. */
const law = new GaussianMixture([0.6, 0.4], [79, 79], [4, 14]);
/** Symbols are printable characters of ASCII, so that lines hold them and a byte is one. */
export const FIRST = 33;
export const LAST = 126;

/** The probability of the numbers between two bounds; the outermost symbols have all that is outside. */
export function binProbability(lower: number, upper: number): number {
  const from = lower < FIRST ? 0 : law.cdf(lower);
  return (upper > LAST ? 1 : law.cdf(upper)) - from;
}

/** The probability of each symbol, from the first. */
export const probabilities: Float64Array = Float64Array.from({ length: LAST - FIRST + 1 }, (_, i) =>
  binProbability(FIRST + i - 0.5, FIRST + i + 0.5),
);

const LINES = 20;
const LINE = 100_000;

/** Draws of the law. */
export function symbolsInput(direction: Direction): Input {
  return {
    name: direction,
    description: `Symbols of 8 bits, independent, of a law whose entropy is ${entropyOf(probabilities).toFixed(4)} bits`,
    extent: `${(LINES * LINE) / 1e6} MB`,
    model: new TextEncoder().encode(direction),
    get lines(): string[] {
      const rng = createRng(4);
      const symbol = (): number => Math.min(LAST, Math.max(FIRST, Math.round(law.draw(rng))));
      return Array.from({ length: LINES }, () =>
        new TextDecoder().decode(Uint8Array.from({ length: LINE }, symbol)),
      );
    },
  };
}

/** The symbols of lines as bytes, one after another. */
export function bytesOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join(""));
}

/** What a contestant writes down: how long the code is, and whether it is decoded to what was coded. */
export function shown(symbols: Uint8Array, coded: Uint8Array, decoded: ArrayLike<number>): readonly string[] {
  const same = decoded.length === symbols.length && symbols.every((symbol, i) => symbol === decoded[i]);
  return [String((8 * coded.length) / symbols.length), same ? "equal" : "not what was coded"];
}

/** Bits a symbol, and what is beyond the mean of −log₂ of the probabilities of the symbols that there are. */
export const codingQuality: Quality = {
  heading: "bits a symbol",
  of([bits, equal], { lines }) {
    const symbols = bytesOf(lines);
    const ideal =
      symbols.reduce((sum, symbol) => sum - Math.log2(probabilities[symbol - FIRST]!), 0) / symbols.length;
    const over = `${Number(bits).toFixed(4)}, ${(100 * (Number(bits) / ideal - 1)).toFixed(2)} % over the cross-entropy`;
    return equal === "equal" ? over : `${over}; ${equal}`;
  },
};

function entropyOf(p: Float64Array): number {
  return -p.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
