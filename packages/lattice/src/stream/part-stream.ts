import { LatticeError } from "../lattice-error.ts";
import type { EncodeStream, StreamOptions } from "../segment/encode-stream.ts";
import { pendingLimits, tooMuchPending, uncovered } from "../segment/pending.ts";

/** How a text that comes in parts is cut, and what ids the parts have. */
export interface Parts {
  /** Whether the whole text has the ids of its two sides, cut between `left` and `right`; `before` is before `left`, or "". */
  isSeam(before: string, left: string, right: string): boolean;
  /** The ids of what lies between two seams, or between one and an end of the text. */
  idsOf(part: string, isFirst: boolean): Int32Array;
  /** Ids that go before and after the text. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** Text goes through in portions of this many UTF-16 units, so that one long part needs no more memory than many. */
const PORTION = 1 << 14;
/** How many seams are remembered. */
const MOST_SEAMS = 1 << 16;

/** Cuts a text at the last seam that is there and segments what lies before it, part by part. */
export class PartStream implements EncodeStream {
  private readonly parts: Parts;
  private readonly limits: ReturnType<typeof pendingLimits>;
  private readonly seams = new Map<string, boolean>();
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
    // A high surrogate at the end has another half to come.
    const stop = isHigh(this.waiting, length - 1) ? length - 1 : length;
    const seam = this.lastSeam(stop);
    if (seam > 0) this.encode(seam);
    this.searched = Math.max(0, stop - seam - 1);
    if (this.pending <= this.limits.maxPending) return;
    if (!this.limits.cuts) throw tooMuchPending(this.pending);
    this.encode(stop - seam);
  }

  /** The last seam before `stop`; 0 for none. */
  private lastSeam(stop: number): number {
    const { waiting, searched } = this;
    let right = stop;
    for (let at = startOf(waiting, stop); at > searched; ) {
      const left = startOf(waiting, at);
      const before = startOf(waiting, left);
      if (this.isSeam(waiting.slice(before, left), waiting.slice(left, at), waiting.slice(at, right))) return at;
      right = at;
      at = left;
    }
    return 0;
  }

  private isSeam(before: string, left: string, right: string): boolean {
    const key = before + left + right;
    let known = this.seams.get(key);
    if (known === undefined) {
      known = this.parts.isSeam(before.toWellFormed(), left.toWellFormed(), right.toWellFormed());
      if (this.seams.size === MOST_SEAMS) this.seams.clear();
      this.seams.set(key, known);
    }
    return known;
  }

  /** Segments the first `length` units that wait. */
  private encode(length: number): void {
    if (length === 0) return;
    const part = this.waiting.slice(0, length);
    if (this.done === 0) this.ids.push(...this.parts.around.before);
    try {
      for (const id of this.parts.idsOf(part, this.done === 0)) this.ids.push(id);
    } catch (error) {
      // It tells a place in this part.
      throw error instanceof LatticeError && error.code === "no-path" ? uncovered() : error;
    }
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
