import { LatticeError } from "../lattice-error.ts";
import type { Path } from "../lattice.ts";
import { type Model, pieceStrings, requireModel } from "../model/model.ts";
import { characterLength } from "../text/normalize.ts";
import type { NormalizedText, TextLattice } from "./lattice-of.ts";
import { isUnknown, unknownRun } from "./path-ids.ts";

/** A segmented text. */
export interface Encoding {
  /** Piece ids. */
  readonly ids: Int32Array;
  /** The pieces as strings; an unknown one shows the characters it stands for. */
  readonly pieces: string[];
  /** Where each piece comes from in the text as given: begin and end in UTF-16 units, two entries a piece. */
  readonly offsets: Int32Array;
  /** Log-score of the segmentation, the sum over its pieces. */
  readonly score: number;
}

/**
 * Turns a path of a text's lattice into ids, pieces and offsets. A run of unknown characters becomes one unknown
 * piece; with byte fallback each becomes the pieces of its bytes, of which the last holds the character's offsets and
 * the others are empty, as in SentencePiece. With a tokenizer.json, where Hugging Face falls back for a run as a whole,
 * each of its bytes has the offsets of the run. Special tokens around the text are `encode`'s business.
 *
 * @throws {@link LatticeError} `argument` if the edges are not a path through the lattice (at: place in `edges`).
 */
export function emit(model: Model, path: Path<TextLattice>): Encoding {
  const { lattice, edges, score } = path ?? {};
  if (!ArrayBuffer.isView(edges) || !ArrayBuffer.isView(lattice?.bytes))
    throw new LatticeError("argument", "path must be one through the lattice of a text");
  if (lattice.labelScore.length !== requireModel(model).labelScore.length)
    throw new LatticeError("argument", "the lattice is of another model");
  const { rowStart, end, label } = lattice;
  const emitter = new Emitter(model, lattice);
  let s = 0;
  edges.forEach((e, i) => {
    if (!(s < lattice.length && e >= rowStart[s]! && e < rowStart[s + 1]!))
      throw new LatticeError(
        "argument",
        `edge ${e} at place ${i} of the path does not begin at node ${s}`,
        i,
      );
    emitter.add(label[e]!, s, end[e]!);
    s = end[e]!;
  });
  if (s !== lattice.length)
    throw new LatticeError("argument", `the path ends at node ${s}, the lattice at ${lattice.length}`);
  return emitter.finish(score);
}

/** Collects the pieces of one text in order. */
export class Emitter {
  private readonly pieces: string[] = [];
  private readonly names: readonly string[];
  private readonly model: Model;
  private readonly text: NormalizedText;
  private readonly originEnd: Int32Array;
  /** Start of the run of unknown characters that is being collected, or −1, and its end. */
  private unknownFrom = -1;
  private unknownTo = -1;
  /** The pre-token that the last edge was in. */
  private cut = 0;

  constructor(model: Model, text: NormalizedText) {
    this.model = model;
    this.text = text;
    this.originEnd = text.originEnd ?? text.origin;
    this.names = pieceStrings(model);
  }

  /** Adds the edge with this label from node `start` to node `end`. */
  add(label: number, start: number, end: number): void {
    const { preTokens } = this.text;
    if (preTokens !== undefined && start === preTokens.end[this.cut]) {
      this.settle();
      this.cut++;
    }
    if (preTokens !== undefined && preTokens.added[this.cut]! >= 0)
      this.push(label, this.textOf(start, end), start, end);
    else if (isUnknown(this.model, label)) {
      if (this.model.subword?.fuseUnknown === false) this.settle();
      if (this.unknownFrom < 0) this.unknownFrom = start;
      this.unknownTo = end;
    } else {
      this.settle();
      this.push(label, this.names[label]!, start, end);
    }
  }

  finish(score: number): Encoding {
    this.settle();
    const { pieces } = this;
    const ids = scratch.ids.slice(0, pieces.length);
    return { ids, pieces, offsets: scratch.offsets.slice(0, 2 * pieces.length), score };
  }

  /** Adds what a run of unknown characters becomes. */
  private settle(): void {
    const { model, unknownFrom: from, unknownTo: to } = this;
    if (from < 0) return;
    this.unknownFrom = -1;
    const { bytes } = this.text;
    const { ids, spelled } = unknownRun(model, bytes, from, to);
    // Hugging Face shows the unknown piece of BPE and WordPiece by its name.
    const shown =
      model.subword === null || model.pipeline === null ? this.textOf(from, to) : this.names[ids[0]!]!;
    if (!spelled) this.push(ids[0]!, shown, from, to);
    else if (model.pipeline !== null) for (const id of ids) this.push(id, this.names[id]!, from, to);
    else
      for (let start = from; start < to;) {
        const end = Math.min(start + characterLength(bytes[start]!), to);
        for (let at = start; at < end; at++) {
          const id = ids[at - from]!;
          this.push(id, this.names[id]!, start, at + 1 === end ? end : start);
        }
        start = end;
      }
  }

  private textOf(start: number, end: number): string {
    return utf8.decode(this.text.bytes.subarray(start, end));
  }

  private push(id: number, piece: string, start: number, end: number): void {
    const place = this.pieces.push(piece) - 1;
    if (place === scratch.ids.length) growScratch();
    scratch.ids[place] = id;
    scratch.offsets[2 * place] = this.text.origin[start]!;
    scratch.offsets[2 * place + 1] = start === end ? this.text.origin[end]! : this.originEnd[end]!;
  }
}

/** Where ids and offsets are collected: one text at a time, since nothing of a user's runs in between. */
const scratch = { ids: new Int32Array(1 << 12), offsets: new Int32Array(1 << 13) };

function growScratch(): void {
  const ids = new Int32Array(2 * scratch.ids.length);
  ids.set(scratch.ids);
  const offsets = new Int32Array(2 * scratch.offsets.length);
  offsets.set(scratch.offsets);
  Object.assign(scratch, { ids, offsets });
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
