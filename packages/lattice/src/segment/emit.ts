import { LatticeError } from "../lattice-error.ts";
import type { Path } from "../lattice.ts";
import { type Model, pieceStrings } from "../model/model.ts";
import type { TextLattice } from "./lattice-of.ts";

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
 * the others are empty, as in SentencePiece.
 *
 * @throws {@link LatticeError} `argument` if the edges are not a path through the lattice (at: place in `edges`).
 */
export function emit(model: Model, path: Path<TextLattice>): Encoding {
  const { lattice, edges, score } = path;
  const { rowStart, end, label } = lattice;
  const emitter = new Emitter(model, lattice.bytes, lattice.origin);
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
  private readonly ids: number[] = [];
  private readonly pieces: string[] = [];
  private readonly offsets: number[] = [];
  private readonly names: readonly string[];
  private readonly model: Model;
  private readonly bytes: Uint8Array;
  private readonly origin: Int32Array;
  /** Start of the unknown run that the last piece is, or −1. */
  private unknownFrom = -1;

  /** `bytes` is the normalised text, `origin` the UTF-16 offset of each of its offsets. */
  constructor(model: Model, bytes: Uint8Array, origin: Int32Array) {
    this.model = model;
    this.bytes = bytes;
    this.origin = origin;
    this.names = pieceStrings(model);
  }

  /** Adds the edge with this label from node `start` to node `end`. */
  add(label: number, start: number, end: number): void {
    const { unkId, byteId } = this.model;
    if (label !== unkId) {
      this.unknownFrom = -1;
      this.push(label, this.names[label]!, start, end);
    } else if (byteId.length > 0) {
      for (let at = start; at < end; at++) {
        const id = byteId[this.bytes[at]!]!;
        this.push(id, this.names[id]!, start, at + 1 === end ? end : start);
      }
    } else {
      if (this.unknownFrom >= 0) {
        this.ids.pop();
        this.pieces.pop();
        this.offsets.length -= 2;
      } else this.unknownFrom = start;
      this.push(unkId, utf8.decode(this.bytes.subarray(this.unknownFrom, end)), this.unknownFrom, end);
    }
  }

  finish(score: number): Encoding {
    return {
      ids: Int32Array.from(this.ids),
      pieces: this.pieces,
      offsets: Int32Array.from(this.offsets),
      score,
    };
  }

  private push(id: number, piece: string, start: number, end: number): void {
    this.ids.push(id);
    this.pieces.push(piece);
    this.offsets.push(this.origin[start]!, this.origin[end]!);
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
