import { LatticeError } from "../lattice-error.ts";
import { type Model, pieceStrings } from "../model/model.ts";
import { part } from "../model/parts.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { buffers } from "../text/buffers.ts";
import type { Ties } from "../viterbi.ts";
import { splitLabels } from "../weights.ts";
import type { Encoding } from "./emit.ts";
import { KernelMemory, kernelModule } from "./kernel-memory.ts";
import type { TextLattice } from "./lattice-of.ts";
import { pathIds } from "./path-ids.ts";
import type { PathEdges, Searcher, Wants } from "./searcher.ts";

/** What `segmentWords` and `backwardMasses` return where there is not enough room. */
const NO_ROOM = -2;

/** More edges than assembly/segment/drawn-words.ts remembers of a word. */
const WORD_EDGES = (1 << 12) + 1;

/**
 * The search in WebAssembly, assembly/segment.ts, over a memory of its own that holds one model.
 */
export class KernelSearcher implements Searcher {
  isTaken = false;
  private readonly model: Model;
  private readonly kernel: KernelMemory;
  /** Whether unknown characters become the pieces of their bytes. */
  private readonly expands: boolean;
  /** The alpha that the weights in memory are for, and where the numbers of a draw come from. */
  private alpha = NaN;
  private isPlain = false;
  private uniform: () => number = Math.random;
  private length = 0;
  private cuts: PreTokens | undefined;
  private total = 0;
  /** How many labels were written; with a path, how many ends, and with offsets as many pairs. */
  private count = 0;
  private hasOffsets = false;
  private stuck = 0;

  constructor(module: WebAssembly.Module, model: Model) {
    this.model = model;
    this.expands = model.byteId.length > 0;
    this.kernel = new KernelMemory(module, model, () => this.uniform());
  }

  search(text: string, ties: Ties, wants: Wants): boolean {
    this.hasOffsets = false;
    const exact = ties === "exact";
    if (this.model.pipeline !== null) return this.normalize(text) && this.searchCuts(exact);
    if (this.kernel.byWords && wants !== "path" && this.searchWords(text, exact, wants === "encoding"))
      return true;
    if (!this.normalize(text)) return false;
    const { length } = this;
    const { exports } = this.kernel;
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
    const written = this.kernel.write(text);
    if (written < 0) return false;
    let count = NO_ROOM;
    for (let capacity = 64; count === NO_ROOM; capacity = 2 * this.kernel.capacity) {
      if (!this.kernel.reserve(0, capacity)) return false;
      count = this.kernel.exports.segmentWords(written, exact, withOffsets, this.expands);
    }
    if (count < 0) return false;
    this.count = count;
    this.total = 0 + this.kernel.exports.score();
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
        const score = this.kernel.exports.bestPath(start, stop, 0, exact);
        if (Number.isNaN(score)) return this.isStuck(stop);
        this.total += score;
        this.count = this.kernel.exports.writeEdges(start, stop, this.count);
      } else {
        this.total += this.model.labelScore[added[i]!]!;
        this.kernel.i32[(this.kernel.labelsAt >> 2) + this.count] = added[i]!;
        this.kernel.i32[(this.kernel.endsAt >> 2) + this.count++] = stop;
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
   * Draws a segmentation with probability ∝ exp(alpha · score) and returns its ids, in an array of their own; undefined if
   * the text is too long, ill-formed or cut by a pipeline, or scores times alpha are extreme. `uniform` must not search with
   * this searcher.
   */
  draw(text: string, alpha: number, uniform: () => number): Int32Array | undefined {
    if (this.model.pipeline !== null || !this.weigh(alpha)) return undefined;
    const written = this.kernel.write(text);
    if (written < 0) return undefined;
    this.uniform = uniform;
    let count = this.kernel.byWords ? this.drawWords(written) : -1;
    if (count < 0) {
      if (!this.normalizeWritten(written) || !this.sweepBack()) return undefined;
      count = this.kernel.exports.drawIds(this.length, this.expands);
    }
    const at = this.settledLabels(count);
    return this.kernel.i32.slice(at, at + count);
  }

  /** Puts the weights of all labels at this alpha into memory; false if they are extreme. */
  private weigh(alpha: number): boolean {
    if (alpha !== this.alpha) {
      const weights = splitLabels(this.model.labelScore, alpha);
      this.isPlain = weights?.isPlain === true;
      if (this.isPlain) this.kernel.f64.set(weights!.mantissa, this.kernel.weightsAt >> 3);
      this.kernel.exports.forgetDraws();
      this.alpha = alpha;
    }
    return this.isPlain;
  }

  /** Draws the text in memory word by word; a negative number for a text or a memory that is not for it. */
  private drawWords(written: number): number {
    const { kernel } = this;
    const hasRoom = kernel.reserve(0, roomFor(written)) && kernel.reserveEdges(WORD_EDGES);
    return hasRoom ? kernel.exports.drawWords(written) : -1;
  }

  /** Finds the masses to the end; false if a memory cannot hold them, or for ill-formed bytes. */
  private sweepBack(): boolean {
    let mass = NO_ROOM;
    for (let edges = 2 * this.kernel.capacity; mass === NO_ROOM; edges *= 2) {
      if (!this.kernel.reserveEdges(edges)) return false;
      mass = this.kernel.exports.backwardMasses(this.length);
    }
    if (mass === 0) throw noSegmentation();
    return mass > 0;
  }

  score(): number {
    return this.total;
  }

  stuckAt(): number {
    let at = this.stuck;
    while (Number.isNaN(this.kernel.f64[(this.kernel.nodesAt >> 3) + 2 * at])) at--;
    return at;
  }

  lattice(text: string): TextLattice | undefined {
    if (!this.normalize(text)) return undefined;
    let count = this.findEdges();
    for (; count < 0; count = this.findEdges()) {
      // The normalised text moves: it must be made again.
      if (!this.kernel.reserve(0, 2 * this.kernel.capacity) || !this.normalize(text)) return undefined;
    }
    const { length, cuts } = this;
    const { nodesAt } = this.kernel;
    const { labelScore } = this.model;
    const size = this.kernel.exports.packEdges(length, count);
    // One buffer for all: a buffer costs more than what it holds.
    const buffer = this.kernel.exports.memory.buffer.slice(nodesAt, nodesAt + size);
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
    const { length } = this;
    const { exports } = this.kernel;
    // A text of nothing is cut into no pre-tokens, and has a row all the same.
    if (this.cuts === undefined || length === 0) return exports.findEdges(0, length, length, 0);
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
      if (!this.kernel.reserve(0, this.length + 1)) return false;
      this.kernel.u8.set(buffers.bytes.subarray(0, this.length), this.kernel.bytesAt);
      return true;
    }
    const written = this.kernel.write(text);
    return written >= 0 && this.normalizeWritten(written);
  }

