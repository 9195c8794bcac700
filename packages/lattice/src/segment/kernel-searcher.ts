import { LatticeError } from "../lattice-error.ts";
import { kernel } from "../kernels.ts";
import { wasmBase64 } from "../segment.gen.ts";
import { type Model, pieceStrings } from "../model/model.ts";
import { part } from "../model/parts.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { buffers } from "../text/buffers.ts";
import type { Ties } from "../viterbi.ts";
import { split } from "../weights.ts";
import type { Encoding } from "./emit.ts";
import type { TextLattice } from "./lattice-of.ts";
import { pathIds } from "./path-ids.ts";
import type { PathEdges, Searcher, Wants } from "./searcher.ts";

/** What assembly/segment.ts exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global<"i32">;
  setVocabulary(
    trie: number,
    trieNodes: number,
    labelScore: number,
    unkId: number,
    byteLevel: boolean,
    roots: number,
    filter: number,
    weights: number,
  ): void;
  setNormalizer(
    rules: number,
    units: number,
    replacements: number,
    kept: number,
    classes: number,
    addDummyPrefix: boolean,
    removeExtraSpaces: boolean,
    escapeSpaces: boolean,
    spaceAsSuffix: boolean,
  ): void;
  setWords(words: number): void;
  setWork(
    input: number,
    bytes: number,
    origin: number,
    nodes: number,
    labels: number,
    ends: number,
    capacity: number,
  ): void;
  surveyPieces(): number;
  normalize(start: number, stop: number): number;
  segmentWords(length: number, exact: boolean, withOffsets: boolean, expand: boolean): number;
  score(): number;
  bestPath(start: number, stop: number, base: number, exact: boolean): number;
  writeEdges(start: number, stop: number, count: number): number;
  writeIds(start: number, stop: number, count: number, expand: boolean): number;
  writePieces(stop: number): number;
  unknownsAt(): number;
  findEdges(start: number, stop: number, length: number, before: number): number;
  addEdge(start: number, stop: number, length: number, label: number, before: number): number;
  packEdges(length: number, count: number): number;
  backwardMasses(length: number): number;
  drawIds(length: number, expand: boolean): number;
}

/** Bytes of the tables that the kernel fills in by itself. */
const ROOTS_BYTES = 8 * 65536;
const FILTER_BYTES = 65536;
const CLASSES_BYTES = 65536;
const WORDS_BYTES = 2 << 20;
/** What `segmentWords` returns where there is not enough room. */
const NO_ROOM = -2;

export const kernelModule: () => WebAssembly.Module | undefined = kernel(wasmBase64);

/**
 * The search in WebAssembly, assembly/segment.ts, over a memory of its own that holds one model.
 */
export class KernelSearcher implements Searcher {
  isTaken = false;
  private readonly exports: Exports;
  private readonly model: Model;
  private readonly expands: boolean;
  private readonly weightsAt: number;
  private readonly workAt: number;
  /** The alpha that the weights in memory are for, and where the numbers of a draw come from. */
  private alpha = NaN;
  private uniform: () => number = Math.random;
  private length = 0;
  private cuts: PreTokens | undefined;
  private total = 0;
  /** Whether the kernel can take words one by one. */
  private readonly byWords: boolean;
  /** How many labels were written; with a path, how many ends, and with offsets as many pairs. */
  private count = 0;
  private hasOffsets = false;
  private stuck = 0;
  private inputRoom = 0;
  private capacity = 0;
  private bytesAt = 0;
  private originAt = 0;
  private nodesAt = 0;
  private labelsAt = 0;
  private endsAt = 0;
  private u8 = new Uint8Array(0);
  private i32 = new Int32Array(0);
  private f64 = new Float64Array(0);
  private input = this.u8;

  constructor(module: WebAssembly.Module, model: Model) {
    const imports = { env: { uniform: () => this.uniform() } };
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
    this.model = model;
    this.expands = model.byteId.length > 0;
    const { normalizer, trie, labelScore, unkId, byteLevel } = model;
    const { rules, replacements, kept } = normalizer;
    const parts = [trie, labelScore, rules, replacements, kept];
    // oxlint-disable-next-line no-underscore-dangle -- the compiler's name
    let top = this.exports.__heap_base.value;
    const place = (size: number): number => {
      const at = aligned(top);
      top = at + size;
      return at;
    };
    const at = parts.map(({ byteLength }) => place(byteLength));
    const roots = place(ROOTS_BYTES);
    const filter = place(FILTER_BYTES);
    const classes = place(CLASSES_BYTES);
    const words = place(WORDS_BYTES);
    this.weightsAt = place(16 * labelScore.length);
    this.workAt = aligned(top);
    if (!this.growMemory(this.workAt)) throw new RangeError("no memory for the model");
    parts.forEach(({ buffer, byteOffset, byteLength }, i) =>
      this.u8.set(new Uint8Array(buffer, byteOffset, byteLength), at[i]),
    );
    this.exports.setVocabulary(
      at[0]!,
      trie.length >> 1,
      at[1]!,
      unkId,
      byteLevel,
      roots,
      filter,
      this.weightsAt,
    );
    this.exports.setNormalizer(
      at[2]!,
      rules.length,
      at[3]!,
      kept.length === 0 ? 0 : at[4]!,
      classes,
      normalizer.addDummyPrefix,
      normalizer.removeExtraSpaces,
      normalizer.escapeSpaces,
      normalizer.spaceAsSuffix,
    );
    this.exports.setWords(words);
    this.byWords = this.exports.surveyPieces() !== 0;
  }

