import { MetricsError } from "../metrics-error.ts";
import type { Vector } from "../vector.ts";
import { magnitudes, sum } from "./magnitudes.ts";

/**
 * The share of Σ |x| that the k largest entries hold, in [k / n, 1].
 *
 * @throws {@link MetricsError} `argument` unless k is a whole number from 1; `zero` if all entries are zero; `empty`,
 * `value`.
 * @remarks O(n log n). All of it where there are no more than k entries.
 */
export function topMass(x: Vector, k: number): number {
  if (!(Number.isInteger(k) && k > 0))
    throw new MetricsError("argument", `k is ${k}; want a whole number > 0`);
  const sizes = magnitudes(x).sort();
  return Math.min(1, sum(sizes.subarray(Math.max(0, sizes.length - k))) / sum(sizes));
}
