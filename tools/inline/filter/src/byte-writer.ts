/** Collects output: text in UTF-8, numbers in decimal or packed little-endian. */
export class ByteWriter {
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;

  constructor(room: number) {
    this.bytes = new Uint8Array(room);
  }

  text(text: string): void {
    // A UTF-16 unit takes at most three bytes (a pair takes four).
    this.reserve(3 * text.length);
    this.length += utf8.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Non-negative integers in decimal, with a character between each two. */
  decimals(numbers: Int32Array, separator: " " | ","): void {
    this.reserve(11 * numbers.length);
    const { bytes } = this;
    const between = separator.charCodeAt(0);
    let at = this.length;
    for (let i = 0; i < numbers.length; i++) {
      if (i > 0) bytes[at++] = between;
      let rest = numbers[i]!;
      let end = at + 1;
      for (let power = 10; power <= rest; power *= 10) end++;
      for (let to = end; to > at; rest = Math.trunc(rest / 10)) bytes[--to] = ZERO + (rest % 10);
      at = end;
    }
    this.length = at;
  }

  lineEnd(): void {
    this.reserve(1);
    this.bytes[this.length++] = LINE_FEED;
  }

  /** The bytes of an array as they lie in memory. */
  packed({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    this.reserve(byteLength);
    this.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), this.length);
    this.length += byteLength;
  }

  /** What has been written. */
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

const ZERO = 48;
const LINE_FEED = 10;
const utf8 = new TextEncoder();
