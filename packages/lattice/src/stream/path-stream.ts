import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import {
  feed,
  finishNormalizing,
  type Normalizing,
  settledLength,
  startNormalizing,
} from "../text/normalize.ts";
import { isUnknown } from "../segment/path-ids.ts";
import type { EncodeStream } from "./encode-stream.ts";
import { type PendingOptions, pendingLimits, tooMuchPending, uncovered } from "./pending.ts";

/** Text goes through in portions of this many UTF-16 units, so that one long part needs no more memory than many. */
const PORTION = 1 << 14;
/** Decisions are sought so many nodes apart, or further. */
const STRIDE = 1 << 9;

/** Ids that go before and after a text. */
export interface Around {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * A sweep over a text that comes in parts. Each node keeps one edge into it, and what the kept paths to all nodes that a
 * further edge can begin at have in common is decided: given out, and forgotten. Which edge is kept is the derived
 * class's to say.
 *
 * All that it does is fixed by the nodes that it has come to and not by the parts: the same ids, and the same errors,
 * whatever the parts.
 */
export abstract class PathStream implements EncodeStream {
  protected readonly model: Model;
  /** How far beyond its start an edge can end. */
  protected readonly reach: number;
  protected readonly output: Normalizing["output"] = {
    bytes: new Uint8Array(1 << 12),
    origin: new Int32Array((1 << 12) + 1),
  };
  /** For each node where the kept edge begins, −1 for none, and its label. */
  protected from: Int32Array<ArrayBuffer> = new Int32Array(1 << 12).fill(-1);
  protected via: Int32Array<ArrayBuffer> = new Int32Array(1 << 12);

  private readonly limits: ReturnType<typeof pendingLimits>;
  private readonly around: Around;
  /** Text that was not taken yet: a high surrogate whose other half is to come, and what could still match a rule. */
  private surrogate = "";
  private input: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** The normalised text from the last decided node on, between parts; while one is taken in, from node 0. */
  private text;
  /** The last decided node, the next whose edges are to be found, and from which one on a decision is due. */
  private decided = 0;
  private next = 0;
  private decideAt = 0;
  private afterUnknown = false;
  private ids: number[];

  constructor(model: Model, options: PendingOptions | undefined, around: Around = { before: [], after: [] }) {
    this.model = model;
    this.around = around;
    this.ids = [...this.around.before];
    this.limits = pendingLimits(options);
    this.reach = Math.max(4, model.longestPiece);
    this.text = startNormalizing(model.normalizer, this.output);
    this.from[0] = 0;
    this.schedule();
  }

  get pending(): number {
    return this.text.length;
  }

  push(text: string): Int32Array {
    if (typeof text !== "string")
      throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
    const whole = this.surrogate + text;
    const last = whole.charCodeAt(whole.length - 1);
    const stop = last >= 0xd800 && last < 0xdc00 ? whole.length - 1 : whole.length;
    for (let at = 0; at < stop;) {
      let end = Math.min(at + PORTION, stop);
      const unit = whole.charCodeAt(end - 1);
      if (end < stop && unit >= 0xd800 && unit < 0xdc00) end--;
      this.take(whole.slice(at, end), false);
      at = end;
    }
    this.surrogate = whole.slice(stop);
    return this.handOver();
  }

  end(): Int32Array {
    this.take(this.surrogate, true);
    this.surrogate = "";
    const { length } = this.text;
    if (this.from[length]! < 0) throw uncovered();
    this.decide(length);
    this.compact();
    this.ids.push(...this.around.after);
    const ids = this.handOver();
    this.ids.push(...this.around.before);
    this.text = startNormalizing(this.model.normalizer, this.output);
    this.begin(0);
    this.schedule();
    this.afterUnknown = false;
    return ids;
  }

  /**
   * Finds the edges that begin at node s and the further ones before node `stop`, as far as a kept edge leads there and
   * none goes beyond node `length`, and keeps in `from` and `via` those that are to be kept.
   *
   * @returns The next node that an edge can begin at.
   */
  protected abstract relax(s: number, stop: number, length: number): number;
  /** Room for so many nodes is wanted. */
  protected abstract reserve(size: number): void;
  /** The first `count` of `used` nodes are forgotten, so that node `count` becomes node 0. */
  protected abstract forget(count: number, used: number): void;
  /** This node is the beginning of a text, or of what is taken for one: nothing leads to others. */
  protected abstract begin(node: number): void;

  private handOver(): Int32Array {
    const ids = Int32Array.from(this.ids);
    this.ids = [];
    return ids;
  }

