import { LatticeError } from "../lattice-error.ts";

/** Bounds of a stream's memory. */
export interface PendingOptions {
  /**
   * How much may wait for a decision, counted as a stream's `pending` is; 1,048,576 if left out. Most text is
   * decided within a line, but there are vocabularies and texts for which the first piece depends on the last character.
   */
  readonly maxPending?: number;
  /**
   * What happens beyond `maxPending`: `error` (the default) throws, `cut` takes the segmentation that is kept so far, which
   * need not be the whole text's, and goes on as with a new text.
   */
  readonly overflow?: "error" | "cut";
}

const DEFAULT_MAX_PENDING = 1 << 20;

/** How much may wait for a decision, and whether the text is cut beyond that. */
export function pendingLimits(options: PendingOptions | undefined): {
  readonly maxPending: number;
  readonly cuts: boolean;
} {
  const { maxPending = DEFAULT_MAX_PENDING, overflow = "error" } = options ?? {};
  if (!Number.isInteger(maxPending) || maxPending < 1)
    throw new LatticeError("argument", `maxPending must be a positive integer, got ${maxPending}`);
  if (overflow !== "error" && overflow !== "cut")
    throw new LatticeError("argument", `overflow must be "error" or "cut", got ${JSON.stringify(overflow)}`);
  return { maxPending, cuts: overflow === "cut" };
}

export function tooMuchPending(pending: number): LatticeError {
  return new LatticeError(
    "pending",
    `${pending} of the text wait for a decision, more than maxPending; allow more, or overflow: "cut"`,
    pending,
  );
}

/** That no segmentation leads on, of a stream, which has let go of where its text began. */
export function uncovered(): LatticeError {
  return new LatticeError("no-path", "the pieces do not cover the text: no segmentation leads on");
}
