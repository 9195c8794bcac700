import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";

/**
 * The participation ratio (Σ |x|)² / Σ x²: how many entries take part, were they of one size. In [1, n], and n · S².
 *
 * The entries are the weights; of a wave function or of principal components those are the squares of the amplitudes, or
 * the eigenvalues.
 *
 * @throws {@link MetricsError} `zero` if all entries are zero; `empty`, `value`, `argument`.
 * @remarks O(n).
 */
export function participationRatio(x: Vector): number {
  const sizes = magnitudes(x);
  return sum(sizes) ** 2 / sum(sizes.map((size) => size * size));
}
