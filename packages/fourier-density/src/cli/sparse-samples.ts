/** As many samples as are enough to see whether values come again. */
const ENOUGH = 4096;

/** Samples of a stream of any length, at equal distances: between 4096 and twice as many, all if there are fewer. */
export class SparseSamples {
  #kept: number[] = [];
  #step = 1;
  #until = 0;

  add(samples: Float64Array): void {
    let at = this.#until;
    for (; at < samples.length; at += this.#step) {
      this.#kept.push(samples[at]!);
      if (this.#kept.length < 2 * ENOUGH) continue;
      // Every other one is left, and the next to come lies twice as far from the last of them.
      this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
      this.#step *= 2;
      at -= this.#step / 2;
    }
    this.#until = at - samples.length;
  }

  finish(): Float64Array {
    return Float64Array.from(this.#kept);
  }
}
