import { type ElementType, elementSize } from "./element-type.ts";

/** Numbers as they were in a file, or as float32 and float64 hold them. */
export type Numbers =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/**
 * The numbers that bytes stand for. 16-bit floats become float32, which holds them all, infinities and NaN as well;
 * integers of 64 bits become float64, rounded to nearest if they are larger than 2⁵³.
 *
 * @param bytes A whole number of elements. They are left as they are.
 * @remarks O(n). On a machine whose first byte is the least significant one, as all that run Node or a browser now.
 */
export function numbersOf(bytes: Uint8Array, type: ElementType, bigEndian: boolean): Numbers {
  const { buffer } = bigEndian ? swapped(bytes, elementSize[type]) : new Uint8Array(bytes);
  return readers[type](buffer);
}

const readers: Readonly<Record<ElementType, (buffer: ArrayBuffer) => Numbers>> = {
  float64: (buffer) => new Float64Array(buffer),
  float32: (buffer) => new Float32Array(buffer),
  float16: (buffer) => fromFloat16(new Uint16Array(buffer)),
  bfloat16: (buffer) => fromBfloat16(new Uint16Array(buffer)),
  int64: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number),
  int32: (buffer) => new Int32Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  int8: (buffer) => new Int8Array(buffer),
  uint64: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number),
  uint32: (buffer) => new Uint32Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  bool: (buffer) => new Uint8Array(buffer),
};

/** A copy in which the bytes of each element are in the opposite order. */
function swapped(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size)
    for (let i = 0; i < size; i++) copy[at + i] = bytes[at + size - 1 - i]!;
  return copy;
}

/** A bfloat16 is the upper half of a float32. */
function fromBfloat16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const moved = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) moved[i] = bits[i]! << 16;
  return new Float32Array(moved.buffer);
}

/**
 * A float16 has 3 bits of exponent less than a float32, and a bias that is 112 less: moved into place and multiplied by
 * 2¹¹², subnormal numbers come out right as well. What then is 65536 or more stands for an infinity or NaN.
 */
function fromFloat16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const moved = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) moved[i] = ((bits[i]! & 0x8000) << 16) | ((bits[i]! & 0x7fff) << 13);
  const floats = new Float32Array(moved.buffer);
  for (let i = 0; i < floats.length; i++) {
    const value = floats[i]! * 2 ** 112;
    const size = Math.abs(value);
    floats[i] = size < 65536 ? value : size === 65536 ? Math.sign(value) * Infinity : NaN;
  }
  return floats;
}
