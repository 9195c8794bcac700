/**
 * What went wrong, as a stable word to branch on:
 *
 * - `argument`: something of the wrong kind or out of its range (`at`: the entry, where one of many is to blame);
 * - `empty`: a vector with no entries, or a measure of nothing;
 * - `length`: two vectors or lists of different lengths;
 * - `value`: an entry that is NaN, infinite or no number (`at`: the entry);
 * - `text`: a text with a lone surrogate, half of a character (`at`: the text, where it is one of many);
 * - `zero`: a vector whose entries are all zero, where a direction is needed (`at`: the row, where there are rows);
 * - `constant`: values that are all equal, where a correlation is needed;
 * - `groups`: sizes or offsets that are no partition of a vector (`at`: the group, where one is to blame);
 * - `distribution`: weights that are not a probability distribution (`at`: the entry, where one is to blame).
 */
export type MetricsErrorCode =
  | "argument"
  | "empty"
  | "length"
  | "value"
  | "text"
  | "zero"
  | "constant"
  | "groups"
  | "distribution";

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
