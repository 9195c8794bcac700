import { wasmBase64 } from "../check.gen.ts";
import { kernel } from "../kernels.ts";
import { MAX_SCORE } from "../lattice.ts";
import type { Trie } from "../model/trie.ts";
import type { AnyArray } from "./layout.ts";
import type { Checks, Pieces } from "./plain-checks.ts";

/** What assembly/check.ts exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global<"i32">;
  checksum(words: number, count: number): number;
  badPiece(bytes: number, length: number, start: number, type: number, size: number): number;
  badScore(scores: number, count: number, bound: number): number;
  badRule(rules: number, count: number, strings: number): number;
  trieDepth(
    trie: number,
    nodes: number,
    bytes: number,
    start: number,
    type: number,
    size: number,
    unkId: number,
    labels: number,
    userDefined: boolean,
    scratch: number,
  ): number;
}

/** The checks in WebAssembly, assembly/check.ts, over a memory into which the arrays of one check go at a time. */
class KernelChecks implements Checks {
  private readonly exports: Exports;
  private readonly memory: Uint8Array;
  private readonly heap: number;

  /** @param fileLength - Of the file that all arrays come from, and all different parts of it. */
  constructor(module: WebAssembly.Module, fileLength: number) {
    this.exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    const { memory, __heap_base: heap } = this.exports;
    this.heap = aligned(heap.value);
    // The trie needs two more bytes for each of its nodes, which have eight.
    const missing = Math.ceil((this.heap + 2 * fileLength + 1024 - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    this.memory = new Uint8Array(memory.buffer);
  }

  checksum(words: Int32Array): number {
    const [at] = this.put(words);
    return this.exports.checksum(at!, words.length) >>> 0;
  }

  badPiece({ pieceBytes, pieceStart, pieceType }: Pieces): number {
    const [bytes, start, type] = this.put(pieceBytes, pieceStart, pieceType);
    return this.exports.badPiece(bytes!, pieceBytes.length, start!, type!, pieceType.length);
  }

  badScore(scores: Float64Array): number {
    const [at] = this.put(scores);
    return this.exports.badScore(at!, scores.length, MAX_SCORE);
  }

  badRule(rules: Uint32Array, strings: number): number {
    const [at] = this.put(rules);
    return this.exports.badRule(at!, rules.length, strings);
  }

  trieDepth(trie: Trie, pieces: Pieces, labels: number, userDefined: boolean): number {
    const { pieceBytes, pieceStart, pieceType, unkId } = pieces;
    const [at, bytes, start, type, scratch] = this.put(trie, pieceBytes, pieceStart, pieceType);
    this.memory.fill(0, scratch, scratch! + trie.length);
    return this.exports.trieDepth(
      at!,
      trie.length >> 1,
      bytes!,
      start!,
      type!,
      pieceType.length,
      unkId,
      labels,
      userDefined,
      scratch!,
    );
  }

  /** Puts arrays into memory; returns their addresses, and that of what is free behind them. */
  private put(...arrays: readonly AnyArray[]): number[] {
    let top = this.heap;
    const places = arrays.map(({ buffer, byteOffset, byteLength }) => {
      const place = top;
      this.memory.set(new Uint8Array(buffer, byteOffset, byteLength), place);
      top = aligned(place + byteLength);
      return place;
    });
    return [...places, top];
  }
}

/** The checks in WebAssembly, or undefined where that may not be used or has no memory left. */
export function kernelChecks(fileLength: number): Checks | undefined {
  const module = checksModule();
  try {
    return module && new KernelChecks(module, fileLength);
  } catch {
    return undefined;
  }
}
const checksModule = kernel(wasmBase64);

const PAGE = 65536;

function aligned(address: number): number {
  return 16 * Math.ceil(address / 16);
}
