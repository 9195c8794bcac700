import type { Amplitude } from "./amplitude.ts";
import type { AngleTable } from "./angle-table.ts";
import type { Atoms } from "./atoms.ts";
import { expectation } from "./expectation.ts";
import { type Circle, intoPeriod, type Support, valueAt } from "./support.ts";

export interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** E ((X − mean) / σ)³. */
  readonly skewness: number;
  /** E ((X − mean) / σ)⁴: 3 for a normal law. */
  readonly kurtosis: number;
}

/**
 * Mean, variance, skewness and kurtosis. On a circle those of its period cut open at the ends.
 *
 * @remarks Integrals of a polynomial, or its like with logarithmic tails, times a trigonometric polynomial, by rules that
 * are exact to rounding. Under the map `atan` tails are a Cauchy law's: no mean (NaN), infinite variance.
 */
export function momentsOf(
  table: AngleTable,
  terms: number,
  support: Support,
  atoms: Atoms,
  rest: number,
): Moments {
  if (rest > 0 && support.kind === "line" && support.map === "atan")
    return { mean: NaN, variance: Infinity, skewness: NaN, kurtosis: NaN };
  // in units of the support about a point within, so that one far from 0 or of any width costs no digits
  const centre = valueAt(support, support.kind === "interval" ? Math.PI / 2 : Math.PI);
  const unit = support.kind === "line" ? support.scale : support.upper - support.lower;
  const mean = (f: (z: number) => number): number => {
    const at = (x: number) => f((x - centre) / unit);
    let sum = rest > 0 ? rest * expectation(table, terms, (angle) => at(valueAt(support, angle))) : 0;
    for (let i = 0; i < atoms.values.length; i++) sum += atoms.masses[i]! * at(atoms.values[i]!);
    return sum;
  };
  const middle = mean((z) => z);
  const variance = mean((z) => (z - middle) ** 2);
  const deviation = Math.sqrt(variance);
  return {
    mean: centre + unit * middle,
    variance: unit ** 2 * variance,
    skewness: mean((z) => ((z - middle) / deviation) ** 3),
    kurtosis: mean((z) => ((z - middle) / deviation) ** 4),
  };
}

/** A moment E e^{inφ} of the direction φ = 2πX / period, and what it says of where points gather. */
export interface CircularMoment {
  readonly re: number;
  readonly im: number;
  /** Its length, in [0, 1]: 1 where all points are one, of order n; 0 for a uniform law. */
  readonly resultantLength: number;
  /** The point of [lower, upper) in its direction, for order 1 the mean direction. */
  readonly direction: number;
}

/** The circular moment of an amplitude: its autocorrelation, turned by where the period begins. O(terms). */
export function circularMomentOf(
  amplitude: Amplitude,
  { lower, upper }: Circle,
  order: number,
  atoms: Atoms,
  rest: number,
): CircularMoment {
  const turn = (2 * Math.PI * order) / (upper - lower);
  let [x, y] = [0, 0]; // E e^{inθ}, the conjugate of Σ aₖ āₖ₊ₙ
  for (let k = 0; k + order < amplitude.re.length; k++) {
    const [a, b] = [amplitude.re[k]!, amplitude.im[k]!];
    const [c, d] = [amplitude.re[k + order]!, amplitude.im[k + order]!];
    x += a * c + b * d;
    y += a * d - b * c;
  }
  const [cos, sin] = [Math.cos(turn * lower), Math.sin(turn * lower)];
  let [re, im] = [rest * (x * cos - y * sin), rest * (x * sin + y * cos)];
  for (let i = 0; i < atoms.values.length; i++) {
    re += atoms.masses[i]! * Math.cos(turn * atoms.values[i]!);
    im += atoms.masses[i]! * Math.sin(turn * atoms.values[i]!);
  }
  const direction = intoPeriod({ kind: "circle", lower, upper }, Math.atan2(im, re) / turn);
  return {
    re,
    im,
    resultantLength: Math.min(Math.hypot(re, im), 1),
    direction: direction < upper ? direction : lower,
  };
}
