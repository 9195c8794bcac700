import { type Distribution, requirePair } from "./distribution.ts";

/**
 * Kullback–Leibler divergence in nats, D(p ‖ q) = Σ p log(p / q): what it costs to take p for q. Not symmetric. 0 only
 * if p = q; +∞ if p has an outcome that q rules out.
 *
 * @throws {@link MetricsError} `length`, `empty`, `distribution`.
 * @remarks O(n).
 */
export function klDivergence(p: Distribution, q: Distribution): number {
  requirePair(p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const entry = p[i]!;
    if (entry > 0) sum += entry * (Math.log(entry) - Math.log(q[i]!));
  }
  return Math.max(0, sum);
}
