import { isArrayLike } from "./array-like.ts";
import { MetricsError } from "./metrics-error.ts";

/** Finite numbers: a `Float32Array`, `Float64Array`, `Int8Array` or any other array of numbers. */
export type Vector = ArrayLike<number>;

/** How the bits of a `Uint16Array` are to be read; without it, its entries are the integers that they are. */
export type HalfType = "float16" | "bfloat16";

export interface VectorOptions {
  /** What the entries of a `Uint16Array` are. Both vectors must be one then. Default: integers. */
  readonly dtype?: HalfType | undefined;
}

/**
 * A vector with numbers in it, 16-bit floats made float32. NaN and infinities in typed arrays may pass: sums show them,
 * see {@link refuseNonFinite}.
 *
 * @throws {@link MetricsError} `argument`, `empty`, `value`.
 */
export function numbersOf(x: Vector, name: string, dtype?: HalfType): Vector {
  if (!isArrayLike(x)) throw new MetricsError("argument", `${name} is no array of numbers`);
  if (x.length === 0) throw new MetricsError("empty", `${name} is empty`);
  // All entries of a typed array have the type of the last: bigint is none that we want.
  refuseNonFinite(x, name, ArrayBuffer.isView(x) ? x.length - 1 : 0);
  return dtype === undefined ? x : fromHalf(x, name, dtype);
}

/**
 * Two vectors of one length.
 *
 * @throws {@link MetricsError} `argument`, `empty`, `value`, `length`.
 */
export function pairOf(x: Vector, y: Vector, dtype?: HalfType): [Vector, Vector] {
  const pair: [Vector, Vector] = [numbersOf(x, "x", dtype), numbersOf(y, "y", dtype)];
  if (x.length !== y.length) throw new MetricsError("length", `x has ${x.length} entries, y ${y.length}`);
  return pair;
}

/** @throws {@link MetricsError} `value` at the first entry in a range that is no finite number, if there is one. */
export function refuseNonFinite(x: Vector, name: string, from = 0, to: number = x.length): void {
  for (let i = from; i < to; i++)
    if (!Number.isFinite(x[i])) throw new MetricsError("value", `${name}[${i}] is ${String(x[i])}`, i);
}

/** 16-bit floats as float32, which holds them all. */
function fromHalf(bits: Vector, name: string, dtype: HalfType): Float32Array {
  const half = dtype === "float16";
  if (!(bits instanceof Uint16Array) || !(half || dtype === "bfloat16"))
    throw new MetricsError("argument", `${name} is no Uint16Array of ${dtype}`);
  // A bfloat16 is the upper half of a float32. A float16 has 3 exponent bits less, their bias another 112 apart: moved
  // into place and multiplied by 2^112, subnormal numbers come out right as well.
  const moved = Uint32Array.from(bits, (b) => (half ? ((b & 0x8000) << 16) | ((b & 0x7fff) << 13) : b << 16));
  const floats = new Float32Array(moved.buffer);
  // What comes to 65536 or more stands for an infinity or NaN.
  return half ? floats.map((v) => (Math.abs((v *= 2 ** 112)) < 65536 ? v : NaN)) : floats;
}
