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
  /** Draws k paths, independently and with replacement; their edges share a buffer. */
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
  if (best !== undefined) return samplerOfOne({ ...best, logProbability: 0 });
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

  /** Draws a path into `taken`, from place `at` on, where there is room for one; returns where it ends. */
  const walk = (next: RandomSource, taken: Int32Array, at: number): number => {
    let place = at;
    for (let node = 0; node < length; node = end[taken[place++]!]!) {
      let e = rowStart[node]!;
      while (cumulative[e] === 0) e++;
      // A node with one way on takes no number.
      if (cumulative[e]! < 1) for (const u = next(); u >= cumulative[e]!;) e++;
      taken[place] = e;
    }
    return place;
  };
  const pathOf = (edges: Int32Array): SampledPath<L> => {
    const score = pathScore(lattice, edges);
    return { lattice, edges, score, logProbability: alpha * score - logPartition };
  };
  return {
    logPartition,
    sample: (rng) => {
      const edges = new Int32Array(length);
      return pathOf(edges.slice(0, walk(rng === undefined ? uniform : guarded(rng), edges, 0)));
    },
    draw: (k) => {
      requireCount(k);
      let edges = new Int32Array(2 * length);
      const stops: number[] = [];
      for (let stop = 0; stops.length < k; stops.push(stop)) {
        if (edges.length < stop + length) {
          const larger = new Int32Array(2 * (stop + length));
          larger.set(edges);
          edges = larger;
        }
        stop = walk(uniform, edges, stop);
      }
      // One buffer for all, no longer than they are: each costs more than what it holds.
      const all = edges.slice(0, stops.at(-1) ?? 0);
      return stops.map((stop, i) => pathOf(all.subarray(i === 0 ? 0 : stops[i - 1], stop)));
    },
  };
}

function requireCount(k: number): void {
  if (!Number.isInteger(k) || k < 0 || k > 0xffffffff)
    throw new SamplingError("argument", `k must be an integer from 0 to 2^32 − 1, got ${k}`);
}

/** The sampler of a law that holds one path alone. */
function samplerOfOne<L extends Lattice>(path: SampledPath<L>): PerfectSampler<L> {
  return {
    logPartition: NaN,
    sample: (rng) => {
      if (rng !== undefined) guarded(rng);
      return path;
    },
    draw: (k) => {
      requireCount(k);
      return Array.from({ length: k }, () => path);
    },
  };
}
