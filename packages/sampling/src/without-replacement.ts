import { backwardMasses, countPaths, type Lattice, type Path } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { gumbel } from "./categorical.ts";
import { noPath, pathScore } from "./follow-back.ts";
import { Heap } from "./heap.ts";
import { checked, type DrawOptions, type RandomSource, scoresOf } from "./options.ts";
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
 * best-first search that draws the children's maxima given their parent's finds the k largest exactly. One child has its
 * parent's maximum, each with its share of the mass, and the others have less.
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
  const { length, rowStart, end } = lattice;
  const scores = scoresOf(lattice, alpha);
  const after = backwardMasses(lattice, { alpha });
  const logPartition = after[0]!;
  if (logPartition === -Infinity) throw noPath(length);
  if (!hasPaths(lattice, k))
    throw new SamplingError("argument", `k is ${k}, and the lattice has only ${countPaths(lattice)} paths`);

  // The best path ranks before all others without noise of its own: among these the draws are as they would be.
  const best = options?.includeBest === true && k > 0 ? bestPath(lattice) : undefined;
  // Prefixes not yet extended, by the largest perturbed log-probability among their completions.
  const open = new Heap<Prefix>((a, b) => a.perturbed > b.perturbed);
  open.push({ node: 0, edge: -1, before: undefined, logMass: 0, perturbed: gumbel(uniform) });
  const wanted = best === undefined ? k : k - 1;
  const found: (Path<L> & { readonly perturbed: number })[] = [];
  // One more than are wanted: the path left out sets the threshold.
  for (let top = open.pop(); top !== undefined && found.length <= wanted; top = open.pop()) {
    // A prefix has a child with its own maximum, which comes before all else: the way down goes by these.
    let last = top;
    while (last.node !== length) last = descend(last);
    const path = pathOf(lattice, last);
    if (!isSame(path, best)) found.push({ ...path, perturbed: last.perturbed });
  }
  const threshold = found[wanted]?.perturbed ?? -Infinity;
  const drawn = found.slice(0, wanted).map((path) => {
    const logProbability = alpha * path.score - logPartition;
    // log(1 − exp(−x)) with x = exp(log p − κ), which is +∞ when nothing is left out.
    const logInclusion = Math.log(-Math.expm1(-Math.exp(logProbability - threshold)));
    return { ...path, logProbability, logInclusion };
  });
  if (best === undefined) return drawn;
  return [{ ...best, logProbability: alpha * best.score - logPartition, ...CERTAIN }, ...drawn];

  /** Extends a prefix by each edge: returns the one that has the prefix's maximum, and leaves the others open. */
  function descend(prefix: Prefix): Prefix {
    const { node, logMass, perturbed } = prefix;
    const from = rowStart[node]!;
    const stop = rowStart[node + 1]!;
    const logMassOf = (e: number): number => logMass + scores[e]! + after[end[e]!]! - after[node]!;
    // Which child has the maximum does not depend on what it is: each with its share of the mass.
    let chosen = -1;
    let left = uniform();
    for (let e = from; e < stop && left >= 0; e++) {
      if (after[end[e]!] === -Infinity) continue;
      chosen = e;
      left -= Math.exp(logMassOf(e) - logMass);
    }
    for (let e = from; e < stop; e++) {
      if (e === chosen || after[end[e]!] === -Infinity) continue;
      const mass = logMassOf(e);
      const below = truncatedGumbel(mass, perturbed, uniform);
      open.push({ node: end[e]!, edge: e, before: prefix, logMass: mass, perturbed: below });
    }
    return { node: end[chosen]!, edge: chosen, before: prefix, logMass: logMassOf(chosen), perturbed };
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
  /** Log of the probability that a path begins so. */
  readonly logMass: number;
  /** The largest perturbed log-probability of a path that does. */
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

/** A Gumbel variate at `location`, given that it is no larger than `bound` (Maddison, Tarlow and Minka 2014). */
function truncatedGumbel(location: number, bound: number, uniform: RandomSource): number {
  const exponential = -Math.log1p(-uniform());
  return Math.min(bound, location - Math.log(Math.exp(location - bound) + exponential));
}
