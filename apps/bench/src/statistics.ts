/** The middle of some numbers, and the quartiles that hold half of them between. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The quantile of order p by linear interpolation between order statistics (R's type 7); NaN for no values.
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  // Infinities have no difference.
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** Median and quartiles. */
export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** A figure of one round. */
export interface RoundValue {
  readonly round: number;
  readonly value: number;
}

/**
 * Median and quartiles of numerator ÷ denominator, round by round: what disturbs a round disturbs both, and cancels.
 * Rounds that only one of them has are left out.
 */
export function ratioSpread(numerator: readonly RoundValue[], denominator: readonly RoundValue[]): Spread {
  const below = new Map(denominator.map(({ round, value }) => [round, value]));
  const ratios = numerator.flatMap(({ round, value }) => {
    const other = below.get(round);
    return other === undefined ? [] : [value / other];
  });
  return spread(ratios);
}
