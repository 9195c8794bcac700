import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import { feed, finishNormalizing, settledLength, startNormalizing } from "../text/normalize.ts";
import { checkedTies } from "../viterbi.ts";
import { relaxEdges } from "../segment/relax.ts";
import type { EncodeOptions } from "../segment/searcher.ts";
import { idsAround, templateFor } from "../segment/special-tokens.ts";
import { mergeStream } from "./merge-stream.ts";
import { pendingLimits, tooMuchPending, uncovered } from "./pending.ts";
import { pipelineStream } from "./pipeline-stream.ts";

/** Options of {@link encodeStream}. */
export interface StreamOptions extends EncodeOptions {
  /**
   * How much may wait for a decision, counted as {@link EncodeStream.pending} is; 1,048,576 if left out. Most text is
   * decided within a line, but there are vocabularies and texts for which the first piece depends on the last character.
   */
  readonly maxPending?: number;
  /**
   * What happens beyond `maxPending`: `error` (the default) throws, `cut` takes the best segmentation so far, which
   * need not be the whole text's, and goes on.
   */
  readonly overflow?: "error" | "cut";
}

/** Ids of a text that comes in parts. */
export interface EncodeStream {
  /** Takes more text, cut anywhere, and returns the ids that it decides. */
  push(text: string): Int32Array;
  /** Ends the text and returns the remaining ids. The stream then begins a new text. */
  end(): Int32Array;
  /** Bytes of normalised text that wait for a decision; UTF-16 units where a text is cut rather than its paths compared. */
  readonly pending: number;
}

/**
 * Segments a text that comes in parts, in memory bounded by its longest undecided span. The ids of all parts together
 * are those of `encodeIds` for the whole text, however it is cut.
 *
 * What is decided is what the best paths to all nodes that a further edge can begin at have in common. The text of BPE
 * and of a model that cuts its text by itself is cut at the last place that no step, word or merge can go across,
 * whatever comes.
 *
 * @throws {@link LatticeError} `argument` for bad options or a push that is not a string; `unsupported`, by name, for a
 * model with a step that tells no such place, or without words to cut; `pending` (at: how much waits) beyond
 * `maxPending`; `no-path` as `encode`. A stream that has thrown is of no further use.
 * @remarks O(text · longest piece), and for the decisions O(pending) whenever as much again has come.
 */
export function encodeStream(model: Model, options?: StreamOptions): EncodeStream {
  const { pipeline, subword } = requireModel(model);
  if (pipeline !== null) return pipelineStream(model, options);
  return subword === null ? new BestPathStream(model, options) : mergeStream(model, options);
}

/**
 * {@link encodeStream} as a web stream: strings in, arrays of ids out, one for each part that decides any.
 *
 * @throws {@link LatticeError} as {@link encodeStream}; while streaming, as an error of the stream.
 */
export function encodeTransform(model: Model, options?: StreamOptions): TransformStream<string, Int32Array> {
  const stream = encodeStream(model, options);
  const pass = (ids: Int32Array, controller: TransformStreamDefaultController<Int32Array>): void => {
    if (ids.length > 0) controller.enqueue(ids);
  };
  return new TransformStream({
    transform: (text, controller) => pass(stream.push(text), controller),
    flush: (controller) => pass(stream.end(), controller),
  });
}

/**
 * {@link encodeStream} over an iterable of strings, asynchronous or not: arrays of ids, one for each part that decides
 * any.
 *
 * @throws {@link LatticeError} as {@link encodeStream}.
 */
export async function* encodeParts(
  model: Model,
  parts: AsyncIterable<string> | Iterable<string>,
  options?: StreamOptions,
): AsyncGenerator<Int32Array, void, undefined> {
  const stream = encodeStream(model, options);
  for await (const text of parts) {
    const ids = stream.push(text);
    if (ids.length > 0) yield ids;
  }
  const rest = stream.end();
  if (rest.length > 0) yield rest;
}

/** Text goes through in portions of this many UTF-16 units, so that one long part needs no more memory than many. */
const PORTION = 1 << 14;
/** Decisions are sought whenever so many bytes more wait. */
const STRIDE = 1 << 9;

class BestPathStream implements EncodeStream {
  private readonly model: Model;
  private readonly exact: boolean;
  private readonly limits: ReturnType<typeof pendingLimits>;
  /** How far beyond its start an edge can end. */
  private readonly reach: number;

