import type { Model } from "../model/model.ts";
import { part, type Word } from "../model/parts.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { buffers, reserveSearch } from "../text/buffers.ts";
import { characterLength, normalizeToBuffers } from "../text/normalize.ts";
import type { Ties } from "../viterbi.ts";
import type { TextLattice } from "./lattice-of.ts";
import { pathIds } from "./path-ids.ts";
import { relaxEdges } from "./relax.ts";
import type { PathEdges, Searcher } from "./searcher.ts";

/**
 * The search in plain TypeScript, for where WebAssembly is not to be had, and as the oracle of the kernel. Scans the
 * trie and relaxes its matches in one sweep; O(text · longest piece).
 */
export class PlainSearcher implements Searcher {
  isTaken = false;
  private readonly model: Model;
  private length = 0;
  private cuts: PreTokens | undefined;
  private total = 0;
  private stop = 0;

  constructor(model: Model) {
    this.model = model;
  }

  search(text: string, ties: Ties): boolean {
    const { model } = this;
    this.normalize(text);
    reserveSearch(this.length);
    const { best, from, via } = buffers;
    best.fill(-Infinity, 0, this.length + 1);
    this.total = this.stop = 0;
    const { end, added } = this.cuts ?? uncut(this.length);
    for (let i = 0; i < end.length && this.total > -Infinity; i++) {
      const start = this.stop;
      this.stop = end[i]!;
      best[start] = 0;
      if (added[i]! < 0) this.searchWord(start, ties);
      else {
        best[this.stop] = model.labelScore[added[i]!]!;
        from[this.stop] = start;
        via[this.stop] = added[i]!;
      }
      this.total += best[this.stop]!;
    }
    return true;
  }

  /** Finds the best path from `start` to `this.stop`. */
  private searchWord(start: number, ties: Ties): void {
    const { model, stop } = this;
    if (model.subword !== null) part("segmentWord")(model, start, stop);
    else for (let s = start; s < stop;) s = relaxEdges(model, buffers, s, stop, ties === "exact");
  }

  private normalize(text: string): void {
    const { pipeline, normalizer } = this.model;
    this.cuts = pipeline === null ? undefined : part("runPipeline")(pipeline, text);
    this.length =
      this.cuts === undefined ? normalizeToBuffers(normalizer, text) : (this.cuts.end.at(-1) ?? 0);
  }

  score(): number {
    return this.total;
  }

  stuckAt(): number {
    let at = this.stop;
    while (buffers.best[at] === -Infinity) at--;
    return at;
  }

  bytes(): Uint8Array {
    return buffers.bytes.subarray(0, this.length);
  }

  origin(): Int32Array {
    return buffers.origin.subarray(0, this.length + 1);
  }

  originEnd(): Int32Array | undefined {
    return this.cuts === undefined ? undefined : buffers.originEnd.subarray(0, this.length + 1);
  }

  preTokens(): PreTokens | undefined {
    return this.cuts;
  }

  path(): PathEdges {
    return backtracked(this.length);
  }

  encoding(): undefined {
    return undefined;
  }

  ids(): Int32Array {
    return pathIds(this.model, this.bytes(), this.path(), this.cuts);
  }

  lattice(text: string): TextLattice {
    this.normalize(text);
    const { model, length } = this;
    const found = {
      rowStart: new Int32Array(length + 1),
      end: new Int32Array(4 * length + 16),
      label: new Int32Array(4 * length + 16),
      count: 0,
    };
    const { end, added } = this.cuts ?? uncut(length);
    for (let i = 0, start = 0; i < end.length; i++) {
      const stop = end[i]!;
      // One object a word: what has been found out about it is kept by it.
      const word: Word = { start, stop };
      if (added[i]! < 0) for (let s = start; s < stop;) s = findEdges(model, found, word, s);
      else {
        reserve(found, 1);
        found.end[found.count] = stop;
        found.label[found.count++] = added[i]!;
        found.rowStart.fill(found.count, start + 1, stop + 1);
      }
      start = stop;
    }
    return {
      length,
      labelScore: model.labelScore,
      rowStart: found.rowStart,
      end: found.end.slice(0, found.count),
      label: found.label.slice(0, found.count),
      bytes: this.bytes().slice(),
      origin: this.origin().slice(),
      ...(this.cuts !== undefined && { originEnd: this.originEnd()!.slice(), preTokens: this.cuts }),
    };
  }
}

/** The best path to a node, as a search has left it in `buffers`. */
export function backtracked(node: number): PathEdges {
  const { from, via } = buffers;
  const ends: number[] = [];
  for (let at = node; at > 0; at = from[at]!) ends.push(at);
  const end = Int32Array.from(ends.reverse());
  return { label: end.map((at) => via[at]!), end };
}

/** A text that is one pre-token. */
function uncut(length: number): PreTokens {
  return { end: Int32Array.of(length), added: Int32Array.of(-1) };
}

/** Edges so far. */
interface Found {
  readonly rowStart: Int32Array;
  end: Int32Array<ArrayBuffer>;
  label: Int32Array<ArrayBuffer>;
  count: number;
}

/**
 * Finds the edges of a word that begin at node s.
 *
 * @returns The next node that an edge can begin at, one character on.
 */
function findEdges(model: Model, found: Found, word: Word, s: number): number {
  const { trie, unkId, longestPiece, subword, byteLevel } = model;
  const length = word.stop;
  reserve(found, longestPiece + 2);
  if (subword !== null) {
    found.count = part("wordEdges")(model, word, s, found, found.count);
    found.rowStart[s + 1] = found.count;
    return s + 1;
  }
  const { rowStart, end, label } = found;
  const { bytes } = buffers;
  const first = found.count;
  const single = byteLevel ? s + 1 : Math.min(s + characterLength(bytes[s]!), length);
  let count = first;
  let covered = unkId < 0;
  let base = trie[0]! >>> 9;
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
  found.count = count;
  return single;
}

/** Room for so many more edges. */
function reserve(found: Found, more: number): void {
  if (found.count + more <= found.end.length) return;
  found.end = grown(found.end, found.count, more);
  found.label = grown(found.label, found.count, more);
}

function grown(array: Int32Array<ArrayBuffer>, used: number, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length + more);
  larger.set(array.subarray(0, used));
  return larger;
}
