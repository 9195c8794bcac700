import type { Model } from "../model/model.ts";
import { buffers, reserveSearch } from "../text/buffers.ts";
import { characterLength, normalizeToBuffers } from "../text/normalize.ts";
import type { Ties } from "../viterbi.ts";
import { relaxEdges } from "./relax.ts";
import type { Edges, Searcher } from "./searcher.ts";

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

  edges(text: string): Edges {
    const { model } = this;
    const length = normalizeToBuffers(model.normalizer, text);
    this.length = length;
    const { bytes } = buffers;
    const { trie, unkId } = model;
    const rootBase = trie[0]! >>> 9;
    const rowStart = new Int32Array(length + 1);
    let end = new Int32Array(4 * length + 16);
    let label = new Int32Array(end.length);
    let count = 0;
    let s = 0;
    while (s < length) {
      if (count + model.longestPiece + 1 > end.length) {
        end = grown(end, count, model.longestPiece);
        label = grown(label, count, model.longestPiece);
      }
      const first = count;
      const single = Math.min(s + characterLength(bytes[s]!), length);
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
        end[count] = at;
        label[count++] = id;
      }
      if (!covered) {
        // Ends rise along a row: a piece that ends inside the character goes first.
        let place = count++;
        for (; place > first && end[place - 1]! > single; place--) {
          end[place] = end[place - 1]!;
          label[place] = label[place - 1]!;
        }
        end[place] = single;
        label[place] = unkId;
      }
      rowStart.fill(count, s + 1, single + 1);
      s = single;
    }
    return { rowStart, end: end.slice(0, count), label: label.slice(0, count) };
  }
}

function grown(array: Int32Array<ArrayBuffer>, used: number, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length + more);
  larger.set(array.subarray(0, used));
  return larger;
}
