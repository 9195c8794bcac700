/**
 * What went wrong, as a stable word to branch on:
 *
 * - `argument`: something of the wrong kind or out of its range;
 * - `empty`: no samples;
 * - `length`: two lists of different lengths;
 * - `value`: a number that is NaN or infinite (`at`: the entry);
 * - `weights`: weights that are negative or sum to zero (`at`: the entry, where one is to blame);
 * - `support`: a sample outside the declared support (`at`: the entry);
 * - `degenerate`: data from which no density can be told: one value, or more terms than they bear;
 * - `format`: a file, JSON or coded bytes that are damaged or of another kind (`at`: the byte or line, where known).
 */
export type DensityErrorCode =
  | "argument"
  | "empty"
  | "length"
  | "value"
  | "weights"
  | "support"
  | "degenerate"
  | "format";

/** The one error class of this package. */
export class DensityError extends Error {
  readonly code: DensityErrorCode;
  readonly at: number | undefined;

  constructor(code: DensityErrorCode, message: string, at?: number) {
    super(message);
    this.name = "DensityError";
    this.code = code;
    this.at = at;
  }
}

/**
 * What is made from data that were read.
 *
 * @throws {@link DensityError} `format` in the place of another code: whoever reads cannot mend what is wrong in them.
 */
export function fromFormat<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof DensityError) throw new DensityError("format", error.message, error.at);
    throw error;
  }
}
