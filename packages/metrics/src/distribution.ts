import { isArrayLike } from "./array-like.ts";
import { MetricsError } from "./metrics-error.ts";

/**
 * A probability distribution over 0 … length − 1: numbers that are not negative and sum to 1, but for rounding. They
 * are divided by their sum, so that what rounding has left does not matter.
 */
export type Distribution = ArrayLike<number>;

/** How far from 1 the entries may sum: a softmax over 128,000 outcomes, made in float32, is off by 2e-4. */
const SUM_TOLERANCE = 1e-3;

/**
 * The sum of a distribution's entries; refuses what is not one.
 *
 * @throws {@link MetricsError} `empty`, `distribution`.
 */
export function sumOf(p: Distribution, name: string): number {
  if (!isArrayLike(p)) throw new MetricsError("distribution", `${name} must be an array of numbers`);
  if (p.length === 0) throw new MetricsError("empty", `${name} has no entries`);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const entry = p[i]!;
    if (typeof entry !== "number" || !(entry >= 0))
      throw new MetricsError("distribution", `${name}[${i}] is ${String(entry)}; want a number ≥ 0`, i);
    sum += entry;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE))
    throw new MetricsError("distribution", `${name} sums to ${sum}, not to 1: divide it by its sum`);
  return sum;
}

/**
 * Refuses two distributions that are not over the same outcomes; returns their sums.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 */
export function sumsOf(p: Distribution, q: Distribution): [number, number] {
  const sums: [number, number] = [sumOf(p, "p"), sumOf(q, "q")];
  if (p.length !== q.length)
    throw new MetricsError(
      "length",
      `p has ${p.length} entries and q ${q.length}; they must be over the same outcomes`,
    );
  return sums;
}
