import { type Distribution, sumOf } from "./distribution.ts";

/**
 * Shannon entropy in nats, H(p) = −Σ p log p, with 0 log 0 = 0. In [0, log n]: 0 for a sure outcome, log n for a
 * uniform distribution over n.
 *
 * @throws {@link MetricsError} `empty`, `distribution`.
 * @remarks O(n).
 */
export function entropy(p: Distribution): number {
  const total = sumOf(p, "p");
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const entry = p[i]! / total;
    if (entry > 0) sum -= entry * Math.log(entry);
  }
  return Math.max(0, sum);
}