  /** Text that was not taken yet: a high surrogate whose other half is to come, and what could still match a rule. */
  private surrogate = "";
  private input: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** The normalised text from the last decided node on. */
  private text;
  private readonly output = { bytes: new Uint8Array(1 << 12), origin: new Int32Array((1 << 12) + 1) };
  /** Best score to each node from there on, where its last edge begins, and that edge's label. */
  private best = new Float64Array(1 << 12).fill(-Infinity);
  private from = new Int32Array(1 << 12);
  private via = new Int32Array(1 << 12);
  /** The next node whose edges are to be found, and how many nodes there may be before the next decision. */
  private next = 0;
  private decideAt = STRIDE;
  private afterUnknown = false;
  /** Ids that go before and after a text. */
  private readonly around: ReturnType<typeof idsAround>;
  private ids: number[];

  constructor(model: Model, options?: StreamOptions) {
    this.model = model;
    this.around = idsAround(templateFor(model, "single", options));
    this.ids = [...this.around.before];
    this.exact = checkedTies(options?.ties ?? "sentencepiece") === "exact";
    this.limits = pendingLimits(options);
    this.reach = Math.max(4, model.longestPiece);
    this.text = startNormalizing(model.normalizer, this.output);
    this.best[0] = 0;
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
    finishNormalizing(this.text);
    this.advance(this.text.length, true);
    const { length } = this.text;
    if (this.best[length] === -Infinity) throw uncovered();
    this.decide(length);
    this.ids.push(...this.around.after);
    const ids = this.handOver();
    this.ids.push(...this.around.before);
    this.text = startNormalizing(this.model.normalizer, this.output);
    this.best[0] = 0;
    this.afterUnknown = false;
    return ids;
  }

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
    if (final) return;
    this.advance(settledLength(this.text), false);
    if (this.next >= this.decideAt) {
      this.decideCommon();
      this.decideAt = this.next + Math.max(STRIDE, this.next);
    }
    const { maxPending, cuts } = this.limits;
    if (this.pending <= maxPending) return;
    this.decideCommon();
    if (this.pending <= maxPending) return;
    if (!cuts) throw tooMuchPending(this.pending);
    let cut = this.next;
    while (this.best[cut] === -Infinity) cut++;
    this.best.fill(-Infinity, cut + 1, cut + this.reach + 1);
    this.decide(cut);
  }

  /** Finds the edges that begin before `length`, as far as all bytes that they can cover are there. */
  private advance(length: number, final: boolean): void {
    this.reserve(this.text.length + this.reach + 1);
    const { best, from, via, exact, model } = this;
    const state = { bytes: this.output.bytes, best, from, via };
    const stop = final ? length : length - this.reach + 1;
    let s = this.next;
    while (s < stop) s = relaxEdges(model, state, s, length, exact);
    this.next = s;
  }

  /** Decides what the best paths to all nodes that an edge can still begin at have in common. */
  private decideCommon(): void {
    const { next, reach, best, from } = this;
    const on = new Uint8Array(next + reach + 1);
    let count = 0;
    for (let node = next; node <= next + reach; node++)
      if (best[node]! > -Infinity) {
        on[node] = 1;
        count++;
      }
    if (count === 0) throw uncovered();
    let node = next + reach;
    for (; ; node--) {
      if (on[node] === 0) continue;
      if (count === 1) break;
      const before = from[node]!;
      if (on[before] === 1) count--;
      else on[before] = 1;
    }
    this.decide(node);
  }

  /** Gives out the best path to a node and lets go of what lies before it. */
  private decide(node: number): void {
    const { unkId, byteId } = this.model;
    const { from, via, best, output, text } = this;
    const path: number[] = [];
    for (let at = node; at > 0; at = from[at]!) path.push(at);
    for (const end of path.reverse()) {
      const id = via[end]!;
      if (id !== unkId) this.ids.push(id);
      else if (byteId.length > 0)
        for (let at = from[end]!; at < end; at++) this.ids.push(byteId[output.bytes[at]!]!);
      else if (!this.afterUnknown) this.ids.push(unkId);
      this.afterUnknown = id === unkId;
    }
    const used = Math.max(text.length, this.next + this.reach) + 1;
    output.bytes.copyWithin(0, node, text.length);
    output.origin.copyWithin(0, node, text.length);
    best.copyWithin(0, node, used);
    best.fill(-Infinity, used - node, used);
    via.copyWithin(0, node, used);
    from.copyWithin(0, node, used);
    for (let at = 0; at < used - node; at++) from[at]! -= node;
    text.length -= node;
    this.next = Math.max(0, this.next - node);
    this.decideAt = this.next + STRIDE;
  }

  private reserve(size: number): void {
    const length = this.best.length;
    if (size <= length) return;
    const larger = Math.max(2 * length, size);
    const best = new Float64Array(larger).fill(-Infinity, length);
    best.set(this.best);
    const from = new Int32Array(larger);
    from.set(this.from);
    const via = new Int32Array(larger);
    via.set(this.via);
    Object.assign(this, { best, from, via });
  }
}

const utf8 = new TextEncoder();
