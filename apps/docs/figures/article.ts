import { latticeOf, modelFromPieces, type TextLattice } from "@lemmata/lattice";

/**
 * The counter-example of 科学空间 9811: three segmentations of one score, so each should be drawn one time in three.
 */
export function articleLattice(): TextLattice {
  const pieces = { watch: -1, ing: -1, wat: -1, ching: -1, w: -1, atching: -1 };
  return latticeOf(modelFromPieces(pieces), "watching");
}
