import { DensityError } from "./density-error.ts";

/** Finite numbers: a `Float64Array`, `Float32Array` or any other array of numbers. */
export type Samples = ArrayLike<number>;

/** The sum of squares of as many as there may be is still a number. */
const MOST_WEIGHT = 1e140;

/** How many samples are worked on at a time: they stay in the nearest cache. */
export const BLOCK = 4096;

/**
 * Looks at samples and their weights.
 *
 * @throws {@link DensityError} `argument` for no array of numbers, `value` for NaN and infinities, `length` for another
 * number of weights, `weights` for negative ones, and for some so large that their squares have no sum.
 */
export function checkSamples(samples: Samples, weights?: Samples): void {
  checkNumbers(samples, "samples");
  if (weights === undefined) return;
  checkNumbers(weights, "weights");
  if (weights.length !== samples.length)
    throw new DensityError("length", `there are ${samples.length} samples and ${weights.length} weights`);
  eachBlock(weights, (block, count, from) => {
    for (let i = 0; i < count; i++)
      if (!(block[i]! >= 0 && block[i]! <= MOST_WEIGHT))
        throw new DensityError(
          "weights",
          `weights[${from + i}] is ${block[i]}; weights are from 0 to ${MOST_WEIGHT}`,
          from + i,
        );
  });
}

/** @throws {@link DensityError} `argument` or `value` unless all entries are finite numbers. */
export function checkNumbers(values: Samples, name: string): void {
  if (
    typeof values !== "object" ||
    values === null ||
    !(Number.isInteger(values.length) && values.length >= 0)
  )
    throw new DensityError("argument", `${name} must be an array of numbers`);
  const refuse = (i: number) => {
    const value: unknown = values[i];
    const what = typeof value === "number" ? value : `a ${typeof value}`;
    throw new DensityError("value", `${name}[${i}] is ${what}, no finite number`, i);
  };
  if (values instanceof Float64Array || values instanceof Float32Array)
    eachBlock(values, (block, count, from) => {
      for (let i = 0; i < count; i++) if (!(Math.abs(block[i]!) <= Number.MAX_VALUE)) refuse(from + i);
    });
  else for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) refuse(i);
}

/** Visits samples as float64, some at a time: a block, how many of its entries count, and where they begin. */
export function eachBlock(
  samples: Samples,
  visit: (block: Float64Array, count: number, from: number) => void,
): void {
  const block = new Float64Array(Math.min(BLOCK, samples.length));
  for (let from = 0; from < samples.length; from += BLOCK) {
    const count = Math.min(BLOCK, samples.length - from);
    copyBlock(samples, from, count, block);
    visit(block, count, from);
  }
}

/** The least and the greatest sample: ∞ and −∞ where there are none. */
export function extent(samples: Samples): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  eachBlock(samples, (block, count) => {
    for (let i = 0; i < count; i++) {
      if (block[i]! < least) least = block[i]!;
      if (block[i]! > most) most = block[i]!;
    }
  });
  return [least, most];
}

/** Copies `count` entries, from one place on, to the beginning of a block. */
export function copyBlock(samples: Samples, from: number, count: number, block: Float64Array): void {
  // The platform's copy has one loop for each type of array; a loop of our own would slow down at the second type.
  if (samples instanceof Float64Array || samples instanceof Float32Array)
    block.set(samples.subarray(from, from + count));
  else for (let i = 0; i < count; i++) block[i] = samples[from + i]!;
}
