import type { Histogram } from "./binned-samples.ts";

/** Bins for each term of a fit: what sharing between nodes blurs is then a hundredth of the narrowest peak. */
const BINS_PER_TERM = 32;

/**
 * The shares of equally spaced angles from 0 on, as few as a number of terms allows; on an interval, those of the mirror
 * image too: masses divided by a weight.
 *
 * @remarks Sharing a node in two halves between its neighbours gives what binning into half as many bins would have.
 */
export function sharesOf({ masses, support, bins }: Histogram, weight: number, terms: number): Float64Array {
  const even = support.kind === "interval";
  const nodes = even ? 2 * bins : bins;
  let shares = Float64Array.from({ length: nodes }, (_, j) => {
    if (j === 0) return (masses[0]! + (even ? 0 : masses[bins]!)) / weight;
    if (!even || j === bins) return masses[j]! / weight;
    return masses[Math.min(j, nodes - j)]! / (2 * weight);
  });
  while (shares.length >= 2 * BINS_PER_TERM * (terms + 1) && shares.length > 64) {
    const fine = shares;
    const last = fine.length - 1;
    shares = Float64Array.from(
      { length: fine.length / 2 },
      (_, j) => fine[2 * j]! + (fine[2 * j + 1]! + fine[(2 * j + last) & last]!) / 2,
    );
  }
  return shares;
}
