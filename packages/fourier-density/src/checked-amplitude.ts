import type { Amplitude } from "./amplitude.ts";
import { DensityError } from "./density-error.ts";

/** Terms that a density may have; tables of more would fill the memory. */
const MOST_TERMS = 4096;

/**
 * A copy of an amplitude of any scale, divided by √Σ |aₖ|². One that is of that norm to rounding is left as it is to the
 * last bit, so that a density survives being written and read.
 *
 * @param even - Whether it must be real, as on an interval.
 * @throws {@link DensityError} `argument` for what is no amplitude, is zero, of too many terms, or complex where it must
 * be real; `length`; `value` for an entry that is not a finite number.
 */
export function checkedAmplitude(amplitude: unknown, even: boolean): Amplitude {
  const { re, im } = (typeof amplitude === "object" && amplitude !== null ? amplitude : {}) as Record<
    string,
    unknown
  >;
  if (!isList(re) || !isList(im))
    throw new DensityError("argument", "an amplitude is { re, im }, two lists of numbers");
  if (re.length !== im.length)
    throw new DensityError("length", `the amplitude has ${re.length} real and ${im.length} imaginary parts`);
  if (re.length === 0 || re.length > MOST_TERMS + 1)
    throw new DensityError("argument", `an amplitude has 1 to ${MOST_TERMS + 1} entries, not ${re.length}`);
  let largest = 0;
  for (let k = 0; k < re.length; k++) {
    const size = Math.max(Math.abs(number(re[k], k)), Math.abs(number(im[k], k)));
    if (even && im[k] !== 0)
      throw new DensityError("argument", "on an interval the amplitude must be real", k);
    largest = Math.max(largest, size);
  }
  if (largest === 0) throw new DensityError("argument", "the amplitude is zero");
  const [a, b] = [copied(re as ArrayLike<number>), copied(im as ArrayLike<number>)];
  if (Math.abs(squares(a, b) - 1) <= 4 * Number.EPSILON) return { re: a, im: b };
  for (let k = 0; k < a.length; k++) {
    a[k]! /= largest;
    b[k]! /= largest;
  }
  const norm = Math.sqrt(squares(a, b));
  return { re: a.map((x) => x / norm), im: b.map((x) => x / norm) };
}

/** A copy without −0, which JSON does not keep. */
function copied(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value) => value + 0);
}

function squares(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! ** 2 + b[k]! ** 2;
  return sum;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array || value instanceof Float32Array;
}

function number(value: unknown, at: number): number {
  if (!Number.isFinite(value))
    throw new DensityError("value", `entry ${at} of the amplitude is no finite number`, at);
  return value as number;
}
