import { MetricsError } from "../metrics-error.ts";
import { numbersOf, refuseNonFinite, type Vector } from "../vector.ts";

/**
 * |x| in units of its largest entry: in [0, 1], so that no power of them overflows, and with a 1.
 *
 * @throws {@link MetricsError} `zero` if all entries are zero; `empty`, `value`, `argument`.
 */
export function magnitudes(x: Vector): Float64Array {
  refuseNonFinite(numbersOf(x, "x"), "x");
  const sizes = new Float64Array(x.length);
  let largest = 0;
  for (let i = 0; i < sizes.length; i++) {
    const size = Math.abs(x[i]!);
    sizes[i] = size;
    if (size > largest) largest = size;
  }
  if (largest === 0) throw new MetricsError("zero", "x is zero: it is neither sparse nor dense");
  for (let i = 0; i < sizes.length; i++) sizes[i]! /= largest;
  return sizes;
}

/** The sum of numbers. */
export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
