import type { Model } from "../model/model.ts";
import { pathIds } from "../segment/path-ids.ts";
import { backtracked } from "../segment/plain-searcher.ts";
import { relaxEdges } from "../segment/relax.ts";
import { buffers, reserveSearch, reserveText } from "../text/buffers.ts";
import { segmentWord } from "./segment-word.ts";

const utf8 = new TextEncoder();

/** The ids of one word; undefined if it has no path. */
export function wordIds(model: Model, word: string): Int32Array | undefined {
  reserveText(0, 3 * word.length);
  const { written: length } = utf8.encodeInto(word, buffers.bytes);
  reserveSearch(length);
  const { best, bytes } = buffers;
  if (model.subword !== null) segmentWord(model, 0, length);
  else {
    best.fill(-Infinity, 0, length + 1);
    best[0] = 0;
    for (let s = 0; s < length;) s = relaxEdges(model, buffers, s, length, true);
  }
  if (best[length] === -Infinity) return undefined;
  return pathIds(model, bytes.subarray(0, length), backtracked(length));
}
