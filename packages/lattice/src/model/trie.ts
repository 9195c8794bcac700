import { LatticeError } from "../lattice-error.ts";

/**
 * A trie over byte strings as a double array, interleaved for one cache line a step: node i is
 * `units[2i] = base << 9 | (label + 1)` and `units[2i + 1]` = the value of the key that ends there, or −1.
 *
 * The child of a node for byte b is node `base ^ b`, and really is its child if its label is b. No two nodes share
 * a base, so the label alone settles it. Node 0 is the root; the rest of its block of 256 stays empty, so that a
 * node without children (base 0) finds nothing.
 *
 * To walk: `base = units[0] >>> 9`, then for each byte b: `i = 2 * (base ^ b)`; stop unless
 * `(units[i] & 0x1ff) === b + 1`; the value is `units[i + 1]`; go on with `base = units[i] >>> 9`.
 */
export type Trie = Int32Array;

/**
 * Builds the trie of the keys `bytes[start[k]] … bytes[start[k + 1] − 1]` for the given k, each with value k.
 *
 * @throws {@link LatticeError} `format` (at: k) for an empty key or one that occurs twice.
 * @remarks O(bytes of the keys) but for the search for free places, which looks at the last 16 blocks only.
 */
export function buildTrie(bytes: Uint8Array, start: Int32Array, keys: Iterable<number>): Trie {
  const order = Int32Array.from(keys);
  sortKeys(bytes, start, order, 0, order.length, 0);
  for (let i = 0; i < order.length; i++) {
    const k = order[i]!;
    if (start[k] === start[k + 1]) throw new LatticeError("format", `piece ${k} is empty`, k);
    if (i > 0 && compareKeys(bytes, start, order[i - 1]!, k) === 0)
      throw new LatticeError("format", `piece ${k} is the same as piece ${order[i - 1]}`, k);
  }
  const places = new Places();
  places.addBlock();
  for (let i = 0; i < BLOCK; i++) places.take(i);
  places.addBlock();

  const labels = new Uint8Array(BLOCK);
  const ends = new Int32Array(BLOCK);
  // Open nodes: [node, first key, key after the last, depth] of a run of keys that share their first bytes.
  const open = [0, 0, order.length, 0];
  while (open.length > 0) {
    const depth = open.pop()!;
    const stop = open.pop()!;
    let k = open.pop()!;
    const node = open.pop()!;
    if (k < stop && start[order[k]!]! + depth === start[order[k]! + 1]!) places.value[node] = order[k++]!;
    const first = k;
    let children = 0;
    for (; k < stop; k++) {
      const byte = bytes[start[order[k]!]! + depth]!;
      if (k === first || byte !== labels[children - 1]) labels[children++] = byte;
      ends[children - 1] = k + 1;
    }
    if (children === 0) continue;
    const base = places.findBase(labels, children);
    places.base[node] = base;
    for (let c = 0; c < children; c++) {
      const child = base ^ labels[c]!;
      places.take(child);
      places.label[child] = labels[c]! + 1;
      open.push(child, c === 0 ? first : ends[c - 1]!, ends[c]!, depth + 1);
    }
  }
  return places.units();
}

/** Value of the key `bytes[from]` … `bytes[to − 1]` in a trie, or −1. */
export function lookUp(trie: Trie, bytes: Uint8Array, from: number, to: number): number {
  let i = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    i = 2 * ((trie[i]! >>> 9) ^ byte);
    if ((trie[i]! & 0x1ff) !== byte + 1) return -1;
  }
  return trie[i + 1]!;
}

/** Bytes of a key that {@link sortKeys} looks at together, and how many places fit beside them in a float64. */
const PREFIX_BYTES = 4;
const PLACES = 2 ** 21;
/** Keys that agree for longer are compared: they are few, and recursion must not follow them. */
const MAX_DEPTH = 64;

/**
 * Sorts `order[from]` … `order[to − 1]`, keys that share their first `depth` bytes, by their bytes.
 *
 * @remarks The next four bytes and the place go into one float64, and the engine's own sort of numbers, which calls
 * nothing back, does the work: five times as fast as a comparator. Runs that agree in those bytes go on from there.
 */
