import { type Lattice, nbest, type Path } from "@lemmata/lattice";
import { aliasTable, createRng } from "@lemmata/sampling";

/** All segmentations of a text, best first, and the place of each path among them. */
export interface Segmentations {
  readonly paths: readonly Path[];
  readonly placeOf: ReadonlyMap<string, number>;
}

export function segmentationsOf(lattice: Lattice): Segmentations {
  const paths = nbest(lattice, 1_000_000);
  return { paths, placeOf: new Map(paths.map(({ edges }, place) => [edges.join(), place])) };
}

/** The law by enumeration: each path with probability ∝ exp(alpha · score). */
export function exactLaw({ paths }: Segmentations, alpha: number): Float64Array {
  const best = paths[0]!.score;
  return normalized(Float64Array.from(paths, ({ score }) => Math.exp(alpha * (score - best))));
}

/**
 * The law that the sampler of Hugging Face's `tokenizers` has for Unigram models, by its recursion, written anew here
 * (tokenizers/src/models/unigram/lattice.rs, `sample`): forward masses A[e] = log Σ exp(θ · (score + A[s])) over the edges
 * into node e, and from the end backwards each edge with probability ∝ exp(A[s] + θ · score). The θ before A[s] is one
 * too many: the law is right for θ = 1 alone.
 */
export function huggingFaceLaw(lattice: Lattice, { paths }: Segmentations, theta: number): Float64Array {
  const { length, rowStart, end, label, labelScore } = lattice;
  const scoreOf = (e: number): number => labelScore[label[e]!]!;
  const mass = new Float64Array(length + 1).fill(-Infinity);
  /** What the edges into each node weigh when it is come to backwards. */
  const weight = new Float64Array(length + 1).fill(-Infinity);
  mass[0] = 0;
  for (let s = 0; s < length; s++)
    for (let e = rowStart[s]!; e < rowStart[s + 1]!; e++) {
      const to = end[e]!;
      mass[to] = logAdd(mass[to]!, theta * (scoreOf(e) + mass[s]!));
      weight[to] = logAdd(weight[to]!, mass[s]! + theta * scoreOf(e));
    }
  return Float64Array.from(paths, ({ edges }) => {
    let log = 0;
    let s = 0;
    for (const e of edges) {
      log += mass[s]! + theta * scoreOf(e) - weight[end[e]!]!;
      s = end[e]!;
    }
    return Math.exp(log);
  });
}

/** The shares of some outcomes, by how often each came. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  return normalized(Float64Array.from(counts));
}

/** Half the sum of the differences: the largest difference of the probabilities of any event. */
export function totalVariation(p: Float64Array, q: Float64Array): number {
  return p.reduce((sum, value, i) => sum + Math.abs(value - q[i]!), 0) / 2;
}

/** The distances from a law that so many draws from it leave: in so many tries, from a table of its probabilities. */
export function noiseOf(law: Float64Array, draws: number, tries: number): { mean: number; largest: number } {
  const table = aliasTable(law);
  const rng = createRng(2_026);
  const distances = Array.from({ length: tries }, () => {
    const counts = new Float64Array(law.length);
    for (let i = 0; i < draws; i++) counts[table.draw(rng)]! += 1;
    return totalVariation(sharesOf(counts), law);
  });
  return { mean: distances.reduce((sum, d) => sum + d, 0) / tries, largest: Math.max(...distances) };
}

function normalized(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? -Infinity : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}
