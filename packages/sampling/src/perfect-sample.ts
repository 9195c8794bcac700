import type { Lattice, Path } from "@lemmata/lattice";
import { followBack } from "./follow-back.ts";
import { checked, type DrawOptions } from "./options.ts";

/** A drawn path; `logProbability` is the exact log of the probability with which it is drawn. */
export interface SampledPath<L extends Lattice = Lattice> extends Path<L> {
  readonly logProbability: number;
}

/**
 * Draws one path with probability exp(alpha · score) / Z, exactly, in a single sweep over the edges.
 *
 * Each node keeps one incoming edge, as a weighted reservoir of size one: an edge with log-mass
 * a = A[s] + alpha · score adds to the node's mass, A[e] ← log(e^A[e] + e^a), and takes the place of the kept edge
 * with probability e^(a − A[e]). When the sweep reaches a node, its kept edge is a fair draw among the paths to it.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`, `rng`.
 * @remarks O(length + edges), one random number for each edge that is not the first into its node. For many draws
 * from one lattice, `perfectSampler` needs one number for each piece only. 科学空间 9811.
 */
export function perfectSample<L extends Lattice>(lattice: L, options?: DrawOptions): SampledPath<L> {
  const { scores, uniform } = checked(lattice, options);
  const { length, rowStart, end } = lattice;
  const mass = new Float64Array(length + 1).fill(-Infinity);
  const kept = new Int32Array(length + 1);
  const from = new Int32Array(length + 1).fill(-1);
  mass[0] = 0;
  for (let s = 0; s < length; s++) {
    const here = mass[s]!;
    if (here === -Infinity) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const arriving = here + scores[e]!;
      if (from[to]! < 0) mass[to] = arriving;
      else {
        // One exponential serves both the new mass and the probability, and neither can overflow.
        const ahead = arriving - mass[to]!;
        const ratio = Math.exp(-Math.abs(ahead));
        mass[to] = Math.max(arriving, mass[to]!) + Math.log1p(ratio);
        if (uniform() >= (ahead > 0 ? 1 : ratio) / (1 + ratio)) continue;
      }
      kept[to] = e;
      from[to] = s;
    }
  }
  const path = followBack(lattice, kept, from);
  let logWeight = 0;
  for (const e of path.edges) logWeight += scores[e]!;
  return { ...path, logProbability: logWeight - mass[length]! };
}
