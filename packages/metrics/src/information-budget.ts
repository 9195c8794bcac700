import { MetricsError } from "./metrics-error.ts";

/** A thing to be written down, and one of the two: the number of tokens, or the size of their vocabulary. */
export interface InformationNeed {
  /** How many bytes it has as it is: height · width · 3 for an image. More than 0. */
  readonly bytes: number;
  /** To how many bits a byte a good model compresses it; 8 if nothing is known. More than 0. */
  readonly bitsPerByte: number;
  /** More than 0. */
  readonly tokens?: number;
  /** At least 2. */
  readonly vocabulary?: number;
}

/** What is needed to lose nothing. */
export interface InformationBudget {
  readonly bits: number;
  readonly bitsPerToken: number;
  /** At least so many tokens. */
  readonly tokens: number;
  /** Of a vocabulary of at least this size, 2^bitsPerToken; +∞ above 2¹⁰²⁴. */
  readonly vocabulary: number;
}

/**
 * The budget of a discrete code that loses nothing: L tokens of a vocabulary of V carry at most L · log₂ V bits, which must
 * not be less than bytes · bitsPerByte. Gives the least L for a V, or the least V for an L.
 *
 * @throws {@link MetricsError} `argument`.
 */
export function informationBudget(need: InformationNeed): InformationBudget {
  if (typeof need !== "object" || need === null)
    throw new MetricsError(
      "argument",
      "want { bytes, bitsPerByte } and the number of tokens or the vocabulary",
    );
  const bits = above(0, need.bytes, "bytes") * above(0, need.bitsPerByte, "bitsPerByte");
  const { tokens, vocabulary } = need;
  if ((tokens === undefined) === (vocabulary === undefined))
    throw new MetricsError("argument", "want either the number of tokens or the size of the vocabulary");
  if (tokens !== undefined) {
    const bitsPerToken = bits / above(0, tokens, "tokens");
    return { bits, bitsPerToken, tokens, vocabulary: 2 ** bitsPerToken };
  }
  const bitsPerToken = Math.log2(above(1, vocabulary!, "vocabulary"));
  return { bits, bitsPerToken, tokens: Math.ceil(bits / bitsPerToken), vocabulary: vocabulary! };
}

function above(least: number, value: number, name: string): number {
  if (!(typeof value === "number" && value > least && value < Infinity))
    throw new MetricsError("argument", `${name} is ${String(value)}; want a number > ${least}`);
  return value;
}
