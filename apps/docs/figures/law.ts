import {
  countPaths,
  entropy,
  logPartition,
  marginals,
  nbest,
  type Path,
  type TextLattice,
} from "@lemmata/lattice";
import { spanOf } from "./span.ts";

/** A segmentation and the probability that the law gives it. */
export interface Segmentation {
  readonly pieces: readonly string[];
  readonly edges: Int32Array;
  readonly score: number;
  readonly probability: number;
  /** The log of it, which says more where the probability is too small for a float. */
  readonly logProbability: number;
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
  /** log Z, the log of the sum of exp(alpha · score) over all segmentations. */
  readonly logPartition: number;
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
  const segmentations = paths.map((path) => segmentationOf(path, alpha, logZ));
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
    logPartition: logZ,
    pieces: marginals(lattice, { alpha }).edge.reduce((sum, p) => sum + p, 0),
    entropy: entropy(lattice, { alpha }),
  };
}

/** A path, with what the law of that alpha and log Z gives it. */
export function segmentationOf(path: Path<TextLattice>, alpha: number, logZ: number): Segmentation {
  const { edges, score } = path;
  const logProbability = alpha * score - logZ;
  return { pieces: piecesOf(path), edges, score, probability: Math.exp(logProbability), logProbability };
}

/** The pieces of a path as they stand in the normalised text. */
export function piecesOf({ lattice, edges }: Path<TextLattice>): string[] {
  let start = 0;
  return Array.from(edges, (e) => {
    const piece = spanOf(lattice, start, lattice.end[e]!);
    start = lattice.end[e]!;
    return piece;
  });
}
