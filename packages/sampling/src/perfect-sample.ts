import { edgeWeights, type Lattice, type Path } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { followBack } from "./follow-back.ts";
import { checked, type DrawOptions } from "./options.ts";
import { Reservoirs } from "./reservoirs.ts";

/** A drawn path; `logProbability` is the exact log of the probability with which it is drawn. */
export interface SampledPath<L extends Lattice = Lattice> extends Path<L> {
  readonly logProbability: number;
}

/**
 * Draws one path with probability exp(alpha · score) / Z, exactly, in a single sweep over the edges.
 *
 * Each node keeps one incoming edge, as a weighted reservoir of size one: an edge of mass a = A[s] · exp(alpha · score)
 * adds to the node's mass, A[e] ← A[e] + a, and takes the place of the kept edge with probability a / A[e]. When the
 * sweep reaches a node, its kept edge is a fair draw among the paths to it.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`, `rng`.
 * @remarks O(length + edges), one random number for each edge that is not the first into its node. For many draws
 * from one lattice, `perfectSampler` needs one number for each piece only. Masses are floats with an exponent of their
 * own, so that no text is too long. 科学空间 9811.
 */
export function perfectSample<L extends Lattice>(lattice: L, options?: DrawOptions): SampledPath<L> {
  const { alpha, uniform } = checked(lattice, options);
  if (alpha === Infinity) return { ...bestPath(lattice), logProbability: 0 };
  const { length, rowStart, end } = lattice;
  const { mantissa, exponent } = edgeWeights(lattice, { alpha });
  const kept = new Int32Array(length + 1);
  const from = new Int32Array(length + 1).fill(-1);
  const reservoirs = new Reservoirs(length, uniform);
  for (let s = 0; s < length; s++) {
    if (!reservoirs.open(s)) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      if (!reservoirs.takes(to, mantissa[e]!, exponent[e]!)) continue;
      kept[to] = e;
      from[to] = s;
    }
  }
  const path = followBack(lattice, kept, from);
  return { ...path, logProbability: alpha * path.score - reservoirs.logMass(length) };
}
