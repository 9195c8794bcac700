import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { Emitter, type Encoding } from "./emit.ts";
import { type EncodeOptions, searched } from "./searcher.ts";

/**
 * Segments a text: the best path of its lattice.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string; `no-path` (at: offset) if the model has no unknown
 * piece and does not cover the text.
 * @remarks O(text · longest piece). A lone surrogate is read as U+FFFD.
 */
export function encode(model: Model, text: string, options?: EncodeOptions): Encoding {
  const found = searched(model, text, options);
  const bytes = found.bytes();
  const ends: number[] = [];
  for (let at = bytes.length; at > 0; at = found.startOf(at)) ends.push(at);
  const emitter = new Emitter(model, bytes, found.origin());
  for (const end of ends.reverse()) emitter.add(found.labelOf(end), found.startOf(end), end);
  return emitter.finish(found.scoreTo(bytes.length));
}

/**
 * The ids of a text alone, for throughput: those of {@link encode}.
 *
 * @throws {@link LatticeError} as {@link encode}.
 */
export function encodeIds(model: Model, text: string, options?: EncodeOptions): Int32Array {
  return searched(model, text, options).ids().slice();
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
export function encodeBatch(model: Model, texts: readonly string[], options?: EncodeOptions): EncodingBatch {
  const rowStart = new Int32Array(texts.length + 1);
  let ids = new Int32Array(1 << 12);
  let count = 0;
  texts.forEach((text, i) => {
    if (typeof text !== "string") throw new LatticeError("argument", `text ${i} is not a string`, i);
    const found = searched(model, text, options).ids();
    if (count + found.length > ids.length) {
      const larger = new Int32Array(Math.max(2 * ids.length, count + found.length));
      larger.set(ids);
      ids = larger;
    }
    ids.set(found, count);
    count += found.length;
    rowStart[i + 1] = count;
  });
  return { ids: ids.slice(0, count), rowStart };
}
