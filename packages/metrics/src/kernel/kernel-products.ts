import { products, type Products } from "../products.ts";
import type { Vector } from "../vector.ts";
import { type Kernel, newKernel } from "./kernel-module.ts";
import { kernelOf } from "./resident-vectors.ts";

/** Of fewer entries, the plain loop is done before the kernel has been called. */
const FEW = 128;
/** Entries that are copied at a time: both vectors' stay in the second-level cache. */
const CHUNK = 32_768;

/** {@link products} by a kernel, for float32; all else goes through the plain loop. */
export function kernelProducts(x: Vector, y: Vector, from: number, to: number): Products {
  if (to - from < FEW || !(x instanceof Float32Array && y instanceof Float32Array))
    return products(x, y, from, to);
  const resident = kernelOf(x, y);
  if (resident !== undefined) {
    resident.reset();
    resident.add(x.byteOffset + 4 * from, y.byteOffset + 4 * from, to - from);
    return sumsOf(resident);
  }
  scratch ??= newScratch() ?? null;
  if (scratch === null) return products(x, y, from, to);
  const { kernel, a, b } = scratch;
  kernel.reset();
  for (let start = from; start < to; start += CHUNK) {
    const stop = Math.min(start + CHUNK, to);
    a.set(x.subarray(start, stop));
    b.set(y.subarray(start, stop));
    kernel.add(a.byteOffset, b.byteOffset, stop - start);
  }
  return sumsOf(kernel);
}

/** A kernel with room for a chunk of each vector. */
interface Scratch {
  readonly kernel: Kernel;
  readonly a: Float32Array;
  readonly b: Float32Array;
}
let scratch: Scratch | null | undefined;

function newScratch(): Scratch | undefined {
  const made = newKernel(8 * CHUNK);
  if (made === undefined) return undefined;
  const { kernel, start } = made;
  const room = (at: number): Float32Array => new Float32Array(kernel.memory.buffer, at, CHUNK);
  return { kernel, a: room(start), b: room(start + 4 * CHUNK) };
}

function sumsOf(kernel: Kernel): Products {
  return [kernel.sumXY(), kernel.sumXX(), kernel.sumYY()];
}
