import type { Model } from "../model/model.ts";
import { buffers, reserveSearch } from "../text/buffers.ts";
import { characterLength, normalizeToBuffers } from "../text/normalize.ts";
import type { Ties } from "../viterbi.ts";
import type { Searcher } from "./searcher.ts";

/**
 * The search in plain TypeScript, for where WebAssembly is not to be had, and as the oracle of the kernel. Scans the
 * trie and relaxes its matches in one sweep; O(text · longest piece).
 */
export class PlainSearcher implements Searcher {
  private readonly model: Model;
  private length = 0;

  constructor(model: Model) {
    this.model = model;
  }

  search(text: string, ties: Ties): boolean {
    const { trie, labelScore, unkId, normalizer } = this.model;
    const length = normalizeToBuffers(normalizer, text);
    this.length = length;
    reserveSearch(length);
    const { bytes, best, from, via } = buffers;
    const exact = ties === "exact";
    const rootBase = trie[0]! >>> 9;
    const unkScore = unkId < 0 ? 0 : labelScore[unkId]!;
    best.fill(-Infinity, 0, length + 1);
    best[0] = 0;
    let s = 0;
    while (s < length) {
      const single = Math.min(s + characterLength(bytes[s]!), length);
      const here = best[s]!;
      if (here === -Infinity) {
        s = single;
        continue;
      }
      let covered = unkId < 0;
      let base = rootBase;
      for (let at = s; at < length;) {
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
        if (candidate > best[at]!) {
          best[at] = exact ? candidate : Math.fround(candidate);
          from[at] = s;
          via[at] = id;
        }
      }
      if (!covered) {
        const candidate = here + unkScore;
        if (candidate > best[single]!) {
          best[single] = exact ? candidate : Math.fround(candidate);
          from[single] = s;
          via[single] = unkId;
        }
      }
      s = single;
    }
    return true;
  }

  bytes(): Uint8Array {
    return buffers.bytes.subarray(0, this.length);
  }

  origin(): Int32Array {
    return buffers.origin.subarray(0, this.length + 1);
  }

  scoreTo(offset: number): number {
    return buffers.best[offset]!;
  }

  startOf(offset: number): number {
    return buffers.from[offset]!;
  }

  labelOf(offset: number): number {
    return buffers.via[offset]!;
  }

  ids(): Int32Array {
    const { unkId, byteId } = this.model;
    const { bytes, from, via } = buffers;
    const ids: number[] = [];
    let afterUnknown = false;
    for (let end = this.length; end > 0;) {
      const start = from[end]!;
      const id = via[end]!;
      if (id !== unkId) ids.push(id);
      else if (byteId.length > 0) for (let at = end - 1; at >= start; at--) ids.push(byteId[bytes[at]!]!);
      else if (!afterUnknown) ids.push(unkId);
      afterUnknown = id === unkId;
      end = start;
    }
    return Int32Array.from(ids.reverse());
  }
}
