import type { AngleTable } from "./angle-table.ts";
import {
  type Circle,
  type Interval,
  type Line,
  logisticRate,
  logReference,
  logTail,
  referenceAngle,
  type Support,
} from "./support.ts";

/**
 * log p(x) = log r(x) + log q(θ(x)) for many x, computed from logarithms, so that it is finite for every finite x of the
 * line where the density is positive; −∞ outside an interval, and where q is 0.
 */
export function logDensities(table: AngleTable, support: Support, x: Float64Array, out: Float64Array): void {
  if (support.kind === "circle" || (support.kind === "interval" && support.map === "linear"))
    uniformDensities(table, support, x, out);
  else if (support.kind === "line" && (support.map === "tanh" || support.map === "logit"))
    logisticDensities(table, support, x, out);
  else
    for (let i = 0; i < out.length; i++) {
      const reference = logReference(support, x[i]!);
      const q = table.density(referenceAngle(support, x[i]!));
      // at an end of the arcsine law +∞ − ∞ would be NaN
      out[i] = q === 0 || reference === -Infinity ? -Infinity : Math.log(q) + reference;
    }
  if (support.kind !== "line") return;
  for (let i = 0; i < out.length; i++)
    if (out[i] === -Infinity && Number.isFinite(x[i]))
      out[i] = Math.max(
        table.logDensityNearZero(logTail(support, x[i]!)) + logReference(support, x[i]!),
        -Number.MAX_VALUE,
      );
}

/** The same of a uniform law, whose density is one number. */
function uniformDensities(
  table: AngleTable,
  support: Circle | Interval,
  x: Float64Array,
  out: Float64Array,
): void {
  const { lower, upper } = support;
  const level = -Math.log(upper - lower);
  for (let i = 0; i < out.length; i++) {
    const within = x[i]! >= lower && x[i]! <= upper;
    out[i] = within ? Math.log(table.density(referenceAngle(support, x[i]!))) + level : -Infinity;
  }
}

/** The same of the logistic law, with one exponential for both its angle and its density. */
function logisticDensities(table: AngleTable, support: Line, x: Float64Array, out: Float64Array): void {
  const { location } = support;
  const rate = logisticRate(support);
  for (let i = 0; i < out.length; i++) {
    const deviation = x[i]! - location;
    const exponent = rate * Math.abs(deviation);
    const e = Math.exp(-exponent);
    const share = 1 / (1 + e);
    const angle = 2 * Math.PI * e * share;
    out[i] = Math.log(table.density(deviation > 0 ? -angle : angle) * share * share * rate) - exponent;
  }
}
