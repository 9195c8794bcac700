/**
 * The work space of a call: arrays that grow with the longest text so far and are used again by the next call. Only
 * synchronous code that calls nothing of the user's may hold on to them.
 */
export interface Buffers {
  /** The text in UTF-8. */
  input: Uint8Array;
  /** The normalised text in UTF-8. */
  bytes: Uint8Array;
  /** UTF-16 offset in the text of each byte of `bytes`, and of its end. */
  origin: Int32Array;
  /** UTF-16 offset in the text at which the source of the byte before each offset ends, where a pipeline tells. */
  originEnd: Int32Array;
  /** Best score to each byte offset. */
  best: Float64Array;
  /** Start of the best edge into each byte offset; −1 where none has come yet. */
  from: Int32Array;
  /** Label of that edge. */
  via: Int32Array;
}

export const buffers: Buffers = emptyBuffers();

function emptyBuffers(): Buffers {
  const size = 1 << 12;
  return {
    input: new Uint8Array(size),
    bytes: new Uint8Array(size),
    origin: new Int32Array(size),
    originEnd: new Int32Array(size),
    best: new Float64Array(size),
    from: new Int32Array(size),
    via: new Int32Array(size),
  };
}

/** Arrays of more bytes than this are let go of by the next text that needs less than a quarter of them. */
const LARGE = 1 << 23;

const utf8 = new TextEncoder();

/**
 * Writes a string to `buffers.input` and returns its length in bytes. A lone surrogate becomes U+FFFD.
 */
export function encodeUtf8(text: string): number {
  if (buffers.input.length > LARGE && 12 * text.length < LARGE) Object.assign(buffers, emptyBuffers());
  // A UTF-16 unit takes at most three bytes (a pair takes four).
  if (buffers.input.length < 3 * text.length) buffers.input = new Uint8Array(3 * text.length);
  return utf8.encodeInto(text, buffers.input).written;
}

/** Room for `more` bytes of normalised text after the first `length`, which stay, and for the offset after them. */
export function reserveText(length: number, more: number): void {
  const size = Math.max(2 * length, length + more + 1);
  if (buffers.bytes.length < length + more) {
    const bytes = new Uint8Array(size);
    bytes.set(buffers.bytes.subarray(0, length));
    buffers.bytes = bytes;
  }
  for (const key of ["origin", "originEnd"] as const) {
    if (buffers[key].length > length + more) continue;
    const offsets = new Int32Array(size);
    offsets.set(buffers[key].subarray(0, length + 1));
    buffers[key] = offsets;
  }
}

/** Room for the search over `length` normalised bytes; what was there is lost. */
export function reserveSearch(length: number): void {
  if (buffers.best.length > length) return;
  const size = Math.max(2 * buffers.best.length, length + 1);
  buffers.best = new Float64Array(size);
  buffers.from = new Int32Array(size);
  buffers.via = new Int32Array(size);
}
