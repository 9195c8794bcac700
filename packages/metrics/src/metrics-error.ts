/**
 * What went wrong, as a stable word to branch on:
 *
 * - `empty`: a vector with no entries, or a measure of nothing;
 * - `length`: two vectors or lists of different lengths;
 * - `distribution`: weights that are not a probability distribution (`at`: the entry, where one is to blame);
 * - `argument`: a value of the wrong kind or out of its range (`at`: the entry, where one of many is to blame).
 */
export type MetricsErrorCode = "empty" | "length" | "distribution" | "argument";

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
