import { type EdgeWeights, edgeWeights, type Model } from "@lemmata/lattice";
import {
  type EncodeStream,
  idsOfParts,
  type Keep,
  keptPathStream,
  type PendingOptions,
  transformOf,
} from "@lemmata/lattice/stream";
import { checked, type Draw, type DrawOptions } from "./options.ts";
import { Reservoirs } from "./reservoirs.ts";

/** Options of {@link sampleStream}. */
export interface SampleStreamOptions extends DrawOptions, PendingOptions {}

/**
 * Draws one segmentation of a text that comes in parts, in memory bounded by its longest undecided span. The ids of all
 * parts together have the law of the whole text, and are those that {@link perfectSample} draws from its lattice with
 * the same numbers, however it is cut.
 *
 * The sweep of `perfectSample` needs no more of the text than the edges from one node, and leaves at each node a fair
 * draw among the paths to it. What these have in common at all nodes that a further edge can begin at is decided.
 *
 * With `overflow: "cut"`, a span of more than `maxPending` bytes ends where it is, with a draw from its own law; the
 * law is then not quite that of the whole text, and the ids are still the same however that is cut.
 *
 * @throws {@link SamplingError} `argument` for an alpha or a generator that is none, `rng`; `LatticeError` of `@lemmata/lattice` as
 * `encodeStream`: `unsupported` for a model whose steps need the whole text (then `sampleEncode`), `pending`, `no-path`.
 * @remarks O(text · longest piece), one random number for each edge that is not the first into its node; between
 * texts the generator goes on.
 */
export function sampleStream(model: Model, options?: SampleStreamOptions): EncodeStream {
  let made: ReturnType<typeof weighted> | undefined;
  // The stream begins with a look at the model, so that what is none is refused as such.
  const begin = (): Keep => {
    const reach = Math.max(4, model.longestPiece);
    if (options?.alpha === Infinity) return keepBest(model.labelScore, reach);
    const { uniform, mantissa, exponent } = (made ??= weighted(model, options));
    const reservoirs = new Reservoirs(reach, uniform);
    let open = -1;
    return (start, end, label) => {
      if (start !== open) reservoirs.open((open = start));
      return reservoirs.takes(end, mantissa[label]!, exponent[label]!);
    };
  };
  return keptPathStream(model, begin, options);
}

/**
 * {@link sampleStream} as a web stream: strings in, arrays of ids out, one for each part that decides any.
 *
 * @throws As {@link sampleStream}; while streaming, as an error of the stream.
 */
export function sampleTransform(
  model: Model,
  options?: SampleStreamOptions,
): TransformStream<string, Int32Array> {
  return transformOf(sampleStream(model, options));
}

/**
 * {@link sampleStream} over an iterable of strings, asynchronous or not: arrays of ids, one for each part that decides
 * any.
 *
 * @throws As {@link sampleStream}.
 */
export async function* sampleParts(
  model: Model,
  parts: AsyncIterable<string> | Iterable<string>,
  options?: SampleStreamOptions,
): AsyncGenerator<Int32Array, void, undefined> {
  yield* idsOfParts(sampleStream(model, options), parts);
}

/** Keeps the best edge into each node, of equal ones the longest: the path that is drawn at alpha = ∞. */
function keepBest(labelScore: Float64Array, reach: number): Keep {
  // Nodes share places in turn: no edge is longer than `reach`.
  const places = reach + 1;
  const node = new Float64Array(places).fill(-1);
  const best = new Float64Array(places);
  return (start, end, label) => {
    const score = best[start % places]! + labelScore[label]!;
    const place = end % places;
    if (node[place] === end && score <= best[place]!) return false;
    node[place] = end;
    best[place] = score;
    return true;
  };
}

/** Checked options, and exp(alpha · score) of each label: the weights of a lattice that has an edge of each. */
function weighted({ labelScore }: Model, options: DrawOptions | undefined): EdgeWeights & Draw {
  const label = Int32Array.from(labelScore, (_, i) => i);
  const end = new Int32Array(label.length).fill(1);
  const lattice = { length: 1, rowStart: Int32Array.of(0, label.length), end, label, labelScore };
  const { alpha, uniform } = checked(lattice, options);
  return { alpha, uniform, ...edgeWeights(lattice, { alpha }) };
}
