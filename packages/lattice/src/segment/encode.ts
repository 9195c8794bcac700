import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { buffers } from "../text/buffers.ts";
import { normalizeToBuffers } from "../text/normalize.ts";
import { findBestPath } from "./best-path.ts";
import { Emitter, type Encoding } from "./emit.ts";

/**
 * Segments a text: the best path of its lattice, with SentencePiece's choice where two score alike.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string; `no-path` (at: offset) if the model has no unknown
 * piece and does not cover the text.
 * @remarks O(text · longest piece). A lone surrogate is read as U+FFFD.
 */
export function encode(model: Model, text: string): Encoding {
  const length = normalizeToBuffers(model.normalizer, text);
  const score = findBestPath(model, length);
  const { bytes, origin, from, via } = buffers;
  const ends: number[] = [];
  for (let at = length; at > 0; at = from[at]!) ends.push(at);
  const emitter = new Emitter(model, bytes, origin);
  for (let i = ends.length - 1; i >= 0; i--) emitter.add(via[ends[i]!]!, from[ends[i]!]!, ends[i]!);
  return emitter.finish(score);
}

/**
 * The ids of a text alone, for throughput: those of {@link encode}.
 *
 * @throws {@link LatticeError} as {@link encode}.
 */
export function encodeIds(model: Model, text: string): Int32Array {
  const first = bestIds(model, text);
  return backwards.slice(first);
}

/** The ids of many texts, end to end: those of text i are `ids[rowStart[i]]` … `ids[rowStart[i + 1] − 1]`. */
export interface EncodingBatch {
  readonly ids: Int32Array;
  readonly rowStart: Int32Array;
}

/**
 * The ids of many texts in one array, each as {@link encode} gives them.
 *
 * @throws {@link LatticeError} `argument` (at: index) if a text is not a string; `no-path` as {@link encode}.
 */
export function encodeBatch(model: Model, texts: readonly string[]): EncodingBatch {
  const rowStart = new Int32Array(texts.length + 1);
  let ids = new Int32Array(1 << 12);
  let count = 0;
  texts.forEach((text, i) => {
    if (typeof text !== "string") throw new LatticeError("argument", `text ${i} is not a string`, i);
    const first = bestIds(model, text);
    const more = backwards.length - first;
    if (count + more > ids.length) {
      const larger = new Int32Array(Math.max(2 * ids.length, count + more));
      larger.set(ids);
      ids = larger;
    }
    ids.set(backwards.subarray(first), count);
    count += more;
    rowStart[i + 1] = count;
  });
  return { ids: ids.slice(0, count), rowStart };
}

/** Ids are found from the last to the first, and so written from the end of this array. */
let backwards = new Int32Array(1 << 12);

/** Writes the ids of a text to the end of {@link backwards} and returns where they begin. */
function bestIds(model: Model, text: string): number {
  const length = normalizeToBuffers(model.normalizer, text);
  findBestPath(model, length);
  if (backwards.length < length) backwards = new Int32Array(2 * length);
  const { unkId, byteId } = model;
  const { bytes, from, via } = buffers;
  let first = backwards.length;
  let afterUnknown = false;
  for (let end = length; end > 0; ) {
    const start = from[end]!;
    const id = via[end]!;
    if (id !== unkId) backwards[--first] = id;
    else if (byteId.length > 0) for (let at = end - 1; at >= start; at--) backwards[--first] = byteId[bytes[at]!]!;
    else if (!afterUnknown) backwards[--first] = unkId;
    afterUnknown = id === unkId;
    end = start;
  }
  return first;
}
