import { marginals, type TextLattice } from "@lemmata/lattice";

/** A piece at its place in the text, and the probability that a segmentation uses it there. */
export interface Brick {
  readonly piece: string;
  /** The columns that it covers: from … to − 1. */
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly probability: number;
}

/** The pieces of a lattice as a wall: a column for each character, a brick for each piece. */
export interface Wall {
  readonly characters: readonly string[];
  readonly rows: number;
  readonly bricks: readonly Brick[];
}

/**
 * Lays the pieces that lie in the first `width` characters and have at least the probability `least`: the longest
 * first, each in the first row where there is room, so that the wall goes from words at the top to letters below.
 */
export function wallOf(lattice: TextLattice, alpha: number, width = 40, least = 0.005): Wall {
  const { rowStart, end, bytes } = lattice;
  const { edge } = marginals(lattice, { alpha });
  const columns = columnsOf(bytes);
  const text = (from: number, to: number): string => utf8.decode(bytes.subarray(from, to));
  const found: Omit<Brick, "row">[] = [];
  for (let s = 0; s < lattice.length && columns[s]! < width; s++)
    for (let e = rowStart[s]!; e < rowStart[s + 1]!; e++) {
      const to = columns[end[e]!]!;
      if (to <= width && edge[e]! >= least)
        found.push({ piece: text(s, end[e]!), from: columns[s]!, to, probability: edge[e]! });
    }
  found.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const taken: boolean[][] = [];
  const bricks = found.map((brick) => {
    let row = 0;
    while (taken[row]?.slice(brick.from, brick.to).includes(true)) row++;
    (taken[row] ??= []).length = Math.max(taken[row]!.length, brick.to);
    taken[row]!.fill(true, brick.from, brick.to);
    return { ...brick, row };
  });
  const characters = [...text(0, bytes.length)].slice(0, width);
  return { characters, rows: taken.length, bricks };
}

/** The column of each byte offset: how many characters begin before it. */
function columnsOf(bytes: Uint8Array): Int32Array {
  const columns = new Int32Array(bytes.length + 1);
  for (let i = 0; i < bytes.length; i++)
    columns[i + 1] = columns[i]! + (((bytes[i + 1] ?? 0) & 0xc0) === 0x80 ? 0 : 1);
  return columns;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
