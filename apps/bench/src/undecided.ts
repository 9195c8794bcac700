import { LatticeError, type Model } from "@lemmata/lattice";
import { type EncodeStream, encodeStream, type PendingOptions } from "@lemmata/lattice/stream";

/** Opens a stream, which decides alike each time. */
export type OpenStream = (model: Model, options?: PendingOptions) => EncodeStream;

/**
 * The longest span of a text, in bytes of the normalised text, that no stream can decide earlier: what waits after the
 * best decision that is possible after each character, from as many bytes on as a piece can have. That is the least
 * `maxPending` with which the stream takes the text, since it decides all that it can before it gives up.
 *
 * @remarks Exact up to 64 bytes, and to a 64th beyond: so far apart are a stream's decisions at its bound. Bisection:
 * O(log(longest) · text · longest).
 */
export function longestUndecided(model: Model, text: string, open: OpenStream = encodeStream): number {
  let tooFew = 0;
  let enough = 1;
  while (!goesThrough(model, text, open, enough)) {
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (goesThrough(model, text, open, middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function goesThrough(model: Model, text: string, open: OpenStream, maxPending: number): boolean {
  const stream = open(model, { maxPending });
  try {
    stream.push(text);
    stream.end();
    return true;
  } catch (error) {
    if (error instanceof LatticeError && error.code === "pending") return false;
    throw error;
  }
}

/** The largest `pending` of a stream between two parts of a text, in bytes, with parts of so many UTF-16 units. */
export function largestPending(
  model: Model,
  text: string,
  part: number,
  open: OpenStream = encodeStream,
): number {
  const stream = open(model);
  let largest = 0;
  for (let at = 0; at < text.length; at += part) {
    stream.push(text.slice(at, at + part));
    largest = Math.max(largest, stream.pending);
  }
  stream.end();
  return largest;
}
