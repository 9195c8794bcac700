import { MetricsError } from "../metrics-error.ts";
import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";

export interface NormRatioOptions {
  /** The norm above, 0 < q < p. Default: 1. */
  readonly q?: number;
  /** The norm below, up to `Infinity`, where it is the largest entry. Default: 2. */
  readonly p?: number;
}

/**
 * S(x) = E|x| / √E[x²], the mean size over the root mean square. In [1 / √n, 1]: 1 if all entries have one size, 1 / √n
 * if one alone is not zero. Smaller is sparser.
 *
 * @throws {@link MetricsError} `zero` if all entries are zero; `empty`, `value`, `argument`.
 * @remarks O(n). After 科学空间 9595 and 9889; it is the cosine of |x| and (1, …, 1).
 */
export function sparsity(x: Vector): number {
  return normRatio(x);
}

/**
 * The family that {@link sparsity} is of: n^(1/p − 1/q) ‖x‖_q / ‖x‖_p, the power mean of order q over that of order p. In
 * [n^(1/p − 1/q), 1]; smaller is sparser. For finite p it has all six properties that Hurley and Rickard (2009) ask of a
 * measure of sparsity; for p = ∞ a transfer between entries need not show.
 *
 * @throws {@link MetricsError} `argument` unless 0 < q < p; else as {@link sparsity}.
 * @remarks O(n).
 */
export function normRatio(x: Vector, { q = 1, p = 2 }: NormRatioOptions = {}): number {
  if (!(typeof q === "number" && typeof p === "number" && q > 0 && q < p))
    throw new MetricsError("argument", `want 0 < q < p, not q = ${String(q)}, p = ${String(p)}`);
  const sizes = magnitudes(x);
  return Math.min(1, powerMean(sizes, q) / powerMean(sizes, p));
}

/** (E x^order)^(1 / order) of sizes of which the largest is 1. */
function powerMean(sizes: Float64Array, order: number): number {
  if (order === Infinity) return 1;
  if (order === 1) return sum(sizes) / sizes.length;
  let total = 0;
  if (order === 2) for (const size of sizes) total += size * size;
  else for (const size of sizes) total += size ** order;
  return (total / sizes.length) ** (1 / order);
}
