import { kernel } from "../kernels.ts";
import type { Model } from "../model/model.ts";
import { wasmBase64 } from "../segment.gen.ts";

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
  setWords(words: number, drawnWords: number): void;
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
  drawWords(length: number): number;
  forgetDraws(): void;
}

/** Bytes of the tables that the kernel fills in by itself, as its files lay them out. */
const ROOTS_BYTES = 8 * 65536;
const FILTER_BYTES = 65536;
const CLASSES_BYTES = 65536;
const WORDS_BYTES = 2 << 20;
const DRAWN_WORDS_BYTES = 4 << 20;
/** Bytes of an edge of a draw. */
const EDGE_BYTES = 16;

export const kernelModule: () => WebAssembly.Module | undefined = kernel(wasmBase64);

/**
 * An instance of assembly/segment.ts, whose memory holds one model, and behind it the text and the work space, which grow.
 * Addresses are in bytes.
 */
export class KernelMemory {
  readonly exports: Exports;
  /** Whether the kernel can take words one by one. */
  readonly byWords: boolean;
  /** The memory, viewed anew whenever it has grown. */
  u8: Uint8Array = new Uint8Array(0);
  i32: Int32Array = new Int32Array(0);
  f64: Float64Array = new Float64Array(0);
  /** Weight of each label, f64, for draws: the caller's to fill in. */
  readonly weightsAt: number;
  /** How many bytes of normalised text there is room for, and where they are, their origins, nodes, labels and ends. */
  capacity = 0;
  bytesAt = 0;
  originAt = 0;
  nodesAt = 0;
  labelsAt = 0;
  endsAt = 0;
  private readonly inputAt: number;
  private input = this.u8;

  /**
   * @param uniform - Where the numbers of a draw come from.
   * @throws RangeError if there is no memory for the model.
   */
  constructor(module: WebAssembly.Module, model: Model, uniform: () => number) {
    const imports = { env: { uniform } };
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
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
    const drawnWords = place(DRAWN_WORDS_BYTES);
    this.weightsAt = place(labelScore.byteLength);
    this.inputAt = aligned(top);
    if (!this.grow(this.inputAt)) throw new RangeError("no memory for the model");
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
    this.exports.setWords(words, drawnWords);
    this.byWords = this.exports.surveyPieces() !== 0;
  }

  /** Writes a text in UTF-8 to the memory and returns its length, or −1 if a memory cannot hold it. */
  write(text: string): number {
    // A byte more, for a space behind it.
    if (!this.reserve(3 * text.length + 1, 0)) return -1;
    return utf8.encodeInto(text, this.input).written;
  }

  /** Makes room for so many bytes of text and of normalised text; false if a memory cannot be that large. */
  reserve(input: number, capacity: number): boolean {
    if (input <= this.input.length && capacity <= this.capacity) return true;
    const inputRoom = Math.max(input, this.input.length);
    const room = Math.max(capacity, this.capacity);
    const bytesAt = this.inputAt + inputRoom;
    const originAt = aligned(bytesAt + room);
    const nodesAt = aligned(originAt + 4 * (room + 1));
    // From the nodes on there must be room for a packed lattice, 25 bytes for each of the text.
    const labelsAt = aligned(nodesAt + 16 * (room + 1));
    const endsAt = aligned(labelsAt + 4 * (room + 1));
    // Behind the offsets, where unknown pieces stand: at most every other one is.
    const top = endsAt + 12 * (room + 2);
    if (top > MAX_MEMORY || !this.grow(top)) return false;
    this.exports.setWork(this.inputAt, bytesAt, originAt, nodesAt, labelsAt, endsAt, room);
    this.input = this.u8.subarray(this.inputAt, bytesAt);
    Object.assign(this, { capacity: room, bytesAt, originAt, nodesAt, labelsAt, endsAt });
    return true;
  }

  /** Makes room for so many edges of a draw, from the ends on; false if a memory cannot be that large. */
  reserveEdges(count: number): boolean {
    const top = this.endsAt + EDGE_BYTES * count;
    return top <= this.u8.length || (top <= MAX_MEMORY && this.grow(top));
  }

  /** Makes the memory at least so large; false if the machine has no more. */
  private grow(size: number): boolean {
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
    this.input = this.u8.subarray(this.inputAt, this.bytesAt);
    return true;
  }
}

const PAGE = 65536;
/** Addresses are computed in 31 bits. */
const MAX_MEMORY = 0x7fff0000;
const utf8 = new TextEncoder();

function aligned(address: number): number {
  return 16 * Math.ceil(address / 16);
}
