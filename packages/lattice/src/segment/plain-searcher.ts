import type { Model } from "../model/model.ts";
import { buffers, reserveSearch } from "../text/buffers.ts";
import { normalizeToBuffers } from "../text/normalize.ts";
import type { Ties } from "../viterbi.ts";
import { relaxEdges } from "./relax.ts";
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
    this.length = normalizeToBuffers(this.model.normalizer, text);
    reserveSearch(this.length);
    buffers.best.fill(-Infinity, 0, this.length + 1);
    buffers.best[0] = 0;
    for (let s = 0; s < this.length;) s = relaxEdges(this.model, buffers, s, this.length, ties === "exact");
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
