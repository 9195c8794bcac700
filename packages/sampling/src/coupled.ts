import { type Lattice, transitions } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { noPath, pathScore } from "./follow-back.ts";
import { checked, type DrawOptions, guarded, type RandomSource } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import type { PerfectSampler } from "./perfect-sampler.ts";
import { SamplingError } from "./sampling-error.ts";

/**
 * One exact draw for each of several alphas, from common noise: each node has one random number, and whichever walks
 * come by it use it. Each path alone has the law of its alpha; together they differ as little as this coupling can
 * make them, so that what alpha changes is seen with less noise than in independent draws.
 *
 * @returns One path for each alpha, in their order.
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`, `rng`.
 * @remarks O(length + edges) an alpha. Common random numbers, by inversion along each row.
 */
export function coupledSamples<L extends Lattice>(
  lattice: L,
  alphas: readonly number[],
  options?: Pick<DrawOptions, "rng">,
): SampledPath<L>[] {
  if (!Array.isArray(alphas)) throw new SamplingError("argument", "alphas must be an array of numbers");
  const { uniform } = checked(lattice, { rng: options?.rng ?? Math.random });
  const noise = Float64Array.from({ length: lattice.length }, uniform);
  const { rowStart, end, length } = lattice;
  return alphas.map((alpha) => {
    checked(lattice, { alpha });
    if (alpha === Infinity) return { ...bestPath(lattice), logProbability: 0 };
    const { edge: probability, logPartition } = transitions(lattice, { alpha });
    if (logPartition === -Infinity) throw noPath(length);
    const edges: number[] = [];
    for (let node = 0; node < length;) {
      let left = noise[node]!;
      let taken = -1;
      for (let e = rowStart[node]!, stop = rowStart[node + 1]!; e < stop && left >= 0; e++) {
        // The last edge that leads anywhere takes what rounding has left.
        if (probability[e]! > 0) taken = e;
        left -= probability[e]!;
      }
      edges.push(taken);
      node = end[taken]!;
    }
    const path = Int32Array.from(edges);
    const score = pathScore(lattice, path);
    return { lattice, edges: path, score, logProbability: alpha * score - logPartition };
  });
}

/**
 * Two exact draws from mirrored numbers, u and 1 − u: each has the sampler's law, and where one takes early edges of a
 * row the other takes late ones, so that their mean varies less than that of two independent draws for a value that
 * rises along the rows, such as the length of pieces.
 *
 * @throws {@link SamplingError} `rng`.
 * @remarks Antithetic variates (Hammersley and Morton 1956).
 */
export function antitheticPair<L extends Lattice>(
  sampler: PerfectSampler<L>,
  rng: RandomSource = Math.random,
): [SampledPath<L>, SampledPath<L>] {
  const used: number[] = [];
  const uniform = guarded(rng);
  const first = sampler.sample(() => {
    const u = uniform();
    used.push(u);
    return u;
  });
  let at = 0;
  // 1 − u lies in (0, 1]; a step of 2^−53 down, in [0, 1). A walk may need more numbers than the first used.
  const second = sampler.sample(() => Math.max(0, 1 - (used[at++] ?? uniform()) - 2 ** -53));
  return [first, second];
}
