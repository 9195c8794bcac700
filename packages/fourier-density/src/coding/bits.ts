import { DensityError } from "../density-error.ts";

/** Bits put together to bytes, low bits first. */
export class BitWriter {
  #bytes = new Uint8Array(64);
  #length = 0;

  /** @param width - 0 to 30; `value` in [0, 2^width). */
  write(value: number, width: number): void {
    let rest = value;
    for (let left = width; left > 0;) {
      const at = this.#length >> 3;
      if (at === this.#bytes.length) {
        const larger = new Uint8Array(2 * at);
        larger.set(this.#bytes);
        this.#bytes = larger;
      }
      const used = this.#length & 7;
      const taken = Math.min(8 - used, left);
      this.#bytes[at]! |= (rest & ((1 << taken) - 1)) << used;
      rest >>>= taken;
      left -= taken;
      this.#length += taken;
    }
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, (this.#length + 7) >> 3);
  }
}

/**
 * Reads what a {@link BitWriter} wrote.
 *
 * @throws {@link DensityError} `format`, in every method, where the bits end.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(width: number): number {
    if (this.#at + width > 8 * this.#bytes.length)
      throw new DensityError("format", "bits are lacking", this.#bytes.length);
    let value = 0;
    for (let done = 0; done < width;) {
      const used = this.#at & 7;
      const taken = Math.min(8 - used, width - done);
      value |= ((this.#bytes[this.#at >> 3]! >> used) & ((1 << taken) - 1)) << done;
      done += taken;
      this.#at += taken;
    }
    return value;
  }

  /** @throws {@link DensityError} `format` if more is left than fills the last byte, or that is not zeros. */
  finish(): void {
    const left = 8 * this.#bytes.length - this.#at;
    if (left > 7 || this.read(left) !== 0)
      throw new DensityError("format", "there are more bits than announced", this.#bytes.length);
  }
}
