import type { Estimate, RandomSource } from "./density.ts";
import { drawNormal, LOG_ROOT_TWO_PI, normalCdf } from "./normal.ts";

/** A mixture of normal laws: a target, and what {@link fitMixtureByEm} and {@link fitMixtureByGradient} give. */
export class GaussianMixture implements Estimate {
  /** In [0, 1], with the sum 1. */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  /** Standard deviations, positive. */
  readonly deviations: Float64Array;
  /** The logarithm of each component's density at its mean, times its weight. */
  readonly #logPeaks: Float64Array;

  constructor(weights: ArrayLike<number>, means: ArrayLike<number>, deviations: ArrayLike<number>) {
    this.weights = Float64Array.from(weights);
    this.means = Float64Array.from(means);
    this.deviations = Float64Array.from(deviations);
    this.#logPeaks = this.weights.map(
      (w, k) => Math.log(w) - Math.log(this.deviations[k]!) - LOG_ROOT_TWO_PI,
    );
  }

  /** Weights but one, means and deviations. */
  get parameters(): number {
    return 3 * this.weights.length - 1;
  }

  /** By log-sum-exp, so that it is finite however far out x lies. */
  logPdf(x: number): number {
    const { means, deviations } = this;
    const logPeaks = this.#logPeaks;
    let top = -Infinity;
    for (let k = 0; k < means.length; k++) {
      const z = (x - means[k]!) / deviations[k]!;
      top = Math.max(top, logPeaks[k]! - 0.5 * z * z);
    }
    let sum = 0;
    for (let k = 0; k < means.length; k++) {
      const z = (x - means[k]!) / deviations[k]!;
      sum += Math.exp(logPeaks[k]! - 0.5 * z * z - top);
    }
    return top + Math.log(sum);
  }

  cdf(x: number): number {
    return this.weights.reduce(
      (sum, w, k) => sum + w * normalCdf((x - this.means[k]!) / this.deviations[k]!),
      0,
    );
  }

  draw(rng: RandomSource): number {
    let u = rng();
    let k = 0;
    while (k < this.weights.length - 1 && u >= this.weights[k]!) u -= this.weights[k++]!;
    return this.means[k]! + this.deviations[k]! * drawNormal(rng);
  }
}
