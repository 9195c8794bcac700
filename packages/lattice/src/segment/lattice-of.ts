import { type Lattice, trustLattice } from "../lattice.ts";
import type { Model } from "../model/model.ts";
import { PlainSearcher } from "./plain-searcher.ts";
import { searcherFor } from "./searcher.ts";

/**
 * The lattice of a text: its nodes are the byte offsets of the normalised text (those inside a character have no
 * edges), its edges all pieces found there, and for a character that is no piece by itself the unknown piece.
 */
export interface TextLattice extends Lattice {
  /** The normalised text in UTF-8. */
  readonly bytes: Uint8Array;
  /** UTF-16 offset in the text as given, for each node: `length + 1` entries. */
  readonly origin: Int32Array;
}

/**
 * Builds the lattice of all segmentations of a text.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string.
 * @remarks O(length · longest piece); at most length · m − m(m − 1)/2 edges between characters, for pieces of up to
 * m characters. Only a model without an unknown piece can leave a text without a path.
 */
export function latticeOf(model: Model, text: string): TextLattice {
  let searcher = searcherFor(model, text);
  let edges = searcher.edges(text);
  if (edges === undefined) {
    const plain = new PlainSearcher(model);
    edges = plain.edges(text);
    searcher = plain;
  }
  const bytes = searcher.bytes().slice();
  const origin = searcher.origin().slice();
  const lattice: TextLattice = {
    length: bytes.length,
    ...edges,
    labelScore: model.labelScore,
    bytes,
    origin,
  };
  trustLattice(lattice);
  return lattice;
}
