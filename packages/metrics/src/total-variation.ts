import { type Distribution, sumsOf } from "./distribution.ts";

/**
 * Total variation distance, ½ Σ |p − q|: the largest difference in probability that the two give to any event. In
 * [0, 1]: 0 if they are equal, 1 if they share no outcome.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 * @remarks O(n).
 */
export function totalVariation(p: Distribution, q: Distribution): number {
  const [totalP, totalQ] = sumsOf(p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i]! / totalP - q[i]! / totalQ);
  // Never above 1 but for rounding.
  return Math.min(1, sum / 2);
}
