/** Points, and the probability that a law gives to each: the integral of g under the law is Σ massᵢ g(xᵢ). They come in
 * panels of {@link ORDER} each. */
export interface Nodes {
  readonly x: Float64Array;
  readonly mass: Float64Array;
}

/** Nodes in a panel. */
export const ORDER = 8;

/** Gauss–Legendre nodes on [−1, 1] and their weights, of that order (Abramowitz and Stegun, table 25.4). */
const ABSCISSAE = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * Gauss–Legendre nodes in each panel between neighbours of `breaks`, which increase; on them x(t) and the density of t
 * are smooth.
 *
 * @param density - That of the law in terms of t: p(x(t)) · x′(t).
 */
export function nodesIn(
  breaks: readonly number[],
  density: (t: number) => number,
  x: (t: number) => number = (t) => t,
): Nodes {
  const ts = breaks.slice(1).flatMap((upper, i) => {
    const lower = breaks[i]!;
    const [middle, half] = [(lower + upper) / 2, (upper - lower) / 2];
    return ABSCISSAE.flatMap((abscissa, k) =>
      [-abscissa, abscissa].map((a) => ({ t: middle + half * a, weight: half * WEIGHTS[k]! })),
    );
  });
  return {
    x: Float64Array.from(ts, ({ t }) => x(t)),
    mass: Float64Array.from(ts, ({ t, weight }) => weight * density(t)),
  };
}

/** So many panels of equal width between each two neighbours. */
export function divided(breaks: readonly number[], panels: number): number[] {
  return [
    ...breaks
      .slice(0, -1)
      .flatMap((lower, i) =>
        Array.from({ length: panels }, (_, k) => lower + (k / panels) * (breaks[i + 1]! - lower)),
      ),
    breaks.at(-1)!,
  ];
}
