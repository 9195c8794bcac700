import { type Lattice, transitions } from "@lemmata/lattice";
import { bestPath } from "./best-path.ts";
import { noPath, pathScore } from "./follow-back.ts";
import { checked, type DrawOptions, guarded, type RandomSource } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/** Exact draws from one lattice, after one sweep over it. */
export interface PerfectSampler<L extends Lattice = Lattice> {
  /** log Z: the log of the sum of exp(alpha · score) over all paths; NaN for alpha = ∞, where it has no value. */
  readonly logPartition: number;
  /** Draws a path; `rng` takes the place of the sampler's own generator for this draw. */
  sample(rng?: RandomSource): SampledPath<L>;
  /** Draws k paths, independently and with replacement. */
  draw(k: number): SampledPath<L>[];
}

/**
 * Prepares any number of exact draws, each with probability exp(alpha · score) / Z.
 *
 * One backward sweep gives B[s], the log-mass from each node to the end. A draw then walks forward: at node s the
 * edge (s, e) has probability exp(alpha · score + B[e] − B[s]), as `transitions` of `@lemmata/lattice` gives it.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`; `rng` when a draw meets a bad number.
 * @remarks O(length + edges) once; a draw takes a scan of one row for each piece, and one random number
 * where there is a choice.
 * Backward filtering, forward sampling.
 */
export function perfectSampler<L extends Lattice>(lattice: L, options?: DrawOptions): PerfectSampler<L> {
  const { alpha, uniform } = checked(lattice, options);
  const best = alpha === Infinity ? bestPath(lattice) : undefined;
  if (best !== undefined) return samplerOf(NaN, uniform, () => ({ ...best, logProbability: 0 }));
  const { length, rowStart, end } = lattice;
  const { edge: probability, logPartition } = transitions(lattice, { alpha });
  if (logPartition === -Infinity) throw noPath(length);

  // For each row, the probability that the walk leaves by one of its edges up to this one.
  const cumulative = new Float64Array(end.length);
  for (let s = 0; s < length; s++) {
    let sum = 0;
    let last = -1;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      sum += probability[e]!;
      cumulative[e] = sum;
      if (probability[e]! > 0) last = e;
    }
    // Rounding must not leave a gap below 1: the last edge that leads anywhere takes what is left.
    if (last >= 0) cumulative[last] = 1;
  }

  return samplerOf(logPartition, uniform, (next) => {
    const edges: number[] = [];
    for (let node = 0; node < length;) {
      let e = rowStart[node]!;
      while (cumulative[e] === 0) e++;
      // A node with one way on takes no number.
      if (cumulative[e]! < 1) for (const u = next(); u >= cumulative[e]!;) e++;
      edges.push(e);
      node = end[e]!;
    }
    const taken = new Int32Array(edges);
    const score = pathScore(lattice, taken);
    return { lattice, edges: taken, score, logProbability: alpha * score - logPartition };
  });
}

function samplerOf<L extends Lattice>(
  logPartition: number,
  uniform: RandomSource,
  walk: (next: RandomSource) => SampledPath<L>,
): PerfectSampler<L> {
  return {
    logPartition,
    sample: (rng) => walk(rng === undefined ? uniform : guarded(rng)),
    draw: (k) => {
      if (!Number.isInteger(k) || k < 0 || k > 0xffffffff)
        throw new SamplingError("argument", `k must be an integer from 0 to 2^32 − 1, got ${k}`);
      return Array.from({ length: k }, () => walk(uniform));
    },
  };
}
