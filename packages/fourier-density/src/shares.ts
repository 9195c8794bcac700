import type { Histogram } from "./binned-samples.ts";

/**
 * The shares of equally spaced angles from 0 on; on an interval, those of the mirror image too: masses divided by a
 * weight.
 *
 * @param least - How many angles there are at least, where there are bins enough.
 * @remarks Sharing a node in two halves between its neighbours gives what binning into half as many bins would have.
 */
export function sharesOf({ masses, support, bins }: Histogram, weight: number, least: number): Float64Array {
  const even = support.kind === "interval";
  // Halve the nodes of one turn, or of half of one on an interval, whose neighbours beyond an end are mirror images.
  let [fine, count] = [masses, bins];
  if (!even) {
    fine = masses.slice(0, bins);
    fine[0]! += masses[bins]!;
  }
  while ((even ? 2 : 1) * count >= 2 * least && count > 64) {
    const coarse = new Float64Array(fine.length - count / 2);
    for (let j = 0; j < coarse.length; j++) {
      const above = 2 * j + 1 < fine.length ? fine[2 * j + 1]! : 0;
      const below = j > 0 ? fine[2 * j - 1]! : even ? 0 : fine[count - 1]!;
      coarse[j] = fine[2 * j]! + (below + above) / 2;
    }
    [fine, count] = [coarse, count / 2];
  }
  if (!even) return fine.map((mass) => mass / weight);
  const shares = new Float64Array(2 * count);
  for (let j = 0; j <= count; j++) {
    shares[j]! += fine[j]! / (2 * weight);
    shares[(2 * count - j) % (2 * count)]! += fine[j]! / (2 * weight);
  }
  return shares;
}
