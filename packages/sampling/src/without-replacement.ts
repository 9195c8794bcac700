import { backwardMasses, countPaths, type Lattice, type Path } from "@lemmata/lattice";
import { gumbel } from "./categorical.ts";
import { noPath, pathScore } from "./follow-back.ts";
import { checked, type DrawOptions, scoresOf } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/** One of the paths of {@link sampleWithoutReplacement}. */
export interface DistinctPath<L extends Lattice = Lattice> extends SampledPath<L> {
  /** log-probability + Gumbel noise: what the paths are ranked by. */
  readonly perturbed: number;
  /**
   * Log of the probability that the path is among those drawn, given the threshold κ that the first path left out
   * sets: P(G > κ) = 1 − exp(−exp(log p − κ)). A sum of f(path) · p / inclusion estimates the mean of f.
   */
  readonly logInclusion: number;
}

/**
 * Draws k different paths: one after another, each with probability ∝ exp(alpha · score) among those that are left.
 *
 * Every path gets its log-probability plus independent Gumbel noise, and the k largest are drawn. The noise need not be
 * made path by path: the largest over all completions of a prefix is itself Gumbel, located at the prefix's mass, so a
 * best-first search that draws the children's maxima given their parent's finds the k largest exactly.
 *
 * @throws {@link SamplingError} `lattice`, `argument` (also for k beyond the number of paths), `no-path`, `rng`.
 * @remarks O(length + edges) once, then O(pieces · edges of a node) a path. Kool, van Hoof and Welling 2019,
 * *Stochastic beams and where to find them*; Maddison, Tarlow and Minka 2014 for the top-down construction.
 */
export function sampleWithoutReplacement<L extends Lattice>(
  lattice: L,
  k: number,
  options?: DrawOptions,
): DistinctPath<L>[] {
  const { alpha, uniform } = checked(lattice, options);
  const scores = scoresOf(lattice, alpha);
  if (!Number.isInteger(k) || k < 0)
    throw new SamplingError("argument", `k must be a non-negative integer, got ${k}`);
  const { length, rowStart, end } = lattice;
  const after = backwardMasses(lattice, { alpha });
  const logPartition = after[0]!;
  if (logPartition === -Infinity) throw noPath(length);

  if (!hasPaths(lattice, k))
    throw new SamplingError("argument", `k is ${k}, and the lattice has only ${countPaths(lattice)} paths`);

  // Prefixes not yet extended, by the largest perturbed log-probability among their completions.
  const open = new Heap();
  open.push({ node: 0, edge: -1, before: undefined, logWeight: 0, perturbed: gumbel(uniform) });
  const found: Prefix[] = [];
  // One more than k: the path left out sets the threshold.
  for (let top = open.pop(); top !== undefined && found.length <= k; top = open.pop()) {
    if (top.node === length) {
      found.push(top);
      continue;
    }
    const children: Prefix[] = [];
    let largest = -Infinity;
    for (let e = rowStart[top.node]!, stop = rowStart[top.node + 1]!; e < stop; e++) {
      const node = end[e]!;
      if (after[node] === -Infinity) continue;
      const logWeight = top.logWeight + scores[e]!;
      const perturbed = logWeight + after[node]! - logPartition + gumbel(uniform);
      largest = Math.max(largest, perturbed);
      children.push({ node, edge: e, before: top, logWeight, perturbed });
    }
    for (const child of children)
      open.push({ ...child, perturbed: givenMaximum(child.perturbed, largest, top.perturbed) });
  }
  const threshold = found[k]?.perturbed ?? -Infinity;
  return found.slice(0, k).map((prefix) => {
    const logProbability = prefix.logWeight - logPartition;
    return {
      ...pathOf(lattice, prefix),
      logProbability,
      perturbed: prefix.perturbed,
      // log(1 − exp(−x)) with x = exp(log p − κ), which is +∞ when nothing is left out.
      logInclusion: Math.log(-Math.expm1(-Math.exp(logProbability - threshold))),
    };
  });
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

/** A binary heap with the largest `perturbed` on top. */
class Heap {
  private readonly items: Prefix[] = [];

  push(item: Prefix): void {
    const { items } = this;
    let at = items.length;
    for (; at > 0;) {
      const parent = (at - 1) >> 1;
      if (items[parent]!.perturbed >= item.perturbed) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  pop(): Prefix | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]!.perturbed > items[child]!.perturbed) child++;
      if (items[child]!.perturbed <= last.perturbed) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
