import { DensityError } from "./density-error.ts";

/** Finite numbers: a `Float64Array`, `Float32Array` or any other array of numbers. */
export type Samples = ArrayLike<number>;

/**
 * Looks at samples and their weights.
 *
 * @throws {@link DensityError} `argument` for no array of numbers, `value` for NaN and infinities, `length` for another
 * number of weights, `weights` for negative ones.
 */
export function checkSamples(samples: Samples, weights: Samples | undefined): void {
  checkNumbers(samples, "samples");
  if (weights === undefined) return;
  checkNumbers(weights, "weights");
  if (weights.length !== samples.length)
    throw new DensityError("length", `there are ${samples.length} samples and ${weights.length} weights`);
  for (let i = 0; i < weights.length; i++)
    if (weights[i]! < 0) throw new DensityError("weights", `weights[${i}] is ${weights[i]}, below 0`, i);
}

/** @throws {@link DensityError} `argument` or `value` unless all entries are finite numbers. */
export function checkNumbers(values: Samples, name: string): void {
  if (typeof values !== "object" || values === null || !Number.isInteger(values.length))
    throw new DensityError("argument", `${name} must be an array of numbers`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new DensityError("value", `${name}[${i}] is ${String(values[i])}`, i);
}
