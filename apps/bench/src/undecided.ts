import { latticeOf, LatticeError, type Model } from "@lemmata/lattice";
import { encodeStream } from "@lemmata/lattice/stream";

/** The longest span of a text that waits for a decision. */
export interface Undecided {
  /** Its length in the normalised text. */
  readonly bytes: number;
  readonly characters: number;
  /** The span itself. */
  readonly text: string;
}

/**
 * The longest span of a text that no stream can decide earlier: what waits after the best decision that is possible
 * after each character. That is the least `maxPending` with which {@link encodeStream} takes the text character by
 * character, since a stream decides all that it can before it gives up.
 *
 * @remarks Bisection: O(log(longest) · text · longest).
 */
export function longestUndecided(model: Model, text: string): Undecided {
  let tooFew = 0;
  let enough = 1;
  while (excess(model, text, enough) !== undefined) {
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (excess(model, text, middle) === undefined) enough = middle;
    else tooFew = middle;
  }
  const at = tooFew === 0 ? 0 : excess(model, text, tooFew)!;
  const { bytes, origin } = latticeOf(model, text);
  const end = origin.findIndex((offset) => offset >= at);
  const span = new TextDecoder().decode(bytes.subarray(end - enough, end));
  return { bytes: enough, characters: [...span].length, text: span };
}

/** How much of the text, in UTF-16 units, a stream has taken when it gives up; undefined if it does not. */
function excess(model: Model, text: string, maxPending: number): number | undefined {
  const stream = encodeStream(model, { maxPending });
  let at = 0;
  for (const character of text) {
    at += character.length;
    try {
      stream.push(character);
    } catch (error) {
      if (error instanceof LatticeError && error.code === "pending") return at;
      throw error;
    }
  }
  return undefined;
}

/** The largest `pending` of a stream between two parts of a text, in bytes, with parts of so many UTF-16 units. */
export function largestPending(model: Model, text: string, part: number): number {
  const stream = encodeStream(model);
  let largest = 0;
  for (let at = 0; at < text.length; at += part) {
    stream.push(text.slice(at, at + part));
    largest = Math.max(largest, stream.pending);
  }
  stream.end();
  return largest;
}
