import { MetricsError } from "../metrics-error.ts";
import { numbersOf, type Vector } from "../vector.ts";
import { chiSquaredTail } from "./chi-squared-tail.ts";

/** What a test finds. */
export interface TestResult {
  readonly statistic: number;
  /** Degrees of freedom of the χ² distribution that the statistic has in the limit of many observations. */
  readonly degrees: number;
  /** The probability of a statistic at least as large if what is tested holds, by that distribution. */
  readonly pValue: number;
}

export interface FitOptions {
  /**
   * What the counts are expected to be in proportion to: probabilities, counts or other weights, all above 0. Default: all
   * equal.
   */
  readonly expected?: Vector | undefined;
  /** How many parameters of the expected proportions were fitted to the counts; each takes a degree. Default: 0. */
  readonly fitted?: number;
}

/**
 * Pearson's χ² test that counts come from the expected proportions: Σ (observed − expected)² / expected.
 *
 * @throws {@link MetricsError} `value` for a count below 0 or an expectation not above 0 (`at`: which); `empty`, `length`,
 * `zero` if nothing was counted; `argument`.
 * @remarks O(n). The p-value is the limit's: have some five expected in each cell at least.
 */
export function chiSquaredTest(observed: Vector, options: FitOptions = {}): TestResult {
  return fit(observed, options, squared);
}

/**
 * The G test, of the likelihood ratio, that counts come from the expected proportions: 2 Σ observed · log(observed /
 * expected), twice their number times the Kullback–Leibler divergence.
 *
 * @throws {@link MetricsError} as {@link chiSquaredTest}.
 * @remarks O(n).
 */
export function gTest(observed: Vector, options: FitOptions = {}): TestResult {
  return fit(observed, options, logRatio);
}

/** The part of a cell in a statistic. */
export type Cell = (observed: number, expected: number) => number;

export const squared: Cell = (observed, expected) => (observed - expected) ** 2 / expected;

/** Less (observed − expected), which sums to nothing, so that no part is negative and little cancels. */
export const logRatio: Cell = (observed, expected) =>
  2 * ((observed > 0 ? observed * Math.log(observed / expected) : 0) - (observed - expected));

function fit(observed: Vector, { expected, fitted = 0 }: FitOptions, cell: Cell): TestResult {
  const total = totalOf(numbersOf(observed, "observed"), "observed");
  if (expected !== undefined && numbersOf(expected, "expected").length !== observed.length)
    throw new MetricsError("length", `${observed.length} counts, and ${expected.length} expected`);
  const weight = expected === undefined ? observed.length : totalOf(expected, "expected");
  const degrees = observed.length - 1 - fitted;
  if (!(Number.isInteger(fitted) && fitted >= 0 && degrees > 0))
    throw new MetricsError(
      "argument",
      `${observed.length} cells and ${fitted} fitted leave no degree of freedom`,
    );
  let statistic = 0;
  for (let i = 0; i < observed.length; i++) {
    const share = expected === undefined ? 1 : expected[i]!;
    if (share === 0) throw new MetricsError("value", `expected[${i}] is 0`, i);
    statistic += cell(observed[i]!, share * (total / weight));
  }
  return resultOf(statistic, degrees);
}

/** @throws {@link MetricsError} `value` for an entry that is no finite number from 0; `zero` if all are 0. */
export function totalOf(counts: Vector, name: string): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i]! >= 0 && counts[i]! < Infinity))
      throw new MetricsError("value", `${name}[${i}] is ${counts[i]!}; want a number ≥ 0`, i);
    total += counts[i]!;
  }
  if (total === 0) throw new MetricsError("zero", `${name} has nothing counted`);
  return total;
}

/** @throws {@link MetricsError} `value` where counts are so large that the statistic leaves float64's range. */
export function resultOf(statistic: number, degrees: number): TestResult {
  if (!Number.isFinite(statistic))
    throw new MetricsError("value", "the counts are too large or too far apart");
  const bounded = Math.max(0, statistic);
  return { statistic: bounded, degrees, pValue: chiSquaredTail(bounded, degrees) };
}
