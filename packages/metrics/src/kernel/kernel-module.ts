import { wasmBase64 as simd } from "../products.gen.ts";
import { wasmBase64 as relaxed } from "../products.relaxed.gen.ts";

/** What assembly/products/sums.ts exports. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global<"i32">;
  reset(): void;
  add(x: number, y: number, count: number): void;
  sumXY(): number;
  sumXX(): number;
  sumYY(): number;
}

/**
 * A kernel with room for so many bytes from `start` on, a multiple of 16; undefined where WebAssembly may not be used (a
 * strict content-security policy). The module is compiled once.
 *
 * @throws RangeError if there is not so much memory.
 */
export function newKernel(bytes: number): { kernel: Kernel; start: number } | undefined {
  module ??= compiled(relaxed) ?? compiled(simd) ?? null;
  if (module === null) return undefined;
  const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
  const { __heap_base: heapBase } = kernel;
  const start = Math.ceil(heapBase.value / 16) * 16;
  const missing = start + bytes - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / 65536));
  return { kernel, start };
}
let module: WebAssembly.Module | null | undefined;

function compiled(base64: string): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
