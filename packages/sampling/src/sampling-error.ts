/**
 * What went wrong, as a stable word to branch on:
 *
 * - `argument`: an argument is of the wrong type or out of its range;
 * - `lattice`: an object that is not a lattice;
 * - `line`: a line of a text cannot be drawn from; `cause` tells why;
 * - `no-path`: the lattice has no path to draw;
 * - `too-large`: the exact answer would take more memory than was allowed;
 * - `rng`: the generator returned something other than a number in [0, 1).
 */
export type SamplingErrorCode = "argument" | "lattice" | "line" | "no-path" | "too-large" | "rng";

/** The one error class of this package. `at` is the place: the number of a line, from 0. */
export class SamplingError extends Error {
  readonly code: SamplingErrorCode;
  readonly at: number | undefined;

  constructor(code: SamplingErrorCode, message: string, at?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "SamplingError";
    this.code = code;
    this.at = at;
  }
}