  search(text: string, ties: Ties, wants: Wants): boolean {
    this.hasOffsets = false;
    const exact = ties === "exact";
    if (this.model.pipeline !== null) return this.normalize(text) && this.searchCuts(exact);
    if (this.byWords && wants !== "path" && this.searchWords(text, exact, wants === "encoding")) return true;
    if (!this.normalize(text)) return false;
    const { exports, length } = this;
    const score = exports.bestPath(0, length, 0, exact);
    if (Number.isNaN(score)) return this.isStuck(length);
    this.total = 0 + score;
    if (wants === "ids") this.count = exports.writeIds(0, length, 0, this.expands);
    else {
      // How bytes of unknown characters are shown, a path must tell.
      this.hasOffsets = wants === "encoding" && !this.expands;
      this.count = this.hasOffsets ? exports.writePieces(length) : exports.writeEdges(0, length, 0);
    }
    return true;
  }

  /** Searches word by word; false for a text or a memory that is not for it. */
  private searchWords(text: string, exact: boolean, withOffsets: boolean): boolean {
    const written = this.write(text);
    if (written < 0) return false;
    let count = NO_ROOM;
    for (let capacity = 64; count === NO_ROOM; capacity = 2 * this.capacity) {
      if (!this.reserve(0, capacity)) return false;
      count = this.exports.segmentWords(written, exact, withOffsets, this.expands);
    }
    if (count < 0) return false;
    this.count = count;
    this.total = 0 + this.exports.score();
    this.hasOffsets = withOffsets;
    return true;
  }

  /** Searches each pre-token by itself. */
  private searchCuts(exact: boolean): true {
    const { end, added } = this.cuts!;
    this.total = this.count = 0;
    for (let i = 0, start = 0; i < end.length; i++) {
      const stop = end[i]!;
      if (added[i]! < 0) {
        const score = this.exports.bestPath(start, stop, 0, exact);
        if (Number.isNaN(score)) return this.isStuck(stop);
        this.total += score;
        this.count = this.exports.writeEdges(start, stop, this.count);
      } else {
        this.total += this.model.labelScore[added[i]!]!;
        this.i32[(this.labelsAt >> 2) + this.count] = added[i]!;
        this.i32[(this.endsAt >> 2) + this.count++] = stop;
      }
      start = stop;
    }
    return true;
  }

  /** Notes that no path leads to `stop`. */
  private isStuck(stop: number): true {
    this.total = -Infinity;
    this.stuck = stop;
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
    return this.labels(this.exports.drawIds(this.length, this.expands));
  }

  score(): number {
    return this.total;
  }

  stuckAt(): number {
    let at = this.stuck;
    while (Number.isNaN(this.f64[(this.nodesAt >> 3) + 2 * at])) at--;
    return at;
  }

  lattice(text: string): TextLattice | undefined {
    if (!this.normalize(text)) return undefined;
    let count = this.findEdges();
    for (; count < 0; count = this.findEdges()) {
      // The normalised text moves: it must be made again.
      if (!this.reserve(0, 2 * this.capacity) || !this.normalize(text)) return undefined;
    }
    const { length, cuts, nodesAt } = this;
    const { labelScore } = this.model;
    const size = this.exports.packEdges(length, count);
    // One buffer for all: a buffer costs more than what it holds.
    const buffer = this.exports.memory.buffer.slice(nodesAt, nodesAt + size);
    const rowStart = new Int32Array(buffer, 0, length + 1);
    const end = new Int32Array(buffer, 4 * (length + 1), count);
    const label = new Int32Array(buffer, 4 * (length + 1 + count), count);
    const origin = new Int32Array(buffer, 4 * (length + 1 + 2 * count), length + 1);
    const bytes = new Uint8Array(buffer, 8 * (length + 1 + count), length);
    const lattice = { length, rowStart, end, label, labelScore, bytes, origin };
    if (cuts === undefined) return lattice;
    origin.set(buffers.origin.subarray(0, length + 1));
    return { ...lattice, originEnd: buffers.originEnd.slice(0, length + 1), preTokens: cuts };
  }

