import { type Distribution, sumsOf } from "./distribution.ts";

/**
 * Kullback–Leibler divergence in nats, D(p ‖ q) = Σ p log(p / q): what it costs to take p for q. Not symmetric. 0 only
 * if p = q; +∞ if p has an outcome that q rules out.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 * @remarks O(n).
 */
export function klDivergence(p: Distribution, q: Distribution): number {
  const [totalP, totalQ] = sumsOf(p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const entry = p[i]! / totalP;
    if (entry > 0) sum += entry * (Math.log(entry) - Math.log(q[i]! / totalQ));
  }
  // Never negative but for rounding.
  return Math.max(0, sum);
}
