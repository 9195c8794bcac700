import { backwardMasses, countPaths, type Lattice, type Path } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { gumbel } from "./categorical.ts";
import { noPath, pathScore } from "./follow-back.ts";
import { Heap } from "./heap.ts";
import { checked, type DrawOptions, scoresOf } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/** One of the paths of {@link sampleWithoutReplacement}. */
export interface DistinctPath<L extends Lattice = Lattice> extends SampledPath<L> {
  /** log-probability + Gumbel noise: what the paths are ranked by; ∞ for a path that is there in any case. */
  readonly perturbed: number;
  /**
   * Log of the probability that the path is among those drawn, given the threshold κ that the first path left out
   * sets: P(G > κ) = 1 − exp(−exp(log p − κ)). A sum of f(path) · p / inclusion estimates the mean of f.
   */
  readonly logInclusion: number;
}

/** Options of {@link sampleWithoutReplacement}. */
export interface DistinctOptions extends DrawOptions {
  /** The best path is the first of the k in any case, and the others are drawn from the rest; false if left out. */
  readonly includeBest?: boolean;
}

/**
 * Draws k different paths: one after another, each with probability ∝ exp(alpha · score) among those that are left.
 *
 * Every path gets its log-probability plus independent Gumbel noise, and the k largest are drawn. The noise need not be
 * made path by path: the largest over all completions of a prefix is itself Gumbel, located at the prefix's mass, so a
 * best-first search that draws the children's maxima given their parent's finds the k largest exactly.
 *
 * Of the best path's law at alpha = ∞ there is one draw: for the k best paths there is `nbest` of `@lemmata/lattice`.
 *
 * @returns The paths by falling `perturbed`.
 * @throws {@link SamplingError} `lattice`, `argument` (also for k beyond the number of paths, and beyond 1 at
 * alpha = ∞), `no-path`, `rng`.
 * @remarks O(length + edges) once, then O(pieces · edges of a node) a path. Kool, van Hoof and Welling 2019,
 * *Stochastic beams and where to find them*; Maddison, Tarlow and Minka 2014 for the top-down construction.
 */
export function sampleWithoutReplacement<L extends Lattice>(
  lattice: L,
  k: number,
  options?: DistinctOptions,
): DistinctPath<L>[] {
  const { alpha, uniform } = checked(lattice, options);
  if (!Number.isInteger(k) || k < 0)
    throw new SamplingError("argument", `k must be a non-negative integer, got ${k}`);
  if (alpha === Infinity) return onlyBest(lattice, k);
  const scores = scoresOf(lattice, alpha);
  const { length, rowStart, end } = lattice;
  const after = backwardMasses(lattice, { alpha });
  const logPartition = after[0]!;
  if (logPartition === -Infinity) throw noPath(length);

  if (!hasPaths(lattice, k))
    throw new SamplingError("argument", `k is ${k}, and the lattice has only ${countPaths(lattice)} paths`);

  // The best path ranks before all others without noise of its own: among these the draws are as they would be.
  const best = options?.includeBest === true && k > 0 ? bestPath(lattice) : undefined;
  // Prefixes not yet extended, by the largest perturbed log-probability among their completions.
  const open = new Heap<Prefix>((a, b) => a.perturbed > b.perturbed);
  open.push({ node: 0, edge: -1, before: undefined, logWeight: 0, perturbed: gumbel(uniform) });
  const wanted = best === undefined ? k : k - 1;
  const found: Found<L>[] = [];
  // One more than are wanted: the path left out sets the threshold.
  for (let top = open.pop(); top !== undefined && found.length <= wanted; top = open.pop()) {
    // A prefix has a child with its own maximum, which comes before all else: the way down goes by these.
    let last = top;
    while (last.node !== length) last = descend(last);
    const path = pathOf(lattice, last);
    if (!isSame(path, best)) found.push({ path, logWeight: last.logWeight, perturbed: last.perturbed });
  }
  const threshold = found[wanted]?.perturbed ?? -Infinity;
  const drawn = found.slice(0, wanted).map(({ path, logWeight, perturbed }) => {
    const logProbability = logWeight - logPartition;
    // log(1 − exp(−x)) with x = exp(log p − κ), which is +∞ when nothing is left out.
    const logInclusion = Math.log(-Math.expm1(-Math.exp(logProbability - threshold)));
    return { ...path, logProbability, perturbed, logInclusion };
  });
  if (best === undefined) return drawn;
  return [{ ...best, logProbability: alpha * best.score - logPartition, ...CERTAIN }, ...drawn];

  /** Extends a prefix by each edge: returns the one that has the prefix's maximum, and leaves the others open. */
  function descend(prefix: Prefix): Prefix {
    const { node, perturbed: maximum } = prefix;
    const children: number[] = [];
    for (let e = rowStart[node]!, stop = rowStart[node + 1]!; e < stop; e++)
      if (after[end[e]!]! > -Infinity) children.push(e);
    const logWeightOf = (e: number): number => prefix.logWeight + scores[e]!;
    const extended = (e: number, perturbed: number): Prefix => ({
      node: end[e]!,
      edge: e,
      before: prefix,
      logWeight: logWeightOf(e),
      perturbed,
    });
    // An only child has the maximum without any noise.
    if (children.length === 1) return extended(children[0]!, maximum);
    const noisy = children.map((e) => logWeightOf(e) + after[end[e]!]! - logPartition + gumbel(uniform));
    const largest = noisy.reduce((high, value) => Math.max(high, value));
    const first = noisy.indexOf(largest);
    children.forEach((e, i) => {
      if (i !== first) open.push(extended(e, givenMaximum(noisy[i]!, largest, maximum)));
    });
    return extended(children[first]!, maximum);
  }
}

