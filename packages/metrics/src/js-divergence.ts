import { type Distribution, sumsOf } from "./distribution.ts";

/**
 * Jensen–Shannon divergence in nats, ½ D(p ‖ m) + ½ D(q ‖ m) with m = ½ (p + q). Symmetric, in [0, log 2]: 0 only if
 * p = q, log 2 if they share no outcome. Its square root is a metric.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 * @remarks O(n).
 */
export function jsDivergence(p: Distribution, q: Distribution): number {
  const [totalP, totalQ] = sumsOf(p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const a = p[i]! / totalP;
    const b = q[i]! / totalQ;
    // Of each outcome both terms at once, which are not negative together.
    const gain = (from: number): number => (from > 0 ? from * Math.log((2 * from) / (a + b)) : 0);
    sum += (gain(a) + gain(b)) / 2;
  }
  return Math.max(0, Math.min(Math.LN2, sum));
}
