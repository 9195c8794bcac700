import type { RandomSource } from "../density.ts";
import { GaussianMixture } from "../gaussian-mixture.ts";
import { LOG_ROOT_TWO_PI } from "../normal.ts";
import { adam, type Training } from "./adam.ts";
import { momentsOf } from "./moments.ts";
import { dataPoints } from "./starts.ts";

/** How a mixture is trained by gradient. */
export interface GradientOptions extends Partial<Training> {
  readonly components: number;
  readonly rng: RandomSource;
}

/**
 * A mixture of normal laws, its loss −log p made small by Adam: what one gets who ends a network in a mixture. Means start
 * at data points; weights are a softmax, deviations exponentials.
 *
 * @remarks Defaults: 2,500 steps of 256 samples, rate 0.02.
 */
export function fitMixtureByGradient(samples: ArrayLike<number>, options: GradientOptions): GaussianMixture {
  const { components, rng, steps = 2500, batch = 256, rate = 0.02 } = options;
  const { mean, deviation } = momentsOf(samples, new Float64Array(samples.length).fill(1));
  const drawn = (): number => (samples[Math.floor(rng() * samples.length)]! - mean) / deviation;
  const pool = Float64Array.from({ length: Math.min(samples.length, 10_000) }, drawn);
  const starts = dataPoints(pool, new Float64Array(pool.length).fill(1), components, rng);
  // Logits, means, logarithms of deviations, in units of the samples' own deviation.
  const parameters = Float64Array.of(
    ...new Float64Array(components),
    ...starts,
    ...new Float64Array(components).fill(-Math.log(components)),
  );
  const some = new Float64Array(batch);
  const gradient = (into: Float64Array): void => {
    for (let i = 0; i < batch; i++) some[i] = drawn();
    mixtureLoss(parameters, some, into);
  };
  adam(parameters, gradient, { steps, rate });
  return mixtureOf(parameters, mean, deviation);
}

/** The mixture that logits, means and logarithms of deviations stand for, in other units. */
function mixtureOf(parameters: Float64Array, location: number, scale: number): GaussianMixture {
  const size = parameters.length / 3;
  const top = Math.max(...parameters.subarray(0, size));
  const shares = parameters.subarray(0, size).map((logit) => Math.exp(logit - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return new GaussianMixture(
    shares.map((share) => share / total),
    parameters.subarray(size, 2 * size).map((m) => location + scale * m),
    parameters.subarray(2 * size).map((s) => scale * Math.exp(s)),
  );
}

/** The mean of −log p over the values, and its gradient. */
export function mixtureLoss(parameters: Float64Array, values: Float64Array, gradient: Float64Array): number {
  const size = parameters.length / 3;
  const top = Math.max(...parameters.subarray(0, size));
  const shares = parameters.subarray(0, size).map((logit) => Math.exp(logit - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  gradient.fill(0);
  const term = new Float64Array(size);
  let loss = 0;
  for (const x of values) {
    let largest = -Infinity;
    for (let k = 0; k < size; k++) {
      const log = parameters[2 * size + k]!;
      const z = (x - parameters[size + k]!) * Math.exp(-log);
      term[k] = parameters[k]! - top - log - 0.5 * z * z;
      largest = Math.max(largest, term[k]!);
    }
    let sum = 0;
    for (let k = 0; k < size; k++) sum += term[k] = Math.exp(term[k]! - largest);
    loss -= largest + Math.log(sum);
    for (let k = 0; k < size; k++) {
      const responsibility = term[k]! / sum;
      const inverse = Math.exp(-parameters[2 * size + k]!);
      const z = (x - parameters[size + k]!) * inverse;
      gradient[k]! += (shares[k]! / total - responsibility) / values.length;
      gradient[size + k]! -= (responsibility * z * inverse) / values.length;
      gradient[2 * size + k]! -= (responsibility * (z * z - 1)) / values.length;
    }
  }
  return loss / values.length + Math.log(total) + LOG_ROOT_TWO_PI;
}
