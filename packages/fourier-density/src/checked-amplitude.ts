import { type Amplitude, MOST_TERMS } from "./amplitude.ts";
import { DensityError } from "./density-error.ts";
import { fieldsOf, isList } from "./fields.ts";

/**
 * A copy of an amplitude of any scale, divided by √Σ |aₖ|². One that is of that norm to rounding is left as it is to the
 * last bit, so that a density survives being written and read.
 *
 * @param even - Whether it must be real, as on an interval.
 * @throws {@link DensityError} `argument` for what is no amplitude, is zero, of too many terms, or complex where it must
 * be real; `length`; `value` for an entry that is not a finite number.
 */
export function checkedAmplitude(amplitude: unknown, even: boolean): Amplitude {
  const { re, im } = checkedParts(amplitude, "an amplitude");
  let largest = 0;
  for (let k = 0; k < re.length; k++) {
    if (even && im[k] !== 0)
      throw new DensityError("argument", "on an interval the amplitude must be real", k);
    largest = Math.max(largest, Math.abs(re[k]!), Math.abs(im[k]!));
  }
  if (largest === 0) throw new DensityError("argument", "the amplitude is zero");
  if (Math.abs(squares(re, im) - 1) <= 4 * Number.EPSILON) return { re, im };
  for (let k = 0; k < re.length; k++) {
    re[k]! /= largest;
    im[k]! /= largest;
  }
  const norm = Math.sqrt(squares(re, im));
  return { re: re.map((x) => x / norm), im: im.map((x) => x / norm) };
}

/**
 * Copies of the real and imaginary parts of 1 to 4097 finite numbers.
 *
 * @param name - What they should be: "an amplitude".
 * @throws {@link DensityError} `argument`, `length`, `value`.
 */
export function checkedParts(value: unknown, name: string): { re: Float64Array; im: Float64Array } {
  const { re, im } = fieldsOf(value);
  if (!isList(re) || !isList(im))
    throw new DensityError("argument", `${name} is { re, im }, two lists of numbers`);
  if (re.length !== im.length)
    throw new DensityError("length", `${name} has ${re.length} real and ${im.length} imaginary parts`);
  if (re.length === 0 || re.length > MOST_TERMS + 1)
    throw new DensityError("argument", `${name} has 1 to ${MOST_TERMS + 1} entries, not ${re.length}`);
  for (const part of [re, im])
    for (let k = 0; k < part.length; k++)
      if (!Number.isFinite(part[k]))
        throw new DensityError("value", `entry ${k} of ${name} is no finite number`, k);
  return { re: copied(re as ArrayLike<number>), im: copied(im as ArrayLike<number>) };
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
