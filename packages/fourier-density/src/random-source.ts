import { DensityError } from "./density-error.ts";

/** A source of uniform numbers in [0, 1), as `Math.random` is one. */
export type RandomSource = () => number;

/** @throws {@link DensityError} `argument` unless it is a function; the source that it gives, when a number is not in [0, 1). */
export function guarded(rng: RandomSource): RandomSource {
  if (typeof rng !== "function") throw new DensityError("argument", "rng must be a function");
  return () => {
    const u = rng();
    if (!(u >= 0 && u < 1))
      throw new DensityError("argument", `rng gave ${u}; it must give numbers in [0, 1)`);
    return u;
  };
}

/**
 * So many numbers of a source, in (0, 1): 0, which would be drawn to the end of the line, stands for half the step of such
 * numbers.
 *
 * @throws As {@link guarded}.
 */
export function uniformDraws(count: number, rng: RandomSource): Float64Array {
  const uniform = guarded(rng);
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = uniform() || 2 ** -54;
  return numbers;
}
