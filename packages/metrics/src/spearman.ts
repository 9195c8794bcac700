import { pearson } from "./pearson.ts";
import { ranks } from "./ranks.ts";
import { pairOf, refuseNonFinite, type Vector } from "./vector.ts";

/**
 * Spearman's rank correlation, in [−1, 1]: Pearson's of the ranks, where equal entries share the mean of theirs. ±1 if
 * y is a monotone function of x.
 *
 * @throws {@link MetricsError} as `pearson` does.
 * @remarks O(n log n).
 */
export function spearman(x: Vector, y: Vector): number {
  const [a, b] = pairOf(x, y);
  refuseNonFinite(a, "x");
  refuseNonFinite(b, "y");
  return pearson(ranks(a), ranks(b));
}
