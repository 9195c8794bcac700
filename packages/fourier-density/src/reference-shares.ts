import { complementaryError } from "./complementary-error.ts";
import type { Line, Support } from "./support.ts";

/**
 * Writes R(x), in [0, 1], for samples inside a support, and gives Σ log r(x), weighted.
 *
 * @param values - Finite; the result is written over the first `count` of them.
 * @param weights - One for each, or none.
 * @remarks The loops of {@link referenceAngle} and {@link logReference}, without their relative precision in tails: that
 * is below what a bin can hold. A few to some 30 ns a sample.
 */
export function referenceShares(
  support: Support,
  values: Float64Array,
  weights: Float64Array | undefined,
  count: number,
): number {
  const total = totalOf(weights, count);
  if (support.kind === "line")
    return lineShares(support, values, weights, count) - total * Math.log(support.scale);
  const { lower, upper } = support;
  const scale = 1 / (upper - lower);
  if (support.kind === "circle")
    for (let i = 0; i < count; i++) {
      const turns = (values[i]! - lower) * scale;
      values[i] = turns - Math.floor(turns);
    }
  else if (support.map === "linear")
    for (let i = 0; i < count; i++) values[i] = Math.min((values[i]! - lower) * scale, 1);
  else return arcsineShares(lower, upper, values, weights, count);
  return total * Math.log(scale);
}

function arcsineShares(
  lower: number,
  upper: number,
  values: Float64Array,
  weights: Float64Array | undefined,
  count: number,
): number {
  // At an end the density is infinite; what is as near as numbers can be is taken for it.
  const least = (upper - lower) * Number.EPSILON;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const [below, above] = [values[i]! - lower, upper - values[i]!];
    values[i] = (2 / Math.PI) * Math.atan2(Math.sqrt(below), Math.sqrt(above));
    const log = Math.log(Math.max(below, least)) + Math.log(Math.max(above, least));
    sum -= (weights === undefined ? 1 : weights[i]!) * (log / 2 + Math.log(Math.PI));
  }
  return sum;
}

function lineShares(
  { map, location, scale }: Line,
  values: Float64Array,
  weights: Float64Array | undefined,
  count: number,
): number {
  let sum = 0;
  if (map === "atan" || map === "erf") {
    for (let i = 0; i < count; i++) {
      const z = (values[i]! - location) / scale;
      const w = weights === undefined ? 1 : weights[i]!;
      if (map === "atan") {
        values[i] = 0.5 + Math.atan(z) / Math.PI;
        const square = z * z;
        sum -=
          w *
          (square < Infinity
            ? Math.log(Math.PI * (1 + square))
            : Math.log(Math.PI) + 2 * Math.log(Math.abs(z)));
      } else {
        const tail = complementaryError(Math.abs(z)) / 2;
        values[i] = z < 0 ? tail : 1 - tail;
        sum -= w * Math.min(z * z + Math.log(Math.PI) / 2, Number.MAX_VALUE);
      }
    }
    return sum;
  }
  // With e = e^{−|y|}: R is e / (1 + e) or 1 / (1 + e), and r is e / (1 + e)². The logarithm of a product of (1 + e),
  // each in (1, 2], is taken every 512 factors.
  const factor = map === "tanh" ? 2 / scale : 1 / scale;
  for (let from = 0; from < count; from += 512) {
    const to = Math.min(from + 512, count);
    let product = 1;
    for (let i = from; i < to; i++) {
      const y = (values[i]! - location) * factor;
      const size = Math.abs(y);
      const e = Math.exp(-size);
      values[i] = (y < 0 ? e : 1) / (1 + e);
      if (weights === undefined) {
        sum -= size;
        product *= 1 + e;
      } else sum -= weights[i]! * (size + 2 * Math.log1p(e));
    }
    sum -= 2 * Math.log(product);
  }
  return map === "tanh" ? sum + totalOf(weights, count) * Math.LN2 : sum;
}

function totalOf(weights: Float64Array | undefined, count: number): number {
  if (weights === undefined) return count;
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i]!;
  return total;
}
