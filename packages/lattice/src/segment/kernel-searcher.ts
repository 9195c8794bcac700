import { LatticeError } from "../lattice-error.ts";
import { wasmBase64 } from "../segment.gen.ts";
import type { Model } from "../model/model.ts";
import { part } from "../model/parts.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { buffers } from "../text/buffers.ts";
import { plainAscii } from "../text/normalize.ts";
import type { Ties } from "../viterbi.ts";
import { split } from "../weights.ts";
import { pathIds } from "./path-ids.ts";
import type { Edges, Searcher } from "./searcher.ts";

/** What assembly/segment.ts exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global<"i32">;
  setWeights(weights: number): void;
  backwardMasses(length: number): number;
  drawIds(length: number, expand: boolean): number;
  setVocabulary(trie: number, labelScore: number, unkId: number): void;
  setNormalizer(
    rules: number,
    units: number,
    replacements: number,
    kept: number,
    plain: number,
    addDummyPrefix: boolean,
    removeExtraSpaces: boolean,
    escapeSpaces: boolean,
    spaceAsSuffix: boolean,
  ): void;
  setWork(input: number, bytes: number, origin: number, nodes: number, ids: number, capacity: number): void;
  normalize(inputLength: number): number;
  bestPath(start: number, length: number, exact: boolean): void;
  writeIds(length: number, expand: boolean): number;
  findEdges(start: number, length: number, before: number): number;
}

/** The kernels, compiled once; undefined where WebAssembly may not be used (a strict content-security policy). */
export function kernelModule(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (char) => char.charCodeAt(0)));
    } catch {
      compiled = null;
    }
  }
  return compiled ?? undefined;
}
let compiled: WebAssembly.Module | null | undefined;

/**
 * The search in WebAssembly, assembly/segment.ts, over a memory of its own that holds one model.
 */
export class KernelSearcher implements Searcher {
  private readonly exports: Exports;
  private readonly model: Model;
  private readonly weightsAt: number;
  private readonly workAt: number;
  /** The alpha that the weights in memory are for, and where the numbers of a draw come from. */
  private alpha = NaN;
  private uniform: () => number = Math.random;
  private length = 0;
  private cuts: PreTokens | undefined;
  private total = 0;
  private stop = 0;
  private inputRoom = 0;
  private capacity = 0;
  private bytesAt = 0;
  private originAt = 0;
  private nodesAt = 0;
  private idsAt = 0;
  private u8 = new Uint8Array(0);
  private i32 = new Int32Array(0);
  private f64 = new Float64Array(0);

  constructor(module: WebAssembly.Module, model: Model) {
    const imports = { env: { uniform: () => this.uniform() } };
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
    this.model = model;
    const { normalizer, trie, labelScore, unkId } = model;
    const { rules, replacements, kept } = normalizer;
    const parts = [trie, labelScore, rules, replacements, kept, plainAscii(normalizer)];
    // oxlint-disable-next-line no-underscore-dangle -- the compiler's name
    let top = aligned(this.exports.__heap_base.value);
    const at = parts.map(({ byteLength }) => {
      const place = top;
      top = aligned(top + byteLength);
      return place;
    });
    this.weightsAt = top;
    top = aligned(top + 16 * labelScore.length);
    this.workAt = top;
    if (!this.growMemory(top)) throw new RangeError("no memory for the model");
    parts.forEach(({ buffer, byteOffset, byteLength }, i) =>
      this.u8.set(new Uint8Array(buffer, byteOffset, byteLength), at[i]),
    );
    this.exports.setVocabulary(at[0]!, at[1]!, unkId);
    this.exports.setWeights(this.weightsAt);
    this.exports.setNormalizer(
      at[2]!,
      rules.length,
      at[3]!,
      kept.length === 0 ? 0 : at[4]!,
      at[5]!,
      normalizer.addDummyPrefix,
      normalizer.removeExtraSpaces,
      normalizer.escapeSpaces,
      normalizer.spaceAsSuffix,
    );
  }

