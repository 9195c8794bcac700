import type { Estimate } from "../density.ts";
import { scottBandwidth, sheatherJonesBandwidth, silvermanBandwidth } from "./bandwidth.ts";
import { type Bins, binned } from "./bins.ts";

/** How wide a kernel is: a number, or a rule that finds one. */
export type Bandwidth = number | "scott" | "silverman" | "sheather-jones";

/** A normal kernel about each sample: p(x) = Σ shareⱼ φ((x − gⱼ) / h) / h over the nodes of a grid that the samples are
 * shared among. */
export class KernelDensity implements Estimate {
  readonly bandwidth: number;
  readonly parameters = 1;
  readonly #bins: Bins;
  /** The nearest node with a share at or below each node, and at or above it; −1 and the node count for none. */
  readonly #below: Int32Array;
  readonly #above: Int32Array;

  constructor(bins: Bins, bandwidth: number) {
    this.bandwidth = bandwidth;
    this.#bins = bins;
    const nodes = bins.shares.length;
    this.#below = new Int32Array(nodes);
    this.#above = new Int32Array(nodes);
    for (let i = 0, last = -1; i < nodes; i++) this.#below[i] = last = bins.shares[i]! > 0 ? i : last;
    for (let i = nodes - 1, last = nodes; i >= 0; i--) this.#above[i] = last = bins.shares[i]! > 0 ? i : last;
  }

  /**
   * The sum over all nodes that matter to 17 digits, relative to the kernel of the nearest one, so that it is finite
   * however far out x lies. A kernel differs from its neighbour by a factor that itself changes by a fixed one: a node
   * takes two multiplications.
   */
  logPdf(x: number): number {
    const { lower, step, shares } = this.#bins;
    const last = shares.length - 1;
    const place = (x - lower) / step;
    const floor = Math.min(last, Math.max(-1, Math.floor(place)));
    const below = floor < 0 ? -1 : this.#below[floor]!;
    const above = floor >= last ? last + 1 : this.#above[floor + 1]!;
    const toBelow = below < 0 ? Infinity : place - below;
    const toAbove = above > last ? Infinity : above - place;
    const nearest = Math.min(toBelow, toAbove);
    const c = (step / this.bandwidth) ** 2;
    const reach = Math.sqrt(nearest ** 2 + 80 / c);
    const shrink = Math.exp(-c);

    let sum = 0;
    if (toBelow <= reach) {
      let kernel = Math.exp(-0.5 * c * (toBelow ** 2 - nearest ** 2));
      let factor = Math.exp(-c * (toBelow + 0.5));
      for (let j = below; j >= 0 && place - j <= reach; j--) {
        sum += shares[j]! * kernel;
        kernel *= factor;
        factor *= shrink;
      }
    }
    if (toAbove <= reach) {
      let kernel = Math.exp(-0.5 * c * (toAbove ** 2 - nearest ** 2));
      let factor = Math.exp(-c * (toAbove + 0.5));
      for (let j = above; j <= last && j - place <= reach; j++) {
        sum += shares[j]! * kernel;
        kernel *= factor;
        factor *= shrink;
      }
    }
    return Math.log(sum) - 0.5 * c * nearest ** 2 - Math.log(this.bandwidth * Math.sqrt(2 * Math.PI));
  }
}

/**
 * A kernel density estimate.
 *
 * @param samples - Finite, not all equal.
 * @throws RangeError for other samples, and where the rule finds no bandwidth.
 */
export function kernelDensity(
  samples: ArrayLike<number>,
  bandwidth: Bandwidth = "sheather-jones",
): KernelDensity {
  const bins = binned(samples);
  if (typeof bandwidth === "number") return new KernelDensity(bins, bandwidth);
  const rule = {
    scott: scottBandwidth,
    silverman: silvermanBandwidth,
    "sheather-jones": sheatherJonesBandwidth,
  }[bandwidth];
  return new KernelDensity(bins, rule(bins));
}
