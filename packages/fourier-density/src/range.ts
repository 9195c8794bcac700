/** All numbers from `low` to `high`. */
export type Range = readonly [low: number, high: number];

/** A range widened by `more` on both sides. */
export function plus([low, high]: Range, more: number): Range {
  return [low - more, high + more];
}

/** The sums of numbers of each. */
export function sum(...ranges: readonly Range[]): Range {
  return [
    ranges.reduce((total, [low]) => total + low, 0),
    ranges.reduce((total, [, high]) => total + high, 0),
  ];
}

/** The products of numbers of both. */
export function product([a, b]: Range, [c, d]: Range): Range {
  return [Math.min(a * c, a * d, b * c, b * d), Math.max(a * c, a * d, b * c, b * d)];
}

export function excludesZero([low, high]: Range): boolean {
  return low > 0 || high < 0;
}
