import { type Model, PieceType } from "../model/model.ts";
import { lookUp, type Trie } from "../model/trie.ts";
import { buffers } from "../text/buffers.ts";
import { characterLength } from "../text/normalize.ts";
import { pairsOf } from "./pair-table.ts";
import { isSpelled, putEdge } from "./segment-word.ts";
import { firstNode, pieceAtEnd, stepDown, valueAt } from "./word-trie.ts";

/**
 * Segments a word by merges: of all neighbours that a merge joins, those of the lowest rank, and of equal ones the
 * leftmost, become one, until none are left.
 *
 * @remarks O(n log n) for n characters: neighbours wait in a heap, and those that are no more are passed over.
 */
export function mergeWord(model: Model, start: number, stop: number): void {
  const count = split(model, start, stop);
  if (count < 0) {
    buffers.best[stop] = -Infinity;
    return;
  }
  const { merges } = model.subword!;
  const { rank, result } = merges;
  const pairs = pairsOf(merges);
  const { ids, at, next, previous } = symbols;
  heapSize = 0;
  madeOf.clear();
  const offer = (left: number, right: number): void => {
    const merge = pairs.find(ids[left]!, ids[right]!);
    if (merge < 0) return;
    pushHeap(rank[merge]! * PLACES + left);
    if (model.pieceType[result[merge]!] === PieceType.unused) madeOf.set(result[merge]!, merge);
  };
  for (let i = 0; i + 1 < count; i++) offer(i, i + 1);
  while (heapSize > 0) {
    const least = takeLeast();
    const left = least % PLACES;
    const right = next[left]!;
    if (ids[left] === GONE || right >= count) continue;
    const merge = pairs.find(ids[left]!, ids[right]!);
    // What was offered is gone if its neighbours have become others since.
    if (merge < 0 || rank[merge]! !== (least - left) / PLACES) continue;
    ids[left] = result[merge]!;
    ids[right] = GONE;
    const after = next[right]!;
    next[left] = after;
    if (after < count) {
      previous[after] = left;
      offer(left, after);
    }
    const before = previous[left]!;
    if (before >= 0) offer(before, left);
  }
  for (let i = 0; i < count; i = next[i]!)
    put(model, ids[i]! < GONE ? KEPT - ids[i]! : ids[i]!, at[i]!, at[next[i]!]!);
}

/** Writes the edge of a piece; one that is not in use is taken apart again, as SentencePiece does. */
function put(model: Model, id: number, start: number, end: number): void {
  const merge = madeOf.get(id);
  if (merge === undefined) {
    putEdge(start, end, id);
    return;
  }
  const left = model.subword!.merges.left[merge]!;
  const middle = start + model.pieceStart[left + 1]! - model.pieceStart[left]!;
  put(model, left, start, middle);
  put(model, model.subword!.merges.right[merge]!, middle, end);
}

/** The merge that was last seen to make each piece that is not in use. */
const madeOf = new Map<number, number>();

/** Id of a symbol that was merged into the one before it. */
const GONE = -1;
/** A symbol that no merge may touch has `KEPT − id` for an id. */
const KEPT = -2;
/** A rank and a place share a float64. */
const PLACES = 2 ** 30;

/** The symbols of a word: ids, where each begins (and the end of the last), and its neighbours. */
const symbols = {
  ids: new Int32Array(256),
  at: new Int32Array(257),
  next: new Int32Array(256),
  previous: new Int32Array(256),
};

function reserveSymbols(count: number): void {
  if (count <= symbols.ids.length) return;
  const size = 2 * count;
  symbols.ids = new Int32Array(size);
  symbols.at = new Int32Array(size + 1);
  symbols.next = new Int32Array(size);
  symbols.previous = new Int32Array(size);
}

/** Cuts a word into its first symbols: characters, or bytes; returns how many, or −1 if one is no piece. */
function split(model: Model, start: number, stop: number): number {
  reserveSymbols(stop - start);
  const { ids, at, next, previous } = symbols;
  const { byteLevel, byteId, unkId, subword, trie, normalizer } = model;
  const { bytes } = buffers;
  const bare = subword!.continuing.length === 0 && subword!.ending.length === 0;
  let count = 0;
  const add = (id: number, s: number): void => {
    ids[count] = id;
    at[count] = s;
    next[count] = count + 1;
    previous[count] = count - 1;
    count++;
  };
  for (let s = start; s < stop;) {
    const kept = normalizer.kept.length === 0 ? s : longestMatch(normalizer.kept, s, stop);
    if (kept > s) {
      add(KEPT - lookUp(trie, bytes, s, kept), s);
      s = kept;
      continue;
    }
    const end = byteLevel ? s + 1 : Math.min(s + characterLength(bytes[s]!), stop);
    const id = bare ? lookUp(trie, bytes, s, end) : symbolOf(model, s, end, s === start, end === stop);
    if (id >= 0) add(id, s);
    else if (isSpelled(model, s, end)) for (let i = s; i < end; i++) add(byteId[bytes[i]!]!, i);
    else if (unkId < 0) return -1;
    else add(unkId, s);
    s = end;
  }
  at[count] = stop;
  return count;
}

/** Where the longest key of a trie that begins at byte s ends; s if there is none. */
function longestMatch(trie: Trie, s: number, stop: number): number {
  let longest = s;
  for (let node = 0, at = s; at < stop && node >= 0;) {
    node = stepDown(trie, node, buffers.bytes[at++]!);
    if (node >= 0 && trie[node + 1]! >= 0) longest = at;
  }
  return longest;
}

/** The piece of a character that may bear what pieces inside a word begin, and those at its end, end with. */
function symbolOf(model: Model, start: number, end: number, first: boolean, last: boolean): number {
  const { trie } = model;
  let node = firstNode(model, first);
  for (let i = start; i < end && node >= 0; i++) node = stepDown(trie, node, buffers.bytes[i]!);
  return node < 0 ? -1 : last ? pieceAtEnd(model, node) : valueAt(model, node);
}

// A binary heap of float64s, least first.
let heap = new Float64Array(256);
let heapSize = 0;

function pushHeap(value: number): void {
  if (heapSize === heap.length) {
    const larger = new Float64Array(2 * heap.length);
    larger.set(heap);
    heap = larger;
  }
  let i = heapSize++;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = value;
}

function takeLeast(): number {
  const least = heap[0]!;
  const value = heap[--heapSize]!;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heapSize) break;
    if (child + 1 < heapSize && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = value;
  return least;
}
