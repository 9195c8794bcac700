import { DensityError } from "../density-error.ts";

/** Bytes that are put together piece by piece; numbers with the low byte first. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  bytes(bytes: Uint8Array): void {
    this.#parts.push(bytes);
  }

  uint32(value: number): void {
    this.bytes(new Uint8Array(Uint32Array.of(value).buffer));
  }

  float64(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.bytes(bytes);
  }

  /** A whole number in [0, 2⁵³), seven bits a byte. */
  varint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
    this.bytes(Uint8Array.from(bytes));
  }

  /** Bytes with their number in front. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.bytes(bytes);
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/**
 * Reads what a {@link ByteWriter} wrote.
 *
 * @throws {@link DensityError} `format`, in every method, where the bytes end or hold no such thing.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  bytes(length: number): Uint8Array {
    if (length > this.left)
      throw new DensityError("format", `${length} bytes are announced, ${this.left} are left`, this.#at);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  uint32(): number {
    const bytes = this.bytes(4);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  }

  float64(): number {
    const bytes = this.bytes(8);
    return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  }

  varint(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const [byte] = this.bytes(1);
      value += (byte! & 127) * unit;
      if (value > Number.MAX_SAFE_INTEGER || unit > 2 ** 49)
        throw new DensityError("format", "a number is too large", this.#at);
      if (byte! < 128) return value;
    }
  }

  block(): Uint8Array {
    return this.bytes(this.varint());
  }

  /** @throws {@link DensityError} `format` if bytes are left. */
  finish(): void {
    if (this.left > 0) throw new DensityError("format", `${this.left} bytes too many`, this.#at);
  }
}

/** A whole number as one that is not negative: 0, −1, 1, −2, … as 0, 1, 2, 3, … */
export function zigzag(value: number): number {
  return value >= 0 ? 2 * value : -2 * value - 1;
}

/** What {@link zigzag} gave, turned back. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
