/** Small integers for words: equal words, and only those, have equal ids, from 0 in order of first sight. */
export class WordIds {
  readonly #ids = new Map<string, number>();

  clear(): void {
    this.#ids.clear();
  }

  /** How many words have an id. */
  get size(): number {
    return this.#ids.size;
  }

  /** O(n). */
  idsOf(words: readonly string[]): Int32Array {
    const ids = new Int32Array(words.length);
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      let id = this.#ids.get(word);
      if (id === undefined) this.#ids.set(word, (id = this.#ids.size));
      ids[i] = id;
    }
    return ids;
  }
}
