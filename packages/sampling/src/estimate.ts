import { requireArray } from "./categorical.ts";
import { SamplingError } from "./sampling-error.ts";

/** An estimate of a mean, and how far off it may be. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly standardError: number;
  /** The interval that covers the true mean with about the confidence asked for. */
  readonly low: number;
  readonly high: number;
}

/**
 * Estimates the mean of a value from independent draws, with a confidence interval by the normal approximation. For a
 * value that adds up along a path no draws are needed: `expectation` of `@lemmata/lattice` is exact.
 *
 * @param draws - What was drawn, two or more: `perfectSampler(lattice).draw(k)`.
 * @param value - The value of one draw.
 * @param options - `confidence`, in (0, 1); 0.95 if left out.
 * @throws {@link SamplingError} `argument`: fewer than two draws, a value that is not finite, a confidence out of range.
 * @remarks O(draws); mean and variance in one pass (Welford 1962).
 */
export function estimateMean<T>(
  draws: Iterable<T>,
  value: (draw: T) => number,
  options?: { readonly confidence?: number },
): Estimate {
  const confidence = options?.confidence ?? 0.95;
  if (!(confidence > 0 && confidence < 1))
    throw new SamplingError("argument", `confidence must lie between 0 and 1, got ${confidence}`);
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const draw of draws) {
    const x = value(draw);
    if (!Number.isFinite(x)) throw new SamplingError("argument", `the value of draw ${n} is ${x}`);
    n++;
    const ahead = x - mean;
    mean += ahead / n;
    squares += ahead * (x - mean);
  }
  if (n < 2) throw new SamplingError("argument", `an interval needs two draws or more, got ${n}`);
  const standardError = Math.sqrt(squares / (n - 1) / n);
  // From the tail, which is exact where 1 + confidence would round.
  const reach = -normalQuantile((1 - confidence) / 2) * standardError;
  return { mean, standardError, low: mean - reach, high: mean + reach };
}

/**
 * Effective sample size of weighted draws, (Σ w)² / Σ w²: from 1, when one draw has all the weight, to their number.
 *
 * @throws {@link SamplingError} `argument` for weights that are negative, not finite, or all 0.
 * @remarks O(n). Kish 1965.
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  requireArray(weights);
  // Scaled by the largest, so that squares neither overflow nor vanish.
  let largest = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity))
      throw new SamplingError("argument", `weight ${i} is ${weights[i]}; want a finite number ≥ 0`);
    largest = Math.max(largest, weights[i]!);
  }
  if (largest === 0) throw new SamplingError("argument", "no weight is above 0");
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]! / largest;
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}

/**
 * The p-quantile of the standard normal distribution, for 0 < p ≤ ½.
 *
 * @remarks Acklam's rational approximation in three pieces, relative error below 1.2e−9.
 */
function normalQuantile(p: number): number {
  const low = 0.02425;
  if (p < low) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(MIDDLE_TOP, r) * q) / (polynomial(MIDDLE_BOTTOM, r) * r + 1);
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((value, coefficient) => value * x + coefficient, 0);
const MIDDLE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const MIDDLE_BOTTOM = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
