import type { Bins } from "./bins.ts";
import { cosineTransform } from "./cosine-transform.ts";

/** The standard deviation of the samples, with n − 1 in the denominator, as scipy takes it. */
function deviation({ shares, lower, step, count }: Bins): number {
  const mean = shares.reduce((sum, share, i) => sum + share * (lower + i * step), 0);
  const variance = shares.reduce((sum, share, i) => sum + share * (lower + i * step - mean) ** 2, 0);
  return Math.sqrt((variance * count) / (count - 1));
}

/** Scott's rule, σ n^{−1/5}: right for one normal law, too wide for what has structure. */
export function scottBandwidth(bins: Bins): number {
  return deviation(bins) * bins.count ** (-1 / 5);
}

/** Silverman's rule, σ (3n/4)^{−1/5}. */
export function silvermanBandwidth(bins: Bins): number {
  return deviation(bins) * ((3 * bins.count) / 4) ** (-1 / 5);
}

/** Derivatives through which the estimate is improved: the paper's l. */
const STAGES = 7;

/**
 * The improved Sheather–Jones bandwidth: the fixed point t = ξ γ^[7](t) of Botev, Grotowski and Kroese (Annals of
 * Statistics 38, 2010), which needs no normal reference law. The norms of the derivatives of the density come from the
 * cosine series of the binned samples.
 *
 * @param bins - Of a power of two of nodes, and of distinct samples.
 * @throws RangeError if the equation has no root, as with very few samples.
 */
export function sheatherJonesBandwidth({ shares, step, count }: Bins): number {
  const nodes = shares.length;
  const squares = cosineTransform(shares).map((a) => a * a);
  /** ‖f^(s)‖² of the density smoothed for a time t, on a unit interval. */
  const norm = (s: number, time: number): number => {
    let sum = 0;
    for (let k = 1; k < nodes; k++) {
      const damping = Math.exp(-k * k * Math.PI * Math.PI * time);
      if (damping === 0) break;
      sum += (Math.PI * k) ** (2 * s) * squares[k]! * damping;
    }
    return sum / 2;
  };
  /** The time that is best if the norms are those at time t, less t. */
  const surplus = (t: number): number => {
    let f = norm(STAGES, t);
    for (let s = STAGES - 1; s >= 2; s--) {
      let odd = 1;
      for (let factor = 3; factor < 2 * s; factor += 2) odd *= factor;
      const weight = (1 + 0.5 ** (s + 0.5)) / 3;
      const time = ((2 * weight * odd) / Math.sqrt(2 * Math.PI) / (count * f)) ** (2 / (3 + 2 * s));
      f = norm(s, time);
    }
    return (2 * count * Math.sqrt(Math.PI) * f) ** (-2 / 5) - t;
  };
  let upper = 1e-10;
  while (!(surplus(upper) < 0)) {
    upper *= 2;
    if (upper > 1) throw new RangeError("the samples are too few for the improved Sheather–Jones bandwidth");
  }
  let lower = upper / 2;
  for (let i = 0; i < 50; i++) {
    const middle = (lower + upper) / 2;
    if (surplus(middle) < 0) upper = middle;
    else lower = middle;
  }
  return Math.sqrt(upper) * step * (nodes - 1);
}
