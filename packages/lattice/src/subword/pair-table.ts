import type { Merges } from "../model/model.ts";

/** Finds the merge of two pieces: a hash table with open addressing, at most half full. */
class PairTable {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  /** A merge and one, or 0. */
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor({ left, right }: Merges) {
    this.left = left;
    this.right = right;
    let size = 16;
    while (size < 2 * left.length) size *= 2;
    this.slots = new Int32Array(size);
    this.mask = size - 1;
    for (let i = 0; i < left.length; i++) {
      let slot = this.slotOf(left[i]!, right[i]!);
      while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = i + 1;
    }
  }

  /** The merge of two pieces, or −1. */
  find(left: number, right: number): number {
    for (let slot = this.slotOf(left, right); ; slot = (slot + 1) & this.mask) {
      const merge = this.slots[slot]! - 1;
      if (merge < 0 || (this.left[merge] === left && this.right[merge] === right)) return merge;
    }
  }

  private slotOf(left: number, right: number): number {
    const mixed = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.mask;
  }
}

const tables = new WeakMap<Merges, PairTable>();

export function pairsOf(merges: Merges): PairTable {
  let table = tables.get(merges);
  if (table === undefined) {
    table = new PairTable(merges);
    tables.set(merges, table);
  }
  return table;
}
