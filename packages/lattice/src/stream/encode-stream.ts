import { type Model, requireModel } from "../model/model.ts";
import { relaxEdges } from "../segment/relax.ts";
import type { EncodeOptions } from "../segment/searcher.ts";
import { idsAround, templateFor } from "../segment/special-tokens.ts";
import { checkedTies } from "../viterbi.ts";
import { mergeStream } from "./merge-stream.ts";
import { PathStream } from "./path-stream.ts";
import type { PendingOptions } from "./pending.ts";
import { pipelineStream } from "./pipeline-stream.ts";
import { idsOfParts, transformOf } from "./stream-adapters.ts";

/** Options of {@link encodeStream}. */
export interface StreamOptions extends EncodeOptions, PendingOptions {}

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
  return transformOf(encodeStream(model, options));
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
  yield* idsOfParts(encodeStream(model, options), parts);
}

class BestPathStream extends PathStream {
  private readonly exact: boolean;
  /** Best score to each node. */
  private best = new Float64Array(this.from.length).fill(-Infinity);

  constructor(model: Model, options: StreamOptions | undefined) {
    super(model, options, idsAround(templateFor(model, "single", options)));
    this.exact = checkedTies(options?.ties ?? "sentencepiece") === "exact";
    this.best[0] = 0;
  }

  protected override relax(s: number, stop: number, length: number): number {
    const { model, best, from, via, exact } = this;
    const state = { bytes: this.output.bytes, best, from, via };
    while (s < stop) s = relaxEdges(model, state, s, length, exact);
    return s;
  }

  protected override reserve(size: number): void {
    const best = new Float64Array(size).fill(-Infinity);
    best.set(this.best);
    this.best = best;
  }

  protected override forget(count: number, used: number): void {
    this.best.copyWithin(0, count, used);
    this.best.fill(-Infinity, used - count, used);
  }

  protected override begin(node: number): void {
    this.best.fill(-Infinity, node, node + this.reach + 1);
    this.best[node] = 0;
  }
}
