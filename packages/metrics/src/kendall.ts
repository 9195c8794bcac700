import { MetricsError } from "./metrics-error.ts";
import { order } from "./ranks.ts";
import { pairOf, refuseNonFinite, type Vector } from "./vector.ts";

/**
 * Kendall's rank correlation tau-b, in [−1, 1]: concordant less discordant pairs, over the geometric mean of the pairs
 * that are not tied in x and those that are not tied in y.
 *
 * @throws {@link MetricsError} `constant` if all entries of one are equal; `length`, `empty`, `value`, `argument`.
 * @remarks O(n log n), after Knight (1966): sorted by x, the discordant pairs are the inversions of y, which a merge sort
 * counts.
 */
export function kendall(x: Vector, y: Vector): number {
  const [a, b] = pairOf(x, y);
  refuseNonFinite(a, "x");
  refuseNonFinite(b, "y");
  const byX = order(a, (i, j) => b[i]! - b[j]!);
  const tiedX = tiedPairs(byX, (i, j) => a[i] === a[j]);
  const tiedBoth = tiedPairs(byX, (i, j) => a[i] === a[j] && b[i] === b[j]);
  const tiedY = tiedPairs(order(b), (i, j) => b[i] === b[j]);
  const discordant = inversions(Float64Array.from(byX, (i) => b[i]!));
  const pairs = (a.length * (a.length - 1)) / 2;
  if (tiedX === pairs || tiedY === pairs)
    throw new MetricsError("constant", "all entries of x or y are equal: nothing correlates with them");
  const balance = pairs - tiedX - tiedY + tiedBoth - 2 * discordant;
  return Math.max(-1, Math.min(1, balance / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)));
}

/** How many pairs of neighbours in an order, near or far, are equal. */
function tiedPairs(sorted: Uint32Array, equal: (i: number, j: number) => boolean): number {
  let pairs = 0;
  for (let start = 0, stop = 0; start < sorted.length; start = stop) {
    while (stop < sorted.length && equal(sorted[start]!, sorted[stop]!)) stop++;
    pairs += ((stop - start) * (stop - start - 1)) / 2;
  }
  return pairs;
}

/** How many pairs stand in the wrong order; sorts the values, runs of 1, 2, 4, … merged. */
function inversions(values: Float64Array): number {
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      const end = Math.min(middle + width, from.length);
      let [i, j] = [start, middle];
      for (let place = start; place < end; place++) {
        if (j === end || (i < middle && from[i]! <= from[j]!)) {
          to[place] = from[i++]!;
        } else {
          count += middle - i;
          to[place] = from[j++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