  /** Finds all edges and returns how many, or −1 if there is no room for them. */
  private findEdges(): number {
    const { exports, length } = this;
    if (this.cuts === undefined) return exports.findEdges(0, length, length, 0);
    const { end, added } = this.cuts;
    let count = 0;
    for (let i = 0, start = 0; i < end.length && count >= 0; i++) {
      const stop = end[i]!;
      if (added[i]! < 0) count = exports.findEdges(start, stop, length, count);
      else count = exports.addEdge(start, stop, length, added[i]!, count);
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
    const written = this.write(text);
    if (written < 0) return false;
    // A quarter for spaces, which become three bytes; more if rules lengthen the text.
    let capacity = written + (written >> 2) + 64;
    do {
      if (!this.reserve(0, capacity)) return false;
      this.length = this.exports.normalize(0, written);
      capacity = 2 * this.capacity;
    } while (this.length < 0);
    return true;
  }

  /** Writes a text in UTF-8 to the memory and returns its length, or −1 if a memory cannot hold it. */
  private write(text: string): number {
    // A byte more, for a space behind it.
    if (!this.reserve(3 * text.length + 1, 0)) return -1;
    return utf8.encodeInto(text, this.input).written;
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

  path(): PathEdges {
    const { labelsAt, endsAt, count } = this;
    return {
      label: this.i32.subarray(labelsAt >> 2, (labelsAt >> 2) + count),
      end: this.i32.subarray(endsAt >> 2, (endsAt >> 2) + count),
    };
  }

  ids(): Int32Array {
    if (this.cuts !== undefined) return pathIds(this.model, this.bytes(), this.path(), this.cuts);
    return this.labels(this.count);
  }

  encoding(): Encoding | undefined {
    if (!this.hasOffsets) return undefined;
    const { i32, u8, bytesAt, labelsAt, endsAt, count } = this;
    const { unkId } = this.model;
    const names = pieceStrings(this.model);
    const unknowns = this.exports.unknownsAt() >> 2;
    const ids = i32.slice(labelsAt >> 2, (labelsAt >> 2) + count);
    // oxlint-disable-next-line no-new-array -- a third of the time of pushing
    const pieces = new Array<string>(count);
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (id >= 0) pieces[i] = names[id]!;
      else {
        const at = unknowns + 2 * (-1 - id);
        pieces[i] = fromUtf8.decode(u8.subarray(bytesAt + i32[at]!, bytesAt + i32[at + 1]!));
        ids[i] = unkId;
      }
    }
    const offsets = i32.slice(endsAt >> 2, (endsAt >> 2) + 2 * count);
    return { ids, pieces, offsets, score: this.total };
  }

  /** The first labels that the kernel has written, with ids in the place of bytes of unknown characters (−1 − byte). */
  private labels(count: number): Int32Array {
    const labels = this.i32.subarray(this.labelsAt >> 2, (this.labelsAt >> 2) + count);
    const { byteId } = this.model;
    if (this.expands)
      for (let i = 0; i < count; i++) if (labels[i]! < 0) labels[i] = byteId[-1 - labels[i]!]!;
    return labels;
  }

  /** Makes room for so many bytes of text and of normalised text; false if a memory cannot be that large. */
  private reserve(input: number, capacity: number): boolean {
    if (input <= this.inputRoom && capacity <= this.capacity) return true;
    const inputRoom = Math.max(input, this.inputRoom);
    const room = Math.max(capacity, this.capacity);
    const bytesAt = this.workAt + inputRoom;
    const originAt = aligned(bytesAt + room);
    const nodesAt = aligned(originAt + 4 * (room + 1));
    // From the nodes on there must be room for a packed lattice, 25 bytes for each of the text.
    const labelsAt = aligned(nodesAt + 16 * (room + 1));
    const endsAt = aligned(labelsAt + 4 * (room + 1));
    // Behind the offsets, where unknown pieces stand: at most every other one is.
    const top = endsAt + 12 * (room + 2);
    if (top > MAX_MEMORY || !this.growMemory(top)) return false;
    this.exports.setWork(this.workAt, bytesAt, originAt, nodesAt, labelsAt, endsAt, room);
    this.input = this.u8.subarray(this.workAt, bytesAt);
    Object.assign(this, { inputRoom, capacity: room, bytesAt, originAt, nodesAt, labelsAt, endsAt });
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
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function aligned(address: number): number {
  return 16 * Math.ceil(address / 16);
}
