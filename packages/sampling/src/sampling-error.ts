/**
 * What went wrong, as a stable word to branch on:
 *
 * - `argument`: an argument is of the wrong type or out of its range;
 * - `lattice`: an object that is not a lattice;
 * - `no-path`: the lattice has no path to draw;
 * - `too-large`: the exact answer would take more memory than was allowed;
 * - `rng`: the generator returned something other than a number in [0, 1).
 */
export type SamplingErrorCode = "argument" | "lattice" | "no-path" | "too-large" | "rng";

/** The one error class of this package. */
export class SamplingError extends Error {
  readonly code: SamplingErrorCode;

  constructor(code: SamplingErrorCode, message: string) {
    super(message);
    this.name = "SamplingError";
    this.code = code;
  }
}
