import { marginals, type Model, type TextLattice } from "@lemmata/lattice";
import { spanOf } from "./span.ts";

/** An edge of a lattice, to be drawn as an arc over its characters. */
export interface Arc {
  readonly edge: number;
  /** What it covers in the normalised text. */
  readonly text: string;
  /** The piece as the model calls it, which may be `<unk>`, `##ing` or `Ġtakes`. */
  readonly name: string;
  /** The columns that it covers: from … to − 1. */
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly probability: number;
  readonly marked: boolean;
}

/** A character of the normalised text: one column, or one for each of its bytes where pieces begin or end inside it. */
export interface Character {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The beginning of a lattice, as far as it is drawn. */
export interface Drawing {
  readonly characters: readonly Character[];
  readonly columns: number;
  /** By where they begin, the shortest first. */
  readonly arcs: readonly Arc[];
  /** Whether the text goes on. */
  readonly cut: boolean;
  /** How many arcs over these characters were left out. */
  readonly omitted: number;
}

/** What is drawn: so many characters at most, so many arcs at most (the most probable), and the path to mark. */
export interface Extent {
  readonly width: number;
  readonly most: number;
  readonly marked: ArrayLike<number>;
}

/** Lays out the edges that lie in the first characters. O(length + edges). */
export function drawingOf(model: Model, lattice: TextLattice, alpha: number, extent: Extent): Drawing {
  const { rowStart, end, label, bytes } = lattice;
  const { edge: probability } = marginals(lattice, { alpha });
  const marked = new Set(Array.from(extent.marked));
  const { characters, column } = columnsOf(lattice, extent.width);
  const drawn = column.length - 1;
  const found: (readonly [start: number, edge: number])[] = [];
  for (let start = 0; start < drawn; start++)
    for (let e = rowStart[start]!; e < rowStart[start + 1]!; e++)
      if (end[e]! <= drawn) found.push([start, e]);
  const kept = [...found]
    .sort(
      ([, a], [, b]) => Number(marked.has(b)) - Number(marked.has(a)) || probability[b]! - probability[a]!,
    )
    .slice(0, extent.most)
    .sort(([, a], [, b]) => a - b);
  const arcs = kept.map(([start, e]) => ({
    edge: e,
    text: spanOf(lattice, start, end[e]!),
    name: nameOf(model, label[e]!),
    from: column[start]!,
    to: column[end[e]!]!,
    score: lattice.labelScore[label[e]!]!,
    probability: probability[e]!,
    marked: marked.has(e),
  }));
  return {
    characters,
    columns: column[drawn]!,
    arcs,
    cut: drawn < bytes.length,
    omitted: found.length - kept.length,
  };
}

/** The first `width` characters, and the column at which each node up to their end lies. */
function columnsOf(
  lattice: TextLattice,
  width: number,
): { readonly characters: Character[]; readonly column: number[] } {
  const { length, bytes, rowStart, end } = lattice;
  // A character has four bytes at most.
  const ends = new Set(end.subarray(0, rowStart[Math.min(length, 4 * width)]));
  const isUsed = (node: number): boolean => ends.has(node) || rowStart[node + 1]! > rowStart[node]!;
  const characters: Character[] = [];
  const column = [0];
  for (let at = 0; at < bytes.length && characters.length < width;) {
    let stop = at + 1;
    while (((bytes[stop] ?? 0) & 0xc0) === 0x80) stop++;
    let split = false;
    for (let node = at + 1; node < stop; node++) split ||= isUsed(node);
    const from = column[at]!;
    for (let node = at + 1; node < stop; node++) column.push(split ? from + node - at : from);
    const to = split ? from + stop - at : from + 1;
    column.push(to);
    characters.push({ text: spanOf(lattice, at, stop), from, to });
    at = stop;
  }
  return { characters, column };
}

/** A label beyond all pieces is the unknown piece, found by its own name. */
function nameOf({ pieceBytes, pieceStart, pieceType, unkId }: Model, label: number): string {
  const id = label < pieceType.length ? label : unkId;
  return utf8.decode(pieceBytes.subarray(pieceStart[id], pieceStart[id + 1]));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
