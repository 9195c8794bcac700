import type { Encoding, Model, TextLattice } from "@lemmata/lattice";
import { checkedDropout, type DropoutOptions, latticeOfKind, scorelessRng } from "./scoreless.ts";
import type { RandomSource } from "./options.ts";
import {
  characterEnd,
  emitPieces,
  type PlacedPiece,
  unknownLabel,
  type Word,
  wordsOf,
} from "./text-pieces.ts";

/**
 * Segments a text by WordPiece, the longest piece first, where each longer piece than a character is passed over with
 * some probability. 0 gives the model's own segmentation, 1 characters as far as these are pieces.
 *
 * A word that cannot be finished so, since a character is no piece, is segmented as without dropout: nothing is unknown
 * that is not so for WordPiece.
 *
 * @returns Ids, pieces and offsets, as `emit` of `@lemmata/lattice` gives them: without special tokens around the text.
 * @throws {@link SamplingError} `argument` for a model that is not WordPiece, a dropout outside [0, 1], or an alpha,
 * which pieces without scores have no use for; `rng`. `LatticeError` of `@lemmata/lattice` for what is no model or no
 * text.
 * @remarks O(text · longest piece), at most one random number for each piece of the vocabulary that stands where the
 * walk comes by. Hiraoka 2022, *MaxMatch-Dropout*, arXiv 2209.04126. Its law is as biased as that of {@link bpeDropout}.
 */
export function maxMatchDropout(model: Model, text: string, options: DropoutOptions): Encoding {
  const uniform = scorelessRng(options);
  const dropout = checkedDropout(options);
  const lattice = latticeOfKind(
    model,
    text,
    ["wordpiece"],
    "see bpeDropout for BPE, sampleEncode for unigram",
  );
  const pieces: PlacedPiece[] = [];
  for (const word of wordsOf(lattice)) {
    const found =
      word.added >= 0
        ? [{ label: word.added, end: word.stop }]
        : (longestFirst(lattice, word, dropout, uniform) ?? longestFirst(lattice, word, 0, uniform));
    if (found === undefined) pieces.push({ label: unknownLabel(model, lattice, word.start), end: word.stop });
    else for (const piece of found) pieces.push(piece);
  }
  return emitPieces(model, lattice, pieces);
}

/** The pieces of a word; undefined if they do not reach its end. */
function longestFirst(
  lattice: TextLattice,
  { start, stop }: Word,
  dropout: number,
  uniform: RandomSource,
): PlacedPiece[] | undefined {
  const { rowStart, end, label } = lattice;
  const pieces: PlacedPiece[] = [];
  for (let s = start; s < stop;) {
    const single = characterEnd(lattice, s, stop);
    let e = rowStart[s + 1]! - 1;
    while (e >= rowStart[s]! && end[e]! > single && dropout > 0 && uniform() < dropout) e--;
    if (e < rowStart[s]!) return undefined;
    pieces.push({ label: label[e]!, end: end[e]! });
    s = end[e]!;
  }
  return pieces;
}
