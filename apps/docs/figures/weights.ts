import { entropy, klDivergence, totalVariation } from "@lemmata/metrics";

/** What the metrics page shows of two distributions. */
export interface Comparison {
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly entropyP: number;
  readonly entropyQ: number;
  readonly klPQ: number;
  readonly klQP: number;
  readonly distance: number;
}

/** Compares two lists of weights as distributions; undefined if one has no weight at all. */
export function compare(weightsP: readonly number[], weightsQ: readonly number[]): Comparison | undefined {
  const p = normalized(weightsP);
  const q = normalized(weightsQ);
  if (p === undefined || q === undefined) return undefined;
  return {
    p,
    q,
    entropyP: entropy(p),
    entropyQ: entropy(q),
    klPQ: klDivergence(p, q),
    klQP: klDivergence(q, p),
    distance: totalVariation(p, q),
  };
}

function normalized(weights: readonly number[]): number[] | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : undefined;
}
