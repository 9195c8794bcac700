import { alignment } from "./alignment.ts";
import { deviations } from "./deviations.ts";
import { pairOf, type Vector } from "./vector.ts";

/**
 * Pearson's correlation, in [−1, 1]: the cosine of x − x̄ and y − ȳ.
 *
 * @throws {@link MetricsError} `constant` if all entries of one are equal; `length`, `empty`, `value`, `argument`.
 * @remarks O(n), in float64.
 */
export function pearson(x: Vector, y: Vector): number {
  const [a, b] = pairOf(x, y);
  // Neither is zero, since neither is constant.
  return alignment(deviations(a, "x"), deviations(b, "y"), 0, a.length).cosine!;
}
