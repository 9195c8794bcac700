import { LatticeError } from "../lattice-error.ts";
import { type Model, requireModel } from "../model/model.ts";
import { characterLength } from "../text/normalize.ts";
import type { EncodeStream } from "./encode-stream.ts";
import { PathStream } from "./path-stream.ts";
import type { PendingOptions } from "./pending.ts";

/**
 * Whether the edge from node `start` to node `end` takes the place of the one that is kept there, if any. Nodes are
 * numbered from the beginning of the text, in bytes of the normalised text; `label` is an index into the model's
 * `labelScore`.
 */
export type Keep = (start: number, end: number, label: number) => boolean;

/**
 * A stream of the ids of a path of one's own choice, in memory bounded by the longest undecided span: a sweep over the
 * lattice of a text that comes in parts, in which each node keeps one edge into it. The path is that of the kept edges,
 * followed back from the end; what the paths to all nodes that an edge can still begin at have in common is decided.
 * `keep` is asked once for each edge that begins where a kept edge leads: edges by their start, those of one start by
 * their end, however the text is cut. Decoding keeps the best, and sampling one at random.
 *
 * @param begin - Called at the beginning of a text, and after a cut, which is taken for one: it returns `keep`.
 * @throws {@link LatticeError} as `encodeStream`, `unsupported` also for any model with steps, merges or words; what `keep`
 * throws.
 * @remarks O(text · longest piece), and for the decisions O(pending) whenever as much again has come. An edge into node
 * e is no longer than the model's `longestPiece`, or the bytes of a character.
 */
export function keptPathStream(model: Model, begin: () => Keep, options?: PendingOptions): EncodeStream {
  if (requireModel(model).pipeline !== null || model.subword !== null)
    throw new LatticeError(
      "unsupported",
      `the steps of this ${model.kind} model leave no lattice that can be swept in parts: give the text at once`,
    );
  if (typeof begin !== "function") throw new LatticeError("argument", "begin must be a function");
  return new KeptPathStream(model, begin, options);
}

class KeptPathStream extends PathStream {
  private readonly start: () => Keep;
  private keep: Keep;
  /** Nodes from the beginning of the text to node 0; negative if that lies before it. */
  private before = 0;

  constructor(model: Model, start: () => Keep, options: PendingOptions | undefined) {
    super(model, options);
    this.start = start;
    this.keep = start();
  }

  protected override relax(s: number, stop: number, length: number): number {
    while (s < stop) s = this.offerRow(s, length);
    return s;
  }

  /** Offers the edges that begin at node s, by their end. Returns the next node, one character on. */
  private offerRow(s: number, length: number): number {
    const { trie, unkId, byteLevel } = this.model;
    const { bytes } = this.output;
    const single = byteLevel ? s + 1 : Math.min(s + characterLength(bytes[s]!), length);
    if (this.from[s]! < 0) return single;
    // The unknown piece stands for a character that is none by itself; a piece that ends inside it comes before.
    let uncovered = unkId >= 0;
    let base = trie[0]! >>> 9;
    for (let at = s; at < length;) {
      const byte = bytes[at]!;
      const slot = (base ^ byte) << 1;
      const unit = trie[slot]!;
      if ((unit & 0x1ff) !== byte + 1) break;
      base = unit >>> 9;
      at++;
      const id = trie[slot + 1]!;
      if (id < 0) continue;
      if (uncovered && at >= single) {
        if (at > single) this.offer(s, single, unkId);
        uncovered = false;
      }
      this.offer(s, at, id);
    }
    if (uncovered) this.offer(s, single, unkId);
    return single;
  }

  private offer(s: number, end: number, label: number): void {
    if (!this.keep(this.before + s, this.before + end, label)) return;
    this.from[end] = s;
    this.via[end] = label;
  }

  protected override reserve(): void {}

  protected override forget(count: number): void {
    this.before += count;
  }

  protected override begin(node: number): void {
    this.before = -node;
    this.keep = this.start();
  }
}
