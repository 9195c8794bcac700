import { MetricsError } from "../metrics-error.ts";
import { numbersOf, refuseNonFinite, type Vector } from "../vector.ts";

/**
 * |x| in units of its largest entry: in [0, 1], so that no power of them overflows, and with a 1.
 *
 * @throws {@link MetricsError} `zero` if all entries are zero; `empty`, `value`, `argument`.
 */
export function magnitudes(x: Vector): Float64Array {
  refuseNonFinite(numbersOf(x, "x"), "x");
  const sizes = Float64Array.from(x, Math.abs);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  if (largest === 0) throw new MetricsError("zero", "x is zero: it is neither sparse nor dense");
  return sizes.map((size) => size / largest);
}

/** The sum of numbers. */
export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
