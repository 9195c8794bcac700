import { alignment } from "./alignment.ts";
import { MetricsError } from "./metrics-error.ts";
import { pairOf, type Vector, type VectorOptions } from "./vector.ts";

/**
 * The cosine of the angle between two vectors, Σ xy / √(Σ x² Σ y²), in [−1, 1].
 *
 * @throws {@link MetricsError} `zero` if a vector is zero, for which there is no angle; `length` for two lengths; `empty`;
 * `value` for NaN, infinities and what is no number; `argument`.
 * @remarks O(n), in float64, by blocks: the error is below 1e-12 for ten million entries. Entries of any size, from the
 * smallest to the largest number.
 */
export function cosine(x: Vector, y: Vector, options: VectorOptions = {}): number {
  const [a, b] = pairOf(x, y, options.dtype);
  const value = alignment(a, b, 0, a.length).cosine;
  if (value === undefined) throw new MetricsError("zero", "a zero vector has no angle");
  return value;
}