  /** Normalises the text in memory; false if a memory cannot hold it. */
  private normalizeWritten(written: number): boolean {
    let capacity = roomFor(written);
    do {
      if (!this.kernel.reserve(0, capacity)) return false;
      this.length = this.kernel.exports.normalize(0, written);
      capacity = 2 * this.kernel.capacity;
    } while (this.length < 0);
    return true;
  }

  bytes(): Uint8Array {
    return this.kernel.u8.subarray(this.kernel.bytesAt, this.kernel.bytesAt + this.length);
  }

  origin(): Int32Array {
    if (this.cuts !== undefined) return buffers.origin.subarray(0, this.length + 1);
    return this.kernel.i32.subarray(this.kernel.originAt >> 2, (this.kernel.originAt >> 2) + this.length + 1);
  }

  originEnd(): Int32Array | undefined {
    return this.cuts === undefined ? undefined : buffers.originEnd.subarray(0, this.length + 1);
  }

  preTokens(): PreTokens | undefined {
    return this.cuts;
  }

  path(): PathEdges {
    const { count } = this;
    const { i32, labelsAt, endsAt } = this.kernel;
    return {
      label: i32.subarray(labelsAt >> 2, (labelsAt >> 2) + count),
      end: i32.subarray(endsAt >> 2, (endsAt >> 2) + count),
    };
  }

  ids(): Int32Array {
    if (this.cuts !== undefined) return pathIds(this.model, this.bytes(), this.path(), this.cuts);
    const at = this.settledLabels(this.count);
    return this.kernel.i32.subarray(at, at + this.count);
  }

  encoding(): Encoding | undefined {
    if (!this.hasOffsets) return undefined;
    const { count } = this;
    const { i32, u8, bytesAt, labelsAt, endsAt } = this.kernel;
    const { unkId } = this.model;
    const names = pieceStrings(this.model);
    const unknowns = this.kernel.exports.unknownsAt() >> 2;
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

  /** Where the labels are that the kernel has written: ids now too in the place of bytes of unknown characters (−1 − byte). */
  private settledLabels(count: number): number {
    const { i32, labelsAt } = this.kernel;
    const { byteId } = this.model;
    const at = labelsAt >> 2;
    if (this.expands) for (let i = at; i < at + count; i++) if (i32[i]! < 0) i32[i] = byteId[-1 - i32[i]!]!;
    return at;
  }
}

/** Room for so many bytes when they are normalised: a quarter for spaces, which become three. More if rules lengthen a text. */
function roomFor(written: number): number {
  return written + (written >> 2) + 64;
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

const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
