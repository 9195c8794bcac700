import { emit, type Encoding, type Model, type TextLattice } from "@lemmata/lattice";
import { SamplingError } from "./sampling-error.ts";

/** A piece in its place: an edge, whether or not the lattice of the text has it. */
export interface PlacedPiece {
  readonly label: number;
  readonly end: number;
}

/** A word of a text: from node `start` to node `stop`, in which all pieces lie; `added` is an added token's id, or −1. */
export interface Word {
  readonly start: number;
  readonly stop: number;
  readonly added: number;
}

/** The pre-tokens of a text; a text that is not cut is one. */
export function wordsOf({ length, preTokens }: TextLattice): Word[] {
  if (preTokens === undefined) return length === 0 ? [] : [{ start: 0, stop: length, added: -1 }];
  return Array.from(preTokens.end, (stop, i) => ({
    start: i === 0 ? 0 : preTokens.end[i - 1]!,
    stop,
    added: preTokens.added[i]!,
  }));
}

/** What `emit` makes of pieces that lie end to end over a text: ids, pieces and offsets. */
export function emitPieces(model: Model, lattice: TextLattice, pieces: readonly PlacedPiece[]): Encoding {
  // A lattice of the same text that has these edges and no others.
  const rowStart = new Int32Array(lattice.length + 1);
  let from = 0;
  pieces.forEach(({ end }, i) => {
    rowStart.fill(i + 1, from + 1, end + 1);
    from = end;
  });
  const chain: TextLattice = {
    ...lattice,
    rowStart,
    end: Int32Array.from(pieces, ({ end }) => end),
    label: Int32Array.from(pieces, ({ label }) => label),
  };
  return emit(model, { lattice: chain, edges: Int32Array.from(pieces, (_, i) => i), score: 0 });
}

/** Where the character at node s ends. */
export function characterEnd({ bytes }: TextLattice, s: number, stop: number): number {
  let end = s + 1;
  while (end < stop && (bytes[end]! & 0xc0) === 0x80) end++;
  return end;
}

/** The label of a character that no piece covers. */
export function unknownLabel({ unkId }: Model, { origin }: TextLattice, s: number): number {
  if (unkId < 0)
    throw new SamplingError(
      "no-path",
      `no piece covers the text at offset ${origin[s]}, and none is the unknown one`,
    );
  return unkId;
}
