import { kernel } from "./kernels.ts";
import type { Lattice } from "./lattice.ts";
import { wasmBase64 } from "./sweeps.gen.ts";
import type { IndexedWeights } from "./weights.ts";

/** What assembly/sweeps.ts exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global<"i32">;
  layOut(base: number, length: number, edges: number): number;
  sweepForward(): number;
  sweepMarginals(): number;
  marginalsAt(): number;
  mantissa(): number;
  exponent(): number;
}

/** The mass of all paths, `mantissa · 2^exponent`. */
export interface Mass {
  readonly mantissa: number;
  readonly exponent: number;
}

/**
 * The sweeps of masses.ts and marginals.ts in WebAssembly, for lattices that are not long and weights that are ordinary.
 * They leave what they find in the memory of one instance, until the next lattice.
 */
class Sweeps {
  private readonly exports: Exports;
  private readonly base: number;
  private i32 = new Int32Array(0);
  private f64 = new Float64Array(0);

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    // oxlint-disable-next-line no-underscore-dangle -- the compiler's name
    this.base = (this.exports.__heap_base.value + 7) & ~7;
    this.view();
  }

  /** The mass of all paths; undefined where the kernel cannot tell. */
  mass({ length, rowStart, end }: Lattice, { mantissa, index }: IndexedWeights): Mass | undefined {
    const { exports, base } = this;
    const { memory } = exports;
    const missing = exports.layOut(base, length, end.length) - memory.buffer.byteLength;
    if (missing > 0) {
      try {
        memory.grow(Math.ceil(missing / 65536));
      } catch {
        // The machine has no more.
        return undefined;
      }
      this.view();
    }
    this.i32.set(rowStart, base >> 2);
    this.i32.set(end, (base >> 2) + length + 1);
    const { f64 } = this;
    const weightsAt = (base + 4 * (length + 1 + end.length) + 7) >> 3;
    for (let e = 0; e < end.length; e++) f64[weightsAt + e] = mantissa[index[e]!]!;
    if (exports.sweepForward() === 0) return undefined;
    return { mantissa: exports.mantissa(), exponent: exports.exponent() };
  }

  /** The marginals of the lattice whose mass was asked for last, those of its edges and then of its nodes, in one buffer. */
  marginals({ length, end }: Lattice): ArrayBuffer | undefined {
    const { exports } = this;
    if (exports.sweepMarginals() === 0) return undefined;
    const at = exports.marginalsAt();
    return exports.memory.buffer.slice(at, at + 8 * (end.length + length + 1)) as ArrayBuffer;
  }

  private view(): void {
    this.i32 = new Int32Array(this.exports.memory.buffer);
    this.f64 = new Float64Array(this.exports.memory.buffer);
  }
}

/** Beyond so many nodes and edges a lattice is left to the plain sweeps: its memory should not be kept. */
const LARGE = 1 << 18;

/** The sweeps for a lattice; undefined where they cannot take it, or WebAssembly is not to be had. */
export function sweepsFor({ length, end }: Lattice, { isPlain }: IndexedWeights): Sweeps | undefined {
  if (!isPlain || length + end.length > LARGE) return undefined;
  if (sweeps === undefined) {
    const module = sweepsModule();
    try {
      sweeps = module === undefined ? null : new Sweeps(module);
    } catch {
      // No memory for an instance.
      sweeps = null;
    }
  }
  return sweeps ?? undefined;
}
let sweeps: Sweeps | null | undefined;
const sweepsModule = kernel(wasmBase64);
