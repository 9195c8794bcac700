import { MetricsError } from "./metrics-error.ts";
import { refuseNonFinite, type Vector } from "./vector.ts";

/**
 * The deviations from the mean, in units of a power of two near the largest entry, so that no sum overflows. What
 * rounding of the mean leaves in them is a mean again, and taken off as well.
 *
 * @throws {@link MetricsError} `value` for NaN and infinities; `constant` if all entries are equal.
 */
export function deviations(x: Vector, name: string): Float64Array {
  refuseNonFinite(x, name);
  const left = Float64Array.from(x);
  if (left.every((entry) => entry === left[0]))
    throw new MetricsError("constant", `all entries of ${name} are equal: nothing correlates with them`);
  const largest = left.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const unit = 2 ** Math.min(1023, Math.floor(Math.log2(largest)));
  for (let i = 0; i < left.length; i++) left[i]! /= unit;
  for (let time = 0; time < 2; time++) {
    const mean = left.reduce((sum, entry) => sum + entry / left.length, 0);
    for (let i = 0; i < left.length; i++) left[i]! -= mean;
  }
  return left;
}
