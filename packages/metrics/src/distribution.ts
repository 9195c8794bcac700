import { MetricsError } from "./metrics-error.ts";

/** A probability distribution over 0 … length − 1: entries that are not negative and sum to 1. */
export type Distribution = ArrayLike<number>;

/** How far from 1 the entries of a distribution may sum: rounding of a million float32 entries stays below it. */
const SUM_TOLERANCE = 1e-6;

/**
 * Refuses what is not a probability distribution.
 *
 * @throws {@link MetricsError} `empty`, `distribution`.
 */
export function requireDistribution(p: Distribution, name: string): void {
  if (p.length === 0) throw new MetricsError("empty", `${name} has no entries`);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const entry = p[i]!;
    if (!(entry >= 0))
      throw new MetricsError("distribution", `${name}[${i}] is ${entry}; want a number ≥ 0`, i);
    sum += entry;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE))
    throw new MetricsError("distribution", `${name} sums to ${sum}, not to 1: divide it by its sum`);
}

/**
 * Refuses two distributions that are not over the same outcomes.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 */
export function requirePair(p: Distribution, q: Distribution): void {
  if (p.length !== q.length)
    throw new MetricsError(
      "length",
      `p has ${p.length} entries and q ${q.length}; they must be over the same outcomes`,
    );
  requireDistribution(p, "p");
  requireDistribution(q, "q");
}
