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
 * @remarks O(bytes of the keys) but for two searches that are bounded: of a node among its up to 256 siblings, and for
 * free places, which looks at the last 16 blocks only. It runs once a model, when no compiler has seen it yet: each of
 * the two halves is one function that calls nothing in its loops, which is compiled once and soon.
 */
export function buildTrie(bytes: Uint8Array, start: Int32Array, keys: Int32Array): Trie {
  return placed(treeOf(bytes, start, keys));
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

/** A trie as lists of children. Nodes are numbered as they were met, parents before their children; 0 is the root. */
interface Tree {
  readonly count: number;
  /** First child and next sibling; 0 for none, as the root is neither. */
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly label: Uint8Array;
  /** The key that ends here and one; 0 for none. */
  readonly value: Int32Array;
}

function treeOf(bytes: Uint8Array, start: Int32Array, keys: Int32Array): Tree {
  // More than is needed; what is not written to costs nothing.
  const room = bytes.length + 1;
  const first = new Int32Array(room);
  const next = new Int32Array(room);
  const label = new Uint8Array(room);
  const value = new Int32Array(room);
  let count = 1;
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i]!;
    const stop = start[k + 1]!;
    let node = 0;
    for (let at = start[k]!; at < stop; at++) {
      const byte = bytes[at]!;
      let last = 0;
      let child = first[node]!;
      while (child !== 0 && label[child] !== byte) {
        last = child;
        child = next[child]!;
      }
      if (child === 0) {
        // Last among its siblings: pieces mostly come in the order of their frequency.
        child = count++;
        label[child] = byte;
        if (last === 0) first[node] = child;
        else next[last] = child;
      }
      node = child;
    }
    if (node === 0) throw new LatticeError("format", `piece ${k} is empty`, k);
    if (value[node] !== 0)
      throw new LatticeError("format", `piece ${k} is the same as piece ${value[node]! - 1}`, k);
    value[node] = k + 1;
  }
  return { count, first, next, label, value };
}

const BLOCK = 256;
/** Free places that a search for a base looks at before it takes a new block. */
const PROBES = 64;
/** A base has 23 bits. */
const MAX_NODES = 1 << 23;

/** Puts the nodes of a tree in their places. Those with one child, which fit anywhere, fill what the others have left. */
function placed(tree: Tree): Trie {
  const places = new Places(tree.count);
  places.putChildren(tree, false);
  places.putChildren(tree, true);
  return places.units(tree);
}

/** The places of a double array while it is filled. */
class Places {
  /** The root's block has no free places. */
  private count = BLOCK;
  private taken: Uint8Array;
  private baseUsed: Uint8Array;
  /** The free places as a ring in both directions, which the root's place closes. */
  private free: Int32Array;
  private before: Int32Array;
  /** Where the nodes of the tree are, and their bases; 0 for those without children. */
  private readonly placeOf: Int32Array;
  private readonly baseOf: Int32Array;

  constructor(nodes: number) {
    // Nearly all places are taken in the end.
    const room = BLOCK * (4 + Math.ceil((1.03 * nodes) / BLOCK));
    this.taken = new Uint8Array(room);
    this.baseUsed = new Uint8Array(room);
    this.free = new Int32Array(room);
    this.before = new Int32Array(room);
    this.placeOf = new Int32Array(nodes);
    this.baseOf = new Int32Array(nodes);
  }

  /** Finds bases for the nodes with one child, or for those with more, and so places for their children. */
  putChildren({ count, first, next, label }: Tree, lone: boolean): void {
    const { placeOf, baseOf } = this;
    let { taken, baseUsed, free, before } = this;
    let cursor = 0;
    for (let node = 0; node < count; node++) {
      const child = first[node]!;
      if (child === 0 || (next[child] === 0) !== lone) continue;
      // A base that no node has, at which the places of all children are free.
      let base = 0;
      for (let probes = 0; probes < PROBES && base === 0; probes++, cursor = free[cursor]!) {
        const candidate = cursor ^ label[child]!;
        if (cursor === 0 || baseUsed[candidate] !== 0) continue;
        let other = next[child]!;
        while (other !== 0 && taken[candidate ^ label[other]!] === 0) other = next[other]!;
        if (other === 0) base = candidate;
      }
      if (base === 0) {
        cursor = this.addBlock();
        ({ taken, baseUsed, free, before } = this);
        base = cursor ^ label[child]!;
      }
      baseUsed[base] = 1;
      baseOf[node] = base;
      for (let each = child; each !== 0; each = next[each]!) {
        const place = base ^ label[each]!;
        placeOf[each] = place;
        taken[place] = 1;
        if (place === cursor) cursor = free[place]!;
        free[before[place]!] = free[place]!;
        before[free[place]!] = before[place]!;
      }
    }
  }

  units({ count, label, value }: Tree): Trie {
    const { placeOf, baseOf } = this;
    const units = new Int32Array(2 * this.count);
    for (let node = 0; node < count; node++) {
      const place = 2 * placeOf[node]!;
      units[place] = (baseOf[node]! << 9) | (label[node]! + 1);
      units[place + 1] = value[node]! - 1;
    }
    // The root is no one's child.
    units[0]! &= ~0x1ff;
    return units;
  }

  /** Offers a block of free places and returns the first. */
  private addBlock(): number {
    const from = this.count;
    const to = from + BLOCK;
    if (to > MAX_NODES)
      throw new LatticeError("unsupported", `the pieces need more than ${MAX_NODES} trie nodes`);
    if (to > this.free.length) this.grow();
    this.count = to;
    const { free, before } = this;
    for (let place = from; place < to; place++) {
      free[place] = place + 1;
      before[place] = place - 1;
    }
    before[from] = before[0]!;
    free[before[0]!] = from;
    free[to - 1] = 0;
    before[0] = to - 1;
    return from;
  }

  private grow(): void {
    const grown = <T extends Int32Array | Uint8Array>(old: T): T => {
      const array = new (old.constructor as new (length: number) => T)(2 * old.length);
      array.set(old);
      return array;
    };
    this.taken = grown(this.taken);
    this.baseUsed = grown(this.baseUsed);
    this.free = grown(this.free);
    this.before = grown(this.before);
  }
}
