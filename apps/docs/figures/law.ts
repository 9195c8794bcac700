import {
  countPaths,
  entropy,
  logPartition,
  marginals,
  nbest,
  type Path,
  type TextLattice,
} from "@lemmata/lattice";

/** A segmentation and the probability that the law gives it. */
export interface Segmentation {
  readonly pieces: readonly string[];
  readonly probability: number;
}

/** The exact law of a text's segmentations, P ∝ exp(alpha · score), in a form that draws can be held against. */
export interface Law {
  readonly lattice: TextLattice;
  readonly alpha: number;
  /** How many segmentations there are. */
  readonly count: bigint;
  /** The best ones, best first: all of them, if the law is complete. */
  readonly segmentations: readonly Segmentation[];
  readonly complete: boolean;
  /** The probability of each outcome: one for each listed segmentation, and if some are not listed, one for the rest. */
  readonly outcomes: Float64Array;
  /** Which outcome a path is. */
  readonly outcomeOf: (path: Path) => number;
  /** Expected number of pieces. */
  readonly pieces: number;
  /** In nats. */
  readonly entropy: number;
}

/** A law with more segmentations than this is told apart in its best {@link FEW} and the rest. */
export const MOST = 2000;
export const FEW = 12;

/** The law of a lattice at alpha ≥ 0. */
export function lawOf(lattice: TextLattice, alpha: number): Law {
  const count = countPaths(lattice);
  const complete = count <= MOST;
  const logZ = logPartition(lattice, { alpha });
  const paths = nbest(lattice, complete ? Number(count) : FEW);
  const segmentations = paths.map((path) => ({
    pieces: piecesOf(path),
    probability: Math.exp(alpha * path.score - logZ),
  }));
  const listed = segmentations.map(({ probability }) => probability);
  const rest = 1 - listed.reduce((sum, p) => sum + p, 0);
  const places = new Map(paths.map((path, place) => [path.edges.join(), place]));
  return {
    lattice,
    alpha,
    count,
    segmentations,
    complete,
    outcomes: Float64Array.from(complete ? listed : [...listed, Math.max(0, rest)]),
    outcomeOf: (path) => places.get(path.edges.join()) ?? paths.length,
    pieces: marginals(lattice, { alpha }).edge.reduce((sum, p) => sum + p, 0),
    entropy: entropy(lattice, { alpha }),
  };
}

/** The pieces of a path as they stand in the normalised text. */
export function piecesOf({ lattice, edges }: Path<TextLattice>): string[] {
  let start = 0;
  return Array.from(edges, (e) => {
    const stop = lattice.end[e]!;
    const piece = utf8.decode(lattice.bytes.subarray(start, stop));
    start = stop;
    return piece;
  });
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
