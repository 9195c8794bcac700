import { expectation, type Lattice, viterbi } from "@lemmata/lattice";

/** How many pieces a text comes to. */
export interface Inflation {
  /** Of the best segmentation. */
  readonly best: number;
  /** The expected number under the law at an alpha, in multiples of the best one's. */
  readonly times: (alpha: number) => number;
}

/** What sampling costs in pieces, exactly: the expectation is that of all segmentations, and nothing is drawn. */
export function inflationOf(lattice: Lattice): Inflation {
  const best = viterbi(lattice).edges.length;
  return { best, times: (alpha) => expectation(lattice, () => 1, { alpha }).mean / best };
}
