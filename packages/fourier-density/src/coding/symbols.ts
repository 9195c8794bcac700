import type { CodeTable } from "./code-table.ts";

/** A table made ready: which symbol a bin is, and which bins a symbol has. */
export class Symbols {
  /** The symbol of bins outside, and of those in cells of frequency 0. */
  readonly escape: number;
  /** Where the share of each symbol begins. */
  readonly start: Uint32Array;
  /** The first bin of each cell, and the end of the last. */
  readonly edge: Float64Array;
  /** For each symbol the number of low bits that tell its bins apart, none for the escape. */
  readonly shift: Uint8Array;
  readonly table: CodeTable;
  /** For each 2^bucketShift bins from the first, the cell of the first of them. */
  readonly #bucket: Int32Array;
  readonly #bucketShift: number;

  constructor(table: CodeTable) {
    const { first, shift, frequency } = table;
    this.table = table;
    this.escape = shift.length;
    this.shift = new Uint8Array(frequency.length);
    this.shift.set(shift);
    this.start = new Uint32Array(frequency.length);
    this.edge = new Float64Array(frequency.length).fill(first);
    for (let s = 0; s < shift.length; s++) {
      this.start[s + 1] = this.start[s]! + frequency[s]!;
      this.edge[s + 1] = this.edge[s]! + (1 << shift[s]!);
    }
    const width = this.edge[this.escape]! - first;
    this.#bucketShift = 0;
    while (BUCKETS * (1 << this.#bucketShift) < width) this.#bucketShift++;
    this.#bucket = new Int32Array(Math.ceil(width / (1 << this.#bucketShift)) + 1);
    for (let b = 0, cell = 0; b < this.#bucket.length; b++) {
      while (cell < this.escape && this.edge[cell + 1]! <= first + b * (1 << this.#bucketShift)) cell++;
      this.#bucket[b] = cell;
    }
  }

  /** The symbol of a bin, in O(log cells) at the most, mostly O(1). */
  of(bin: number): number {
    const { first, frequency } = this.table;
    const { edge, escape } = this;
    if (!(bin >= first && bin < edge[escape]!)) return escape;
    const b = (bin - first) >>> this.#bucketShift;
    let lower = this.#bucket[b]!;
    let upper = this.#bucket[b + 1]! + 1;
    while (upper - lower > 1) {
      const middle = (lower + upper) >> 1;
      if (edge[middle]! <= bin) lower = middle;
      else upper = middle;
    }
    return frequency[lower]! > 0 ? lower : escape;
  }
}

/** How many buckets there are at the most. */
const BUCKETS = 2 ** 12;
