import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import { buffers, reserveSearch } from "../text/buffers.ts";
import { characterLength } from "../text/normalize.ts";

/**
 * Finds the best segmentation of the first `length` bytes of `buffers.bytes`, scanning the trie and relaxing its
 * matches in one sweep: `buffers.from` and `buffers.via` then hold the last edge of the best path to each offset.
 *
 * @returns The score of the best path, as SentencePiece rounds it.
 * @remarks The same as `viterbi(lattice, { ties: "sentencepiece" })` without a lattice: the kept score is float32, a
 * candidate is compared unrounded, and the longest of equal candidates stays. O(length · longest piece).
 * @throws {@link LatticeError} `no-path` (at: UTF-16 offset) for a model without an unknown piece that does not cover
 * the text.
 */
export function findBestPath(model: Model, length: number): number {
  reserveSearch(length);
  const { trie, labelScore, unkId } = model;
  const { bytes, best, from, via } = buffers;
  const rootBase = trie[0]! >>> 9;
  const unkScore = unkId < 0 ? 0 : labelScore[unkId]!;
  from.fill(-1, 0, length + 1);
  best[0] = 0;
  let s = 0;
  while (s < length) {
    const here = best[s]!;
    const single = Math.min(s + characterLength(bytes[s]!), length);
    if (unkId < 0 && s > 0 && from[s]! < 0) {
      s = single;
      continue;
    }
    let covered = unkId < 0;
    let base = rootBase;
    for (let at = s; at < length; ) {
      const byte = bytes[at]!;
      const slot = (base ^ byte) << 1;
      const unit = trie[slot]!;
      if ((unit & 0x1ff) !== byte + 1) break;
      base = unit >>> 9;
      at++;
      const id = trie[slot + 1]!;
      if (id < 0) continue;
      if (at === single) covered = true;
      const candidate = here + labelScore[id]!;
      if (from[at]! < 0 || candidate > best[at]!) {
        best[at] = candidate;
        from[at] = s;
        via[at] = id;
      }
    }
    if (!covered) {
      const candidate = here + unkScore;
      if (from[single]! < 0 || candidate > best[single]!) {
        best[single] = candidate;
        from[single] = s;
        via[single] = unkId;
      }
    }
    s = single;
  }
  if (length > 0 && from[length]! < 0) throw uncovered(length);
  return best[length]!;
}

function uncovered(length: number): LatticeError {
  let reached = length;
  while (reached > 0 && buffers.from[reached]! < 0) reached--;
  const at = buffers.origin[reached]!;
  return new LatticeError("no-path", `the pieces do not cover the text: none leads on from offset ${at}`, at);
}
