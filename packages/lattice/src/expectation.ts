import { LatticeError } from "./lattice-error.ts";
import { type AlphaOptions, checked, edgeScores, type Lattice } from "./lattice.ts";

/** Mean and variance of a value over a lattice's law. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and variance, under P(path) ∝ exp(alpha · score), of a value that adds up along a path: the number of pieces
 * (1 for each edge), the score, how often a piece occurs.
 *
 * @param value - The value of each edge, by its index.
 * @throws {@link LatticeError} `lattice`, `argument` (a value that is not finite, at: edge), `no-path`.
 * @remarks O(length + edges). Each node carries mean and variance over the paths to it, merged as weighted samples are
 * (Chan, Golub and LeVeque 1979), so that nothing is lost to cancellation.
 */
export function expectation(
  lattice: Lattice,
  value: (edge: number) => number,
  options?: AlphaOptions,
): Moments {
  if (typeof value !== "function") throw new LatticeError("argument", "value must be a function of an edge");
  const scores = edgeScores(lattice, checked(lattice, options));
  const { length, rowStart, end } = lattice;
  const mass = new Float64Array(length + 1).fill(-Infinity);
  const mean = new Float64Array(length + 1);
  const variance = new Float64Array(length + 1);
  mass[0] = 0;
  for (let s = 0; s < length; s++) {
    if (mass[s] === -Infinity) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      const added = value(e);
      if (!Number.isFinite(added))
        throw new LatticeError("argument", `the value of edge ${e} is ${added}`, e);
      const arriving = mass[s]! + scores[e]!;
      const ahead = arriving - mass[to]!;
      const ratio = Math.exp(-Math.abs(ahead));
      const share = (ahead > 0 ? 1 : ratio) / (1 + ratio);
      const difference = mean[s]! + added - mean[to]!;
      mass[to] = Math.max(arriving, mass[to]!) + Math.log1p(ratio);
      mean[to]! += share * difference;
      variance[to] = (1 - share) * (variance[to]! + share * difference * difference) + share * variance[s]!;
    }
  }
  if (mass[length] === -Infinity)
    throw new LatticeError("no-path", `no path leads from node 0 to node ${length}`);
  return { mean: mean[length]!, variance: variance[length]! };
}
