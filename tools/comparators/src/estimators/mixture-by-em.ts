import type { RandomSource } from "../density.ts";
import { GaussianMixture } from "../gaussian-mixture.ts";
import { LOG_ROOT_TWO_PI } from "../normal.ts";
import { momentsOf } from "./moments.ts";
import { dataPoints } from "./starts.ts";

/** Where expectation–maximisation begins, how often, and when it has converged. */
export interface EmOptions {
  /** How many normal laws. */
  readonly components: number;
  readonly rng: RandomSource;
  /** A weight for each value, if they are not all alike; as of bins. */
  readonly weights?: ArrayLike<number>;
  /** Starts, of which the likeliest outcome is taken. Default: 3. */
  readonly starts?: number;
  /** Converged is what gains less than this a step, in nats a sample. Default: 1e-7. */
  readonly tolerance?: number;
  /** Default: 20,000. */
  readonly maxSteps?: number;
}

/** A fitted mixture, and how it came about. */
export interface EmFit {
  readonly mixture: GaussianMixture;
  /** Mean log-likelihood of the values, in nats. */
  readonly logLikelihood: number;
  /** Steps that the chosen start took. */
  readonly steps: number;
  readonly converged: boolean;
}

/** The best of several runs of expectation–maximisation, each from means that are data points far from each other. */
export function fitMixtureByEm(values: ArrayLike<number>, options: EmOptions): EmFit {
  const { components, rng, starts = 3 } = options;
  const weights = options.weights ?? new Float64Array(values.length).fill(1);
  const { deviation } = momentsOf(values, weights);
  const fits = Array.from({ length: starts }, () =>
    climb(
      values,
      weights,
      new GaussianMixture(
        new Float64Array(components).fill(1 / components),
        dataPoints(values, weights, components, rng),
        new Float64Array(components).fill(deviation / components),
      ),
      options,
    ),
  );
  return fits.reduce((best, fit) => (fit.logLikelihood > best.logLikelihood ? fit : best));
}

/** No component becomes narrower than this share of the whole: a single value has infinite likelihood. */
const NARROWEST = 1e-3;

/** Expectation–maximisation from a start. */
export function climb(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  start: GaussianMixture,
  { tolerance = 1e-7, maxSteps = 20_000 }: Pick<EmOptions, "tolerance" | "maxSteps"> = {},
): EmFit {
  const { total, deviation } = momentsOf(values, weights);
  const narrowest = (NARROWEST * deviation) ** 2;
  const size = start.weights.length;
  const [share, mean, variance] = [
    start.weights.slice(),
    start.means.slice(),
    start.deviations.map((s) => s * s),
  ];
  const [mass, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const [logPeak, half] = [new Float64Array(size), new Float64Array(size)];
  const term = new Float64Array(size);
  let before = -Infinity;
  let logLikelihood = -Infinity;
  let steps = 0;
  for (; steps < maxSteps; steps++) {
    mass.fill(0);
    first.fill(0);
    second.fill(0);
    for (let k = 0; k < size; k++) {
      half[k] = -0.5 / variance[k]!;
      logPeak[k] = Math.log(share[k]!) - 0.5 * Math.log(variance[k]!) - LOG_ROOT_TWO_PI;
    }
    let log = 0;
    for (let i = 0; i < values.length; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      const x = values[i]!;
      let top = -Infinity;
      for (let k = 0; k < size; k++) {
        const d = x - mean[k]!;
        const exponent = logPeak[k]! + half[k]! * d * d;
        term[k] = exponent;
        if (exponent > top) top = exponent;
      }
      let sum = 0;
      for (let k = 0; k < size; k++) {
        // e^−40 of the largest is below the rounding of the sum.
        const e = term[k]! - top < -40 ? 0 : Math.exp(term[k]! - top);
        term[k] = e;
        sum += e;
      }
      log += weight * (top + Math.log(sum));
      const scale = weight / sum;
      for (let k = 0; k < size; k++) {
        const d = x - mean[k]!;
        const r = scale * term[k]!;
        mass[k]! += r;
        first[k]! += r * d;
        second[k]! += r * d * d;
      }
    }
    logLikelihood = log / total;
    if (logLikelihood - before < tolerance) break;
    before = logLikelihood;
    for (let k = 0; k < size; k++) {
      share[k] = mass[k]! / total;
      // One that no value belongs to stays where it is, with weight 0.
      if (mass[k] === 0) continue;
      const shift = first[k]! / mass[k]!;
      mean[k]! += shift;
      variance[k] = Math.max(narrowest, second[k]! / mass[k]! - shift * shift);
    }
  }
  const mixture = new GaussianMixture(share, mean, variance.map(Math.sqrt));
  return { mixture, logLikelihood, steps, converged: steps < maxSteps };
}