function sortKeys(
  bytes: Uint8Array,
  start: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
  depth: number,
): void {
  const compare = (a: number, b: number): number => compareKeys(bytes, start, a, b);
  if (to - from < 16 || to - from > PLACES || depth > MAX_DEPTH) {
    order.subarray(from, to).sort(compare);
    return;
  }
  const before = order.slice(from, to);
  const packed = new Float64Array(to - from);
  for (let i = 0; i < packed.length; i++) {
    const key = before[i]!;
    const stop = start[key + 1]!;
    let prefix = 0;
    for (let at = start[key]! + depth, last = at + PREFIX_BYTES; at < last; at++)
      prefix = (prefix << 8) | (at < stop ? bytes[at]! : 0);
    packed[i] = (prefix >>> 0) * PLACES + i;
  }
  packed.sort();
  const prefixes = new Uint32Array(packed.length);
  for (let i = 0; i < packed.length; i++) {
    prefixes[i] = packed[i]! / PLACES;
    order[from + i] = before[packed[i]! - prefixes[i]! * PLACES]!;
  }
  for (let i = 0; i < prefixes.length;) {
    const prefix = prefixes[i]!;
    let next = i + 1;
    while (next < prefixes.length && prefixes[next] === prefix) next++;
    // A last byte of 0 may be the end of a key: then only a comparison tells.
    if ((prefix & 0xff) === 0) order.subarray(from + i, from + next).sort(compare);
    else if (next - i > 1) sortKeys(bytes, start, order, from + i, from + next, depth + PREFIX_BYTES);
    i = next;
  }
}

function compareKeys(bytes: Uint8Array, start: Int32Array, a: number, b: number): number {
  const lengthA = start[a + 1]! - start[a]!;
  const lengthB = start[b + 1]! - start[b]!;
  const shared = Math.min(lengthA, lengthB);
  for (let i = 0; i < shared; i++) {
    const difference = bytes[start[a]! + i]! - bytes[start[b]! + i]!;
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

const BLOCK = 256;
/** Blocks whose free places are still offered; older ones are nearly full, and searching them costs more than it saves. */
const OPEN_BLOCKS = 16;
/** A base has 23 bits. */
const MAX_NODES = 1 << 23;

/** The places of a double array while it is built: what is free, and what the taken ones hold. */
class Places {
  private count = 0;
  base = new Int32Array(1 << 14);
  label = new Int16Array(1 << 14);
  value = new Int32Array(1 << 14).fill(-1);
  private taken = new Uint8Array(1 << 14);
  private baseUsed = new Uint8Array(1 << 14);
  // The free places of the open blocks, as a list in both directions, −1 at its ends.
  private next = new Int32Array(1 << 14);
  private previous = new Int32Array(1 << 14);
  private head = -1;
  private tail = -1;

  addBlock(): void {
    const from = this.count;
    if (from + BLOCK > MAX_NODES)
      throw new LatticeError("unsupported", `the pieces need more than ${MAX_NODES} trie nodes`);
    if (from + BLOCK > this.base.length) this.grow();
    this.count += BLOCK;
    for (let i = from; i < this.count; i++) {
      this.next[i] = -1;
      this.previous[i] = this.tail;
      if (this.tail < 0) this.head = i;
      else this.next[this.tail] = i;
      this.tail = i;
    }
    const closed = from - OPEN_BLOCKS * BLOCK;
    if (closed >= 0) for (let i = closed; i < closed + BLOCK; i++) if (this.taken[i] === 0) this.take(i);
  }

  take(place: number): void {
    this.taken[place] = 1;
    const next = this.next[place]!;
    const previous = this.previous[place]!;
    if (previous < 0) this.head = next;
    else this.next[previous] = next;
    if (next < 0) this.tail = previous;
    else this.previous[next] = previous;
  }

  /** A base that no node has, at which the places of all the labels are free. */
  findBase(labels: Uint8Array, count: number): number {
    const first = labels[0]!;
    for (;;) {
      search: for (let place = this.head; place >= 0; place = this.next[place]!) {
        const base = place ^ first;
        if (this.baseUsed[base] !== 0) continue;
        for (let c = 1; c < count; c++) if (this.taken[base ^ labels[c]!] !== 0) continue search;
        this.baseUsed[base] = 1;
        return base;
      }
      this.addBlock();
    }
  }

  units(): Trie {
    const units = new Int32Array(2 * this.count);
    for (let i = 0; i < this.count; i++) {
      units[2 * i] = (this.base[i]! << 9) | this.label[i]!;
      units[2 * i + 1] = this.value[i]!;
    }
    return units;
  }

  private grow(): void {
    const grown = <T extends Int32Array | Int16Array | Uint8Array>(old: T): T => {
      const array = new (old.constructor as new (length: number) => T)(2 * old.length);
      array.set(old);
      return array;
    };
    const length = this.base.length;
    this.base = grown(this.base);
    this.label = grown(this.label);
    this.value = grown(this.value).fill(-1, length);
    this.taken = grown(this.taken);
    this.baseUsed = grown(this.baseUsed);
    this.next = grown(this.next);
    this.previous = grown(this.previous);
  }
}
