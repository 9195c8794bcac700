/**
 * What went wrong, as a stable word to branch on:
 *
 * - `empty`: a vector with no entries;
 * - `length`: two vectors of different lengths;
 * - `distribution`: weights that are not a probability distribution (`at`: the entry, where one is to blame).
 */
export type MetricsErrorCode = "empty" | "length" | "distribution";

/** The one error class of this package. */
export class MetricsError extends Error {
  readonly code: MetricsErrorCode;
  readonly at: number | undefined;

  constructor(code: MetricsErrorCode, message: string, at?: number) {
    super(message);
    this.name = "MetricsError";
    this.code = code;
    this.at = at;
  }
}
