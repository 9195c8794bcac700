import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";

/**
 * The Gini coefficient of the sizes, Σ (2i − n − 1) |x|₍ᵢ₎ / (n Σ |x|) with |x|₍₁₎ ≤ … ≤ |x|₍ₙ₎: half the mean difference of
 * two entries over the mean. In [0, 1 − 1/n]: 0 if all have one size, 1 − 1/n if one alone is not zero. Larger is sparser.
 *
 * @throws {@link MetricsError} `zero` if all entries are zero; `empty`, `value`, `argument`.
 * @remarks O(n log n).
 */
export function gini(x: Vector): number {
  const sizes = magnitudes(x).sort();
  const { length } = sizes;
  const weighted = sizes.map((size, i) => (2 * i + 1 - length) * size);
  return Math.max(0, sum(weighted) / (length * sum(sizes)));
}
