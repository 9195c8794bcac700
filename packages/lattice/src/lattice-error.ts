/**
 * What went wrong, as a stable word to branch on:
 *
 * - `argument`: an argument is of the wrong type or out of its range;
 * - `lattice`: arrays that do not describe a lattice (lengths, order, ends out of range, scores that are not finite);
 * - `no-path`: no path leads from node 0 to the last node;
 * - `pending`: a stream has more text undecided than it was allowed to keep;
 * - `format`: the bytes are not a model file, or are cut short or damaged;
 * - `unsupported`: the file asks for something this package does not do;
 * - `fetch`: a file could not be had from its address, or is not the one that was asked for.
 */
export type LatticeErrorCode =
  | "argument"
  | "lattice"
  | "no-path"
  | "pending"
  | "format"
  | "unsupported"
  | "fetch";

/** The one error class of this package. `at` is the place: a node, an edge, a byte offset or a piece id. */
export class LatticeError extends Error {
  readonly code: LatticeErrorCode;
  readonly at: number | undefined;

  constructor(code: LatticeErrorCode, message: string, at?: number) {
    super(message);
    this.name = "LatticeError";
    this.code = code;
    this.at = at;
  }
}
