import { type Lattice, trustLattice } from "../lattice.ts";
import type { Model } from "../model/model.ts";
import type { PreTokens } from "../model/pipeline.ts";
import { PlainSearcher } from "./plain-searcher.ts";
import { searcherFor } from "./searcher.ts";

/** A text as a model sees it, and where it comes from. */
export interface NormalizedText {
  /** The normalised text in UTF-8. */
  readonly bytes: Uint8Array;
  /** UTF-16 offset in the text as given, for each node: `length + 1` entries. */
  readonly origin: Int32Array;
  /**
   * UTF-16 offset in the text as given at which the source of the byte before each node ends; left out where that is
   * what `origin` says.
   */
  readonly originEnd?: Int32Array | undefined;
  /** The pre-tokens, which no edge goes beyond, of a model that cuts its text into such; an added token is one edge. */
  readonly preTokens?: PreTokens | undefined;
}

/**
 * The lattice of a text: its nodes are the byte offsets of the normalised text (those inside a character have no
 * edges), its edges all pieces found there, and for a character that is no piece by itself the unknown piece.
 */
export interface TextLattice extends Lattice, NormalizedText {}

/**
 * Builds the lattice of all segmentations of a text.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string.
 * @remarks O(length · longest piece); at most length · m − m(m − 1)/2 edges between characters, for pieces of up to
 * m characters. Only a model without an unknown piece can leave a text without a path.
 */
export function latticeOf(model: Model, text: string): TextLattice {
  const lattice = searcherFor(model, text).lattice(text) ?? new PlainSearcher(model).lattice(text);
  trustLattice(lattice);
  return lattice;
}
