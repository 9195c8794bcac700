import { MetricsError } from "../metrics-error.ts";
import { type Kernel, newKernel } from "./kernel-module.ts";

/** The kernel whose memory a buffer is. */
const kernels: WeakMap<ArrayBufferLike, Kernel> = /* @__PURE__ */ new WeakMap();

/**
 * Vectors in the memory of a kernel, of the given lengths and filled with zeros: measured there without being copied, as
 * are their subarrays. Those of one call lie in one memory, which goes when none of them is used any more.
 *
 * @throws {@link MetricsError} `argument` for lengths that are not whole or need more memory than there is: at most 4 GiB,
 * 2³⁰ entries, in one call.
 * @remarks Where WebAssembly may not be used, they are vectors like others.
 */
export function residentVectors<const L extends readonly number[]>(
  ...lengths: L
): { [K in keyof L]: Float32Array<ArrayBuffer> } {
  for (const length of lengths)
    if (!(Number.isSafeInteger(length) && length >= 0))
      throw new MetricsError("argument", `a vector of ${length} entries`);
  // Each begins at a multiple of 16 bytes.
  const room = lengths.map((length) => Math.ceil(length / 4) * 16);
  let buffer: ArrayBuffer;
  let start = 0;
  try {
    const bytes = room.reduce((sum, of) => sum + of, 0);
    const made = newKernel(bytes);
    buffer = (made?.kernel.memory.buffer as ArrayBuffer | undefined) ?? new ArrayBuffer(bytes);
    if (made !== undefined) {
      start = made.start;
      kernels.set(buffer, made.kernel);
    }
  } catch (error) {
    throw new MetricsError("argument", `no memory for ${lengths.join(" + ")} entries: ${String(error)}`);
  }
  const vectors = lengths.map((length, i) => {
    const vector = new Float32Array(buffer, start, length);
    start += room[i]!;
    return vector;
  });
  return vectors as { [K in keyof L]: Float32Array<ArrayBuffer> };
}

/** The kernel in whose memory both vectors are, if there is one. */
export function kernelOf(x: Float32Array, y: Float32Array): Kernel | undefined {
  return x.buffer === y.buffer ? kernels.get(x.buffer) : undefined;
}
