import { kolmogorovTail } from "./kolmogorov.ts";

export interface GoodnessOfFit {
  /** The probability integral transform: cdf of each sample, uniform on [0, 1] if they come from the density. */
  readonly pit: Float64Array;
  /** Kolmogorov and Smirnov's: the greatest distance of the samples' distribution function from the density's. */
  readonly statistic: number;
  /** The probability of a statistic at least as large under the density. */
  readonly pValue: number;
}

/** Tests whether values are uniform on [0, 1]. O(n log n). */
export function kolmogorovSmirnov(pit: Float64Array): GoodnessOfFit {
  const sorted = pit.slice().sort();
  const n = sorted.length;
  let statistic = 0;
  for (let i = 0; i < n; i++) statistic = Math.max(statistic, sorted[i]! - i / n, (i + 1) / n - sorted[i]!);
  return { pit, statistic, pValue: kolmogorovTail(statistic, n) };
}
