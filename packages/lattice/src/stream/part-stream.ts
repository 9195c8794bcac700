import { LatticeError } from "../lattice-error.ts";
import type { EncodeStream, StreamOptions } from "./encode-stream.ts";
import { pendingLimits, tooMuchPending } from "./pending.ts";

/** How a text that comes in parts is cut, and what ids the parts have. */
export interface Parts {
  /**
   * Whether the whole text has the ids of its two sides, cut between `left` and `right`. What stands before and after
   * the two is told if asked for; "" for what is not known.
   */
  isSeam(left: string, right: string, before: string, after: string): boolean;
  readonly asksForMore: boolean;
  /** The ids of what lies between two seams, or between one and an end of the text. */
  idsOf(part: string, isFirst: boolean): Int32Array;
  /** Ids that go before and after the text. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** Text goes through in portions of this many UTF-16 units, so that one long part needs no more memory than many. */
const PORTION = 1 << 14;
/** Seams are sought whenever so many units more wait. */
const STRIDE = 1 << 9;
/** How many pairs of neighbours are remembered. */
const MOST_PAIRS = 1 << 16;

/** Cuts a text at the last seam that is there and segments what lies before it, part by part. */
export class PartStream implements EncodeStream {
  private readonly parts: Parts;
  private readonly limits: ReturnType<typeof pendingLimits>;
  /** Neighbours that have a seam between them if all that is beside them is as it should be. */
  private readonly pairs = new Map<string, boolean>();
  /** What comes after the last seam, and how many of its units have no seam between them. */
  private waiting = "";
  private searched = 0;
  /** Units of the text before it. */
  private done = 0;
  private ids: number[] = [];

  constructor(parts: Parts, options: StreamOptions | undefined) {
    this.parts = parts;
    this.limits = pendingLimits(options);
  }

  get pending(): number {
    return this.waiting.length;
  }

  push(text: string): Int32Array {
    if (typeof text !== "string")
      throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
    for (let at = 0; at < text.length; at += PORTION) this.take(text.slice(at, at + PORTION));
    return this.handOver();
  }

  end(): Int32Array {
    this.encode(this.waiting.length);
    if (this.done === 0) this.ids.push(...this.parts.around.before);
    this.done = 0;
    this.ids.push(...this.parts.around.after);
    return this.handOver();
  }

  private take(text: string): void {
    this.waiting += text;
    const { length } = this.waiting;
    const { maxPending, cuts } = this.limits;
    if (length < this.searched + STRIDE && length <= maxPending) return;
    // A high surrogate at the end has another half to come.
    const stop = isHigh(this.waiting, length - 1) ? length - 1 : length;
    const seam = this.lastSeam(stop);
    if (seam > 0) this.encode(seam);
    // Before the last character there may be a seam when it is known what comes after it.
    this.searched = startOf(this.waiting, startOf(this.waiting, stop - seam));
    if (this.pending <= maxPending) return;
    if (!cuts) throw tooMuchPending(this.pending);
    this.encode(stop - seam);
  }

  /** The last seam before `stop`; 0 for none. */
  private lastSeam(stop: number): number {
    const { waiting, searched } = this;
    let right = stop;
    let after = stop;
    for (let at = startOf(waiting, stop); at > searched;) {
      const left = startOf(waiting, at);
      const before = startOf(waiting, left);
      if (this.isSeam(before, left, at, right, after)) return at;
      after = right;
      right = at;
      at = left;
    }
    return 0;
  }

  /** Whether there is a seam in the middle of four characters, of which the first and the last may be missing. */
  private isSeam(begin: number, left: number, at: number, right: number, end: number): boolean {
    const { waiting, pairs, parts } = this;
    const character = (from: number, to: number): string => waiting.slice(from, to).toWellFormed();
    const one = character(left, at);
    const other = character(at, right);
    let maySplit = pairs.get(one + other);
    if (maySplit === undefined) {
      maySplit = parts.isSeam(one, other, "", " ");
      if (pairs.size === MOST_PAIRS) pairs.clear();
      pairs.set(one + other, maySplit);
    }
    if (!maySplit || !parts.asksForMore) return maySplit;
    return parts.isSeam(one, other, character(begin, left), character(right, end));
  }

  /** Segments the first `length` units that wait. */
  private encode(length: number): void {
    if (length === 0) return;
    const part = this.waiting.slice(0, length);
    if (this.done === 0) this.ids.push(...this.parts.around.before);
    for (const id of this.parts.idsOf(part, this.done === 0)) this.ids.push(id);
    this.waiting = this.waiting.slice(length);
    this.done += length;
    this.searched = 0;
  }

  private handOver(): Int32Array {
    const ids = Int32Array.from(this.ids);
    this.ids = [];
    return ids;
  }
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

/** Where the character begins that ends at `end`. */
function startOf(text: string, end: number): number {
  const isPair = end > 1 && (text.charCodeAt(end - 1) & 0xfc00) === 0xdc00 && isHigh(text, end - 2);
  return Math.max(0, isPair ? end - 2 : end - 1);
}
