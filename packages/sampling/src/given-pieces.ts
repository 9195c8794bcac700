import { type Lattice, logAddExp } from "@lemmata/lattice";
import { pathScore } from "./follow-back.ts";
import { checked, type DrawOptions, scoresOf } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/** 512 MB of float64. */
const MAX_CELLS = 2 ** 26;

/**
 * Draws one path among those of exactly k pieces, with probability ∝ exp(alpha · score). `logProbability` is
 * conditional on k. At alpha = ∞ it is the best of them, of equal ones that whose first pieces are shortest.
 *
 * For other conditions draw from a lattice that holds no other paths: `givenPrefix` makes it for a beginning that is
 * already there, `constrain` of `@lemmata/lattice` for cuts, forbidden cuts and forbidden pieces.
 *
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path` if no path has k pieces, `too-large` if
 * k · length goes beyond 2^26, `rng`.
 * @remarks O(k · edges) time, O(k · length) memory: backward masses by the number of pieces still to come.
 */
export function sampleGivenPieces<L extends Lattice>(
  lattice: L,
  k: number,
  options?: DrawOptions,
): SampledPath<L> {
  const { alpha, uniform } = checked(lattice, options);
  // At alpha = ∞ the mass of some ways is that of the best one, and a walk stays on it.
  const best = alpha === Infinity;
  const sum = best ? Math.max : logAddExp;
  const scores = scoresOf(lattice, best ? 1 : alpha);
  const { length, rowStart, end } = lattice;
  if (!Number.isInteger(k) || k < 0 || k > length)
    throw new SamplingError("argument", `k must be an integer from 0 to ${length}, got ${k}`);
  if ((k + 1) * (length + 1) > MAX_CELLS)
    throw new SamplingError(
      "too-large",
      `${k} pieces over ${length} nodes need more than ${MAX_CELLS} masses`,
    );
  // after[j][s]: log-mass of the ways from node s to the end in j pieces.
  const after = Array.from({ length: k + 1 }, () => new Float64Array(length + 1).fill(-Infinity));
  after[0]![length] = 0;
  for (let j = 1; j <= k; j++)
    for (let s = length - 1; s >= 0; s--)
      for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
        const onward = after[j - 1]![end[e]!]!;
        if (onward !== -Infinity) after[j]![s] = sum(after[j]![s]!, scores[e]! + onward);
      }
  const total = after[k]![0]!;
  if (total === -Infinity) throw new SamplingError("no-path", `no path has ${k} pieces`);
  const edges = new Int32Array(k);
  let logWeight = 0;
  for (let j = k, node = 0; j > 0; j--) {
    const mass = after[j]![node]!;
    let left = best ? 0 : uniform();
    let taken = -1;
    for (let e = rowStart[node]!, stop = rowStart[node + 1]!; e < stop && left >= 0; e++) {
      const onward = scores[e]! + after[j - 1]![end[e]!]!;
      if (onward === -Infinity) continue;
      taken = e;
      left -= best ? Number(onward === mass) : Math.exp(onward - mass);
    }
    edges[k - j] = taken;
    logWeight += scores[taken]!;
    node = end[taken]!;
  }
  return { lattice, edges, score: pathScore(lattice, edges), logProbability: best ? 0 : logWeight - total };
}