/** What is drawn in any case. */
const CERTAIN = { perturbed: Infinity, logInclusion: 0 };

/** The draws at alpha = ∞, where no path but one has a probability. */
function onlyBest<L extends Lattice>(lattice: L, k: number): DistinctPath<L>[] {
  const best = bestPath(lattice);
  if (k > 1)
    throw new SamplingError("argument", `k is ${k}; at alpha = ∞ only the best path can be drawn: see nbest`);
  return k === 0 ? [] : [{ ...best, logProbability: 0, ...CERTAIN }];
}

/** A whole path and what it was ranked by. */
interface Found<L extends Lattice> {
  readonly path: Path<L>;
  readonly logWeight: number;
  readonly perturbed: number;
}

function isSame({ edges }: Path, other: Path | undefined): boolean {
  return (
    other !== undefined && edges.length === other.edges.length && edges.every((e, i) => e === other.edges[i])
  );
}

/** The beginning of a path, up to `node`. */
interface Prefix {
  readonly node: number;
  readonly edge: number;
  readonly before: Prefix | undefined;
  readonly logWeight: number;
  readonly perturbed: number;
}

/** Whether a lattice has k paths or more: counted no further than k, at every node. */
function hasPaths({ length, rowStart, end }: Lattice, k: number): boolean {
  const ways = new Float64Array(length + 1);
  ways[0] = 1;
  for (let s = 0; s < length; s++)
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++)
      ways[end[e]!] = Math.min(Math.max(1, k), ways[end[e]!]! + ways[s]!);
  return ways[length]! >= k;
}

function pathOf<L extends Lattice>(lattice: L, last: Prefix): Path<L> {
  const edges: number[] = [];
  for (let at = last; at.before !== undefined; at = at.before) edges.push(at.edge);
  const taken = Int32Array.from(edges.reverse());
  return { lattice, edges: taken, score: pathScore(lattice, taken) };
}

/**
 * Moves one of several Gumbel variates, whose largest is `largest`, to what it is given that the largest is `wanted`:
 * −log(e^−wanted − e^−largest + e^−value), arranged so that nothing overflows (Kool et al. 2019, appendix B.3).
 */
function givenMaximum(value: number, largest: number, wanted: number): number {
  const v = wanted - value + Math.log1p(-Math.exp(value - largest));
  return wanted - Math.max(0, v) - Math.log1p(Math.exp(-Math.abs(v)));
}