  search(text: string, ties: Ties): boolean {
    if (!this.normalize(text)) return false;
    const exact = ties === "exact";
    if (this.cuts === undefined) {
      this.exports.bestPath(0, this.length, exact);
      this.stop = this.length;
      this.total = this.scoreTo(this.length);
      return true;
    }
    const { end, added } = this.cuts;
    this.total = this.stop = 0;
    for (let i = 0; i < end.length && this.total > -Infinity; i++) {
      const start = this.stop;
      this.stop = end[i]!;
      if (added[i]! < 0) this.exports.bestPath(start, this.stop, exact);
      else {
        const node = this.nodesAt + 16 * this.stop;
        this.f64[node >> 3] = this.model.labelScore[added[i]!]!;
        this.i32[(node >> 2) + 2] = start;
        this.i32[(node >> 2) + 3] = added[i]!;
      }
      this.total += this.scoreTo(this.stop);
    }
    return true;
  }

  /**
   * Draws a segmentation with probability ∝ exp(alpha · score) and returns its ids, which hold until the next call;
   * undefined if the text is too long, or cut by a pipeline. `uniform` must not search with this searcher.
   */
  draw(text: string, alpha: number, uniform: () => number): Int32Array | undefined {
    const { model } = this;
    if (model.pipeline !== null || !this.normalize(text)) return undefined;
    if (alpha !== this.alpha) {
      const { mantissa, exponent } = split(model.labelScore, alpha);
      for (let id = 0; id < mantissa.length; id++) {
        this.f64[(this.weightsAt >> 3) + 2 * id] = mantissa[id]!;
        this.f64[(this.weightsAt >> 3) + 2 * id + 1] = exponent[id]!;
      }
      this.alpha = alpha;
    }
    this.uniform = uniform;
    if (this.exports.backwardMasses(this.length) === 0) throw noSegmentation();
    const count = this.exports.drawIds(this.length, model.byteId.length > 0);
    return this.named(this.i32.subarray(this.idsAt >> 2, (this.idsAt >> 2) + count));
  }

  score(): number {
    return this.total;
  }

  end(): number {
    return this.stop;
  }

  edges(text: string): Edges | undefined {
    if (!this.normalize(text)) return undefined;
    let count = this.findEdges();
    for (; count < 0; count = this.findEdges()) {
      // The normalised text moves: it must be made again.
      if (!this.reserve(0, 2 * this.capacity) || !this.normalize(text)) return undefined;
    }
    const endAt = this.nodesAt >> 2;
    const labelAt = endAt + 2 * this.capacity;
    const rowAt = this.idsAt >> 2;
    return {
      rowStart: this.i32.slice(rowAt, rowAt + this.length + 1),
      end: this.i32.slice(endAt, endAt + count),
      label: this.i32.slice(labelAt, labelAt + count),
    };
  }

  /** Finds all edges and returns how many, or −1 if there is no room for them. */
  private findEdges(): number {
    if (this.cuts === undefined) return this.exports.findEdges(0, this.length, 0);
    const { end, added } = this.cuts;
    const endAt = this.nodesAt >> 2;
    const labelAt = endAt + 2 * this.capacity;
    const rowAt = this.idsAt >> 2;
    this.i32[rowAt] = 0;
    let count = 0;
    for (let i = 0, start = 0; i < end.length && count >= 0; i++) {
      const stop = end[i]!;
      if (added[i]! < 0) count = this.exports.findEdges(start, stop, count);
      else if (count >= 2 * this.capacity) count = -1;
      else {
        this.i32[endAt + count] = stop;
        this.i32[labelAt + count++] = added[i]!;
        this.i32.fill(count, rowAt + start + 1, rowAt + stop + 1);
      }
      start = stop;
    }
    return count;
  }

  /** Normalises a text; false if a memory cannot hold it. */
  private normalize(text: string): boolean {
    if (this.model.pipeline !== null) {
      this.cuts = part("runPipeline")(this.model.pipeline, text);
      this.length = this.cuts.end.at(-1) ?? 0;
      if (!this.reserve(0, this.length + 1)) return false;
      this.u8.set(buffers.bytes.subarray(0, this.length), this.bytesAt);
      return true;
    }
    if (!this.reserve(3 * text.length, 0)) return false;
    const room = this.u8.subarray(this.workAt, this.workAt + this.inputRoom);
    const { written } = utf8.encodeInto(text, room);
    // A quarter for spaces, which become three bytes; more if rules lengthen the text.
    let capacity = written + (written >> 2) + 64;
    do {
      if (!this.reserve(0, capacity)) return false;
      this.length = this.exports.normalize(written);
      capacity = 2 * this.capacity;
    } while (this.length < 0);
    return true;
  }