  /** Normalises more text and finds the edges that are certain. */
  private take(text: string, final: boolean): void {
    const added = utf8.encode(text);
    const input = new Uint8Array(this.input.length + added.length);
    input.set(this.input);
    input.set(added, this.input.length);
    const taken = feed(this.text, input, input.length, final);
    this.input = input.slice(taken);
    if (final) finishNormalizing(this.text);
    this.advance(final);
    if (!final) this.compact();
  }

  /** Finds the edges of all nodes from which all bytes are there that an edge can cover. */
  private advance(final: boolean): void {
    this.roomFor(this.text.length + this.reach + 1);
    const length = final ? this.text.length : settledLength(this.text);
    const stop = final ? length : length - this.reach + 1;
    for (;;) {
      this.next = this.relax(this.next, Math.min(stop, this.decideAt), length);
      if (this.next < this.decideAt) return;
      this.decideCommon();
      // Of the text, so much was needed to come here; it may end sooner.
      const needed = Math.min(this.next + this.reach - 1, this.text.length);
      if (needed - this.decided > this.limits.maxPending) this.overflow(needed - this.decided);
      this.schedule();
    }
  }

  /**
   * The next decision is due when as much again waits, or beyond the bound: but then, too, only when a 64th more waits, so
   * that all decisions take time in proportion to the text.
   */
  private schedule(): void {
    const waiting = this.next - this.decided;
    const bound = Math.max(this.limits.maxPending - this.reach + 2, waiting + 1 + (waiting >> 6));
    this.decideAt = this.decided + Math.min(Math.max(waiting + STRIDE, 2 * waiting), bound);
  }

  private overflow(waiting: number): void {
    if (!this.limits.cuts) throw tooMuchPending(waiting);
    let cut = this.next;
    while (this.from[cut]! < 0) cut++;
    this.from.fill(-1, cut + 1, cut + this.reach + 1);
    this.decide(cut);
    this.begin(cut);
  }

  /** Decides what the kept paths to all nodes that an edge can still begin at have in common. */
  private decideCommon(): void {
    const { decided, next, reach, from } = this;
    const on = new Uint8Array(next + reach + 1 - decided);
    let count = 0;
    for (let node = next; node <= next + reach; node++)
      if (from[node]! >= 0) {
        on[node - decided] = 1;
        count++;
      }
    if (count === 0) throw uncovered();
    let node = next + reach;
    for (; ; node--) {
      if (on[node - decided] === 0) continue;
      if (count === 1) break;
      const before = from[node]! - decided;
      if (on[before] === 1) count--;
      else on[before] = 1;
    }
    this.decide(node);
  }

  /** Gives out the kept path to a node. */
  private decide(node: number): void {
    const { unkId, byteId } = this.model;
    const { from, via, output } = this;
    const path: number[] = [];
    for (let at = node; at > this.decided; at = from[at]!) path.push(at);
    for (const end of path.reverse()) {
      const label = via[end]!;
      const unknown = isUnknown(this.model, label);
      if (!unknown) this.ids.push(label);
      else if (byteId.length > 0)
        for (let at = from[end]!; at < end; at++) this.ids.push(byteId[output.bytes[at]!]!);
      else if (!this.afterUnknown) this.ids.push(unkId);
      this.afterUnknown = unknown;
    }
    this.decided = node;
    this.next = Math.max(this.next, node);
  }

  /** Lets go of what lies before the last decided node, and makes that node 0. */
  private compact(): void {
    const { decided, from, via, output, text } = this;
    if (decided === 0) return;
    const used = Math.max(text.length, this.next + this.reach) + 1;
    output.bytes.copyWithin(0, decided, text.length);
    output.origin.copyWithin(0, decided, text.length);
    via.copyWithin(0, decided, used);
    from.copyWithin(0, decided, used);
    for (let at = 0; at < used - decided; at++) from[at] = Math.max(-1, from[at]! - decided);
    from.fill(-1, used - decided, used);
    from[0] = 0;
    this.forget(decided, used);
    text.length -= decided;
    this.next -= decided;
    this.decideAt -= decided;
    this.decided = 0;
  }

  private roomFor(size: number): void {
    const { length } = this.from;
    if (size <= length) return;
    const larger = Math.max(2 * length, size);
    const from = new Int32Array(larger).fill(-1, length);
    from.set(this.from);
    const via = new Int32Array(larger);
    via.set(this.via);
    Object.assign(this, { from, via });
    this.reserve(larger);
  }
}

const utf8 = new TextEncoder();
