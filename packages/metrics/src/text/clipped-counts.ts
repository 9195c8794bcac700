/**
 * Counts of the n-grams of one to `order` symbols of a reference, and how many n-grams of a hypothesis they cover: an
 * n-gram counts as often as the hypothesis has it, but no more often than the reference (with several references: than
 * the one that has it most).
 *
 * The n-grams form a trie over symbol ids, whose nodes stand in one hash table keyed by (parent, symbol). So an n-gram is
 * an integer, found by one probe from its prefix, equal only to itself, and no string is ever joined.
 *
 * @remarks O(order · n) for each call; memory grows with the largest reference seen and is used again.
 */
export class ClippedCounts {
  readonly #order: number;
  /** Node at each slot of the hash table, 0 where there is none: the root is found without it. */
  #slots = new Int32Array(512);
  #shift = 23;
  /** Of each node: its parent, its last symbol, its slot, and its counts. */
  #parent = new Int32Array(257);
  #symbol = new Int32Array(257);
  #slot = new Int32Array(257);
  #inThis = new Int32Array(257);
  #most = new Int32Array(257);
  #size = 1;

  constructor(order: number) {
    this.#order = order;
  }

  /** Forgets all references. */
  clear(): void {
    for (let node = 1; node < this.#size; node++) {
      this.#slots[this.#slot[node]!] = 0;
      this.#most[node] = 0;
      this.#inThis[node] = 0;
    }
    this.#size = 1;
  }

  /** Adds a reference, a string of symbol ids. */
  addReference(symbols: ArrayLike<number>): void {
    this.#inThis.fill(0, 1, this.#size);
    for (let i = 0; i < symbols.length; i++) {
      const end = Math.min(symbols.length, i + this.#order);
      for (let node = 0, j = i; j < end; j++) {
        node = this.#child(node, symbols[j]!);
        const count = ++this.#inThis[node]!;
        if (count > this.#most[node]!) this.#most[node] = count;
      }
    }
  }

  /**
   * Adds to `into[at + n − 1]` how many n-grams of the hypothesis the references cover, for each n from 1. Uses the counts
   * up: `clear` before the next hypothesis.
   */
  match(hypothesis: ArrayLike<number>, into: Float64Array, at: number): void {
    for (let i = 0; i < hypothesis.length; i++) {
      const end = Math.min(hypothesis.length, i + this.#order);
      for (let node = 0, j = i; j < end; j++) {
        node = this.#slots[this.#slotFor(node, hypothesis[j]!)]!;
        // Where no reference has an n-gram, none has a longer one that begins with it.
        if (node === 0) break;
        if (this.#most[node]! > 0) {
          this.#most[node]!--;
          into[at + j - i]!++;
        }
      }
    }
  }

  #child(parent: number, symbol: number): number {
    let slot = this.#slotFor(parent, symbol);
    const found = this.#slots[slot]!;
    if (found !== 0) return found;
    if (2 * this.#size > this.#slots.length) {
      this.#grow();
      slot = this.#slotFor(parent, symbol);
    }
    const node = this.#size++;
    this.#slots[slot] = node;
    this.#parent[node] = parent;
    this.#symbol[node] = symbol;
    this.#slot[node] = slot;
    return node;
  }

  /** The slot that holds the child, or the empty one where it would stand. */
  #slotFor(parent: number, symbol: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    // Fibonacci hashing of both numbers; odd multipliers keep different children of one parent apart.
    let slot = (Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)) >>> this.#shift;
    for (;;) {
      const node = slots[slot]!;
      if (node === 0 || (this.#parent[node] === parent && this.#symbol[node] === symbol)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#shift--;
    const room = this.#slots.length / 2 + 1;
    this.#parent = widened(this.#parent, room);
    this.#symbol = widened(this.#symbol, room);
    this.#slot = widened(this.#slot, room);
    this.#inThis = widened(this.#inThis, room);
    this.#most = widened(this.#most, room);
    for (let node = 1; node < this.#size; node++) {
      const slot = this.#slotFor(this.#parent[node]!, this.#symbol[node]!);
      this.#slots[slot] = node;
      this.#slot[node] = slot;
    }
  }
}

function widened(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}