  bytes(): Uint8Array {
    return this.u8.subarray(this.bytesAt, this.bytesAt + this.length);
  }

  origin(): Int32Array {
    if (this.cuts !== undefined) return buffers.origin.subarray(0, this.length + 1);
    return this.i32.subarray(this.originAt >> 2, (this.originAt >> 2) + this.length + 1);
  }

  originEnd(): Int32Array | undefined {
    return this.cuts === undefined ? undefined : buffers.originEnd.subarray(0, this.length + 1);
  }

  preTokens(): PreTokens | undefined {
    return this.cuts;
  }

  ids(): Int32Array {
    if (this.cuts !== undefined) return this.cutIds();
    const count = this.exports.writeIds(this.length, this.model.byteId.length > 0);
    const stop = (this.idsAt >> 2) + this.capacity;
    return this.named(this.i32.subarray(stop - count, stop));
  }

  /** Puts the ids of their pieces in the place of bytes of unknown characters, written as −1 − byte. */
  private named(ids: Int32Array): Int32Array {
    const { byteId } = this.model;
    if (byteId.length > 0)
      for (let i = 0; i < ids.length; i++) if (ids[i]! < 0) ids[i] = byteId[-1 - ids[i]!]!;
    return ids;
  }

  /** The kernel joins unknown characters over cuts, so that where there are any the path is walked here. */
  private cutIds(): Int32Array {
    const { unkId, pieceType } = this.model;
    const count = this.exports.writeIds(this.length, false);
    const stop = (this.idsAt >> 2) + this.capacity;
    for (let i = stop - count; i < stop; i++)
      if (this.i32[i] === unkId || this.i32[i]! >= pieceType.length) return pathIds(this.model, this);
    return this.i32.subarray(stop - count, stop);
  }

  scoreTo(offset: number): number {
    return this.f64[(this.nodesAt >> 3) + 2 * offset]!;
  }

  startOf(offset: number): number {
    return this.i32[(this.nodesAt >> 2) + 4 * offset + 2]!;
  }

  labelOf(offset: number): number {
    return this.i32[(this.nodesAt >> 2) + 4 * offset + 3]!;
  }

  /** Makes room for so many bytes of text and of normalised text; false if a memory cannot be that large. */
  private reserve(input: number, capacity: number): boolean {
    if (input <= this.inputRoom && capacity <= this.capacity) return true;
    const inputRoom = Math.max(input, this.inputRoom);
    const room = Math.max(capacity, this.capacity);
    const bytesAt = this.workAt + inputRoom;
    const originAt = aligned(bytesAt + room);
    const nodesAt = aligned(originAt + 4 * (room + 1));
    const idsAt = aligned(nodesAt + 16 * (room + 1));
    const top = idsAt + 4 * (room + 1);
    if (top > MAX_MEMORY || !this.growMemory(top)) return false;
    this.exports.setWork(this.workAt, bytesAt, originAt, nodesAt, idsAt, room);
    Object.assign(this, {
      inputRoom,
      capacity: room,
      bytesAt,
      originAt,
      nodesAt,
      idsAt,
    });
    return true;
  }

  /** Makes the memory at least so large; false if the machine has no more. */
  private growMemory(size: number): boolean {
    const { memory } = this.exports;
    const missing = Math.ceil((size - memory.buffer.byteLength) / PAGE);
    try {
      if (missing > 0) memory.grow(missing);
    } catch {
      return false;
    }
    this.u8 = new Uint8Array(memory.buffer);
    this.i32 = new Int32Array(memory.buffer);
    this.f64 = new Float64Array(memory.buffer);
    return true;
  }
}

/** A searcher in WebAssembly, or undefined where that may not be used or has no memory left. */
export function kernelSearcher(model: Model): KernelSearcher | undefined {
  const module = kernelModule();
  if (module === undefined) return undefined;
  try {
    return new KernelSearcher(module, model);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What drawing from a text without a segmentation throws. */
export function noSegmentation(): LatticeError {
  return new LatticeError("no-path", "the pieces do not cover the text: it has no segmentation");
}

const PAGE = 65536;
/** Addresses are computed in 31 bits. */
const MAX_MEMORY = 0x7fff0000;
const utf8 = new TextEncoder();

function aligned(address: number): number {
  return 16 * Math.ceil(address / 16);
}
