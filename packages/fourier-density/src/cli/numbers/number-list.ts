/** Numbers that come in parts, held one after another: 8 bytes each, and up to as much again while they come. */
export class NumberList {
  #numbers = new Float64Array(1 << 16);
  #length = 0;

  push(part: Float64Array): void {
    if (this.#length + part.length > this.#numbers.length) {
      const larger = new Float64Array(Math.max(2 * this.#numbers.length, this.#length + part.length));
      larger.set(this.#numbers.subarray(0, this.#length));
      this.#numbers = larger;
    }
    this.#numbers.set(part, this.#length);
    this.#length += part.length;
  }

  /** All there are, in their place in memory. */
  whole(): Float64Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
