import { MetricsError } from "../metrics-error.ts";
import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";

/**
 * Rényi entropy in nats of the shares p = |x| / Σ |x|: −log Σ pᵃ / (a − 1) for order a. In [0, log n], and falls with the
 * order: 0 counts the entries that are not zero, 1 (the default) is Shannon's entropy −Σ p log p, 2 is that of the
 * participation ratio, ∞ is −log of the largest share.
 *
 * @throws {@link MetricsError} `argument` for a negative order; `zero` if all entries are zero; `empty`, `value`.
 * @remarks O(n).
 */
export function renyiEntropy(x: Vector, order = 1): number {
  if (!(typeof order === "number" && order >= 0))
    throw new MetricsError("argument", `order is ${String(order)}; want a number ≥ 0`);
  const sizes = magnitudes(x).filter((size) => size > 0);
  const total = sum(sizes);
  // Sizes are in units of the largest, whose share is 1 / total: no power of a share is taken, which might vanish.
  const log = Math.log(total);
  if (order === Infinity) return log;
  if (order === 1) return Math.max(0, log - sum(sizes.map((size) => size * Math.log(size))) / total);
  const beyond = order - 1;
  // log Σ pᵃ, which goes to 0 as the order goes to 1: near there, Σ p (pᵃ⁻¹ − 1), which loses no digits.
  const powers =
    Math.abs(beyond) < NEAR_ONE
      ? Math.log1p(sum(sizes.map((size) => size * Math.expm1(beyond * (Math.log(size) - log)))) / total)
      : Math.log(sum(sizes.map((size) => size ** order))) - order * log;
  return Math.max(0, -powers / beyond);
}

/** Nearer to 1, differences of logarithms have lost two digits. */
const NEAR_ONE = 0.01;

/**
 * The effective number of entries, exp of the Rényi entropy (Hill's number): how many of one size are as spread. In [1, n].
 *
 * @throws {@link MetricsError} as {@link renyiEntropy}.
 * @remarks O(n).
 */
export function effectiveCount(x: Vector, order = 1): number {
  return Math.exp(renyiEntropy(x, order));
}
