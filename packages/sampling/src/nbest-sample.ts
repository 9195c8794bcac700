import { type Lattice, nbest, type Path } from "@lemmata/lattice";
import { noPath } from "./follow-back.ts";
import { checked, type DrawOptions, guarded } from "./options.ts";
import type { SampledPath } from "./perfect-sample.ts";
import { SamplingError } from "./sampling-error.ts";

/**
 * Prepares draws among the n best paths, each with probability exp(alpha · score) / Σ over the n of it: subword
 * regularization with finite l. It leaves out what the others weigh: for the law over all paths, `perfectSampler`.
 *
 * @returns A function that draws one path; `logProbability` is that of the law over the n.
 * @throws {@link SamplingError} `lattice`, `argument`, `no-path`; `rng` when drawing.
 * @remarks The n best once, then O(n) a draw. The largest weight is taken out before exponentials are, so that long
 * texts cannot underflow. Kudo 2018, *Subword regularization*.
 */
export function nbestSampler<L extends Lattice>(
  lattice: L,
  n: number,
  options?: DrawOptions,
): (rng?: () => number) => SampledPath<L> {
  const { alpha, uniform } = checked(lattice, options);
  if (!Number.isInteger(n) || n < 1)
    throw new SamplingError("argument", `n must be a positive integer, got ${n}`);
  const paths: Path<L>[] = nbest(lattice, alpha === Infinity ? 1 : n);
  if (paths.length === 0) throw noPath(lattice.length);
  // A single path has all the weight, whatever alpha.
  const logs = paths.length === 1 ? [0] : paths.map(({ score }) => alpha * score);
  const largest = logs.reduce((high, log) => Math.max(high, log), -Infinity);
  const total = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0);
  return (rng) => {
    let left = (rng === undefined ? uniform : guarded(rng))() * total;
    let at = 0;
    for (; at + 1 < paths.length; at++) {
      left -= Math.exp(logs[at]! - largest);
      if (left < 0) break;
    }
    return { ...paths[at]!, logProbability: logs[at]! - largest - Math.log(total) };
  };
}

/**
 * One draw of {@link nbestSampler}.
 *
 * @throws {@link SamplingError} as there.
 */
export function nbestSample<L extends Lattice>(lattice: L, n: number, options?: DrawOptions): SampledPath<L> {
  return nbestSampler(lattice, n, options)();
}
