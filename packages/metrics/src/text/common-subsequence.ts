import { MetricsError } from "../metrics-error.ts";

/** Half a gigabyte: two lines of 65,000 words. */
const MOST_WORDS = 2 ** 27;

/**
 * Longest common subsequences of two strings of ids, a row of the table in one bit vector (Crochemore et
 * al., 2001): bit j of row i tells whether the common subsequence of the first i and the first j + 1 symbols is longer than
 * that with the first j.
 *
 * @remarks O(n · m / 32).
 */
export class CommonSubsequence {
  readonly #length: number;
  readonly #words: number;
  /** Where the symbols of the second string stand: the last place of each, and the one before each place. */
  readonly #last = new Map<number, number>();
  readonly #before: Int32Array;
  /** All zero between two rows. */
  readonly #matches: Int32Array;

  constructor(second: ArrayLike<number>) {
    this.#length = second.length;
    this.#words = (second.length + 31) >>> 5;
    this.#before = new Int32Array(second.length);
    this.#matches = new Int32Array(this.#words);
    for (let j = 0; j < second.length; j++) {
      this.#before[j] = this.#last.get(second[j]!) ?? -1;
      this.#last.set(second[j]!, j);
    }
  }

  /** The length of the longest. */
  length(first: ArrayLike<number>): number {
    const row = new Int32Array(this.#words);
    for (let i = 0; i < first.length; i++) this.#advance(row, 0, 0, first[i]!);
    return bitsBelow(row, 0, this.#length);
  }

  /**
   * The places in the first string of one of the longest, in order: of two ways back through the table that are as good,
   * the one that leaves out a symbol of the first.
   *
   * @throws {@link MetricsError} `argument` if that takes more than half a gigabyte.
   * @remarks O(n · m / 8) bytes of memory, too.
   */
  placesIn(first: ArrayLike<number>): number[] {
    const words = this.#words;
    if ((first.length + 1) * words > MOST_WORDS)
      throw new MetricsError(
        "argument",
        `lines of ${first.length} and ${this.#length} words are too long for the words that they have in common`,
      );
    const rows = new Int32Array((first.length + 1) * words);
    for (let i = 0; i < first.length; i++) this.#advance(rows, i * words, (i + 1) * words, first[i]!);
    const bit = (i: number, j: number): number => (rows[i * words + (j >>> 5)]! >>> (j & 31)) & 1;

    const places: number[] = [];
    let i = first.length;
    let j = this.#length;
    let here = bitsBelow(rows, i * words, j);
    let above = i > 0 ? bitsBelow(rows, (i - 1) * words, j) : 0;
    while (here > 0) {
      if (this.#matchesAt(first[i - 1]!, j - 1)) {
        places.push(i - 1);
        i--;
        j--;
        here--;
        above = i > 0 ? bitsBelow(rows, (i - 1) * words, j) : 0;
      } else if (here > above && bit(i, j - 1) === 0) {
        // Leaving out a symbol of the first string would lose one, and leaving out one of the second does not.
        j--;
        above -= bit(i - 1, j);
      } else {
        i--;
        here = above;
        above = i > 0 ? bitsBelow(rows, (i - 1) * words, j) : 0;
      }
    }
    return places.reverse();
  }

  #matchesAt(symbol: number, j: number): boolean {
    let place = this.#last.get(symbol) ?? -1;
    while (place > j) place = this.#before[place]!;
    return place === j;
  }

  /** From the row of i symbols of the first string, at `from`, to that of one more, at `to`: one long addition. */
  #advance(rows: Int32Array, from: number, to: number, symbol: number): void {
    const matches = this.#matches;
    const last = this.#last.get(symbol) ?? -1;
    for (let j = last; j >= 0; j = this.#before[j]!) matches[j >>> 5]! |= 1 << (j & 31);
    let carry = 0;
    for (let w = 0; w < this.#words; w++) {
      // Of the complement: v' = (v + (v & m)) | (v & ~m).
      const v = ~rows[from + w]!;
      const met = v & matches[w]!;
      const sum = (v >>> 0) + (met >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      rows[to + w] = ~(sum | 0 | (v & ~matches[w]!));
    }
    for (let j = last; j >= 0; j = this.#before[j]!) matches[j >>> 5] = 0;
  }
}

/** How many of the first `count` bits are set, from word `from` on. */
function bitsBelow(words: Int32Array, from: number, count: number): number {
  let bits = 0;
  for (let w = 0; 32 * w < count; w++) {
    const rest = count - 32 * w;
    let word = words[from + w]! & (rest >= 32 ? -1 : (1 << rest) - 1);
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    bits += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return bits;
}
