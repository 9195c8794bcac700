import {
  complementaryError,
  logComplementaryError,
  inverseComplementaryError,
} from "./complementary-error.ts";
import { DensityError } from "./density-error.ts";
import { fieldsOf } from "./fields.ts";

/**
 * Where a density lives, and the reference law relative to which it is a trigonometric polynomial.
 *
 * With R the reference law's distribution function and r its density, p(x) = r(x) · q(R(x)), where q is a density on
 * [0, 1]: |Σₖ aₖ e^{−ikθ}|² at an angle θ of R(x), with Σ |aₖ|² = 1.
 *
 * - `circle`: R is uniform on one period [lower, upper), θ = 2πR, and both ends are one point;
 * - `interval`: R is uniform on [lower, upper], or the arcsine law for densities that blow up at the ends. θ = πR and
 *   the amplitude is real, so that q is an even (cosine) series and ends which differ do no harm;
 * - `line`: R is the logistic law (`tanh`: R = (1 + tanh z) / 2; `logit`: R = 1 / (1 + e^{−z})), the normal law
 *   (`erf`: R = (1 + erf z) / 2) or the Cauchy law (`atan`: R = ½ + atan(z) / π) of z = (x − location) / scale, and
 *   θ = 2πR.
 *
 * On the circle and the line angles are signed, in (−π, π]: past the middle θ = −2π(1 − R), so that both tails keep
 * their relative precision and end in +0 and −0.
 */
export type Support = Circle | Interval | Line;

export interface Circle {
  readonly kind: "circle";
  readonly lower: number;
  readonly upper: number;
}

export interface Interval {
  readonly kind: "interval";
  readonly lower: number;
  readonly upper: number;
  readonly map: "linear" | "arcsine";
}

export interface Line {
  readonly kind: "line";
  readonly map: "tanh" | "erf" | "atan" | "logit";
  readonly location: number;
  readonly scale: number;
}

/**
 * The angle θ of a point: in [0, π] on an interval, else in [−π, π], from +0 at the lower end over ±π in the middle to
 * −0 at the upper one.
 *
 * @param x - Any number. Points of a circle are taken into its period; those outside an interval, to its end.
 */
export function referenceAngle(support: Support, x: number): number {
  if (support.kind === "line") {
    const z = standard(support, x);
    const angle = 2 * Math.PI * lowerTail(support.map, Math.abs(z));
    return z > 0 ? -angle : angle;
  }
  const { lower, upper } = support;
  const width = upper - lower;
  if (support.kind === "circle") {
    const place = intoPeriod(support, x);
    const [below, above] = [place - lower, upper - place];
    return below <= above ? (2 * Math.PI * below) / width : (-2 * Math.PI * above) / width;
  }
  const below = Math.min(Math.max(x - lower, 0), width);
  const above = Math.min(Math.max(upper - x, 0), width);
  if (support.map === "arcsine") return 2 * Math.atan2(Math.sqrt(below), Math.sqrt(above));
  return below <= above ? (Math.PI * below) / width : Math.PI - (Math.PI * above) / width;
}

/** {@link referenceAngle} of many points; `out` may be `x`. */
export function referenceAngles(support: Support, x: Float64Array, out: Float64Array): void {
  if (support.kind === "line" && (support.map === "tanh" || support.map === "logit")) {
    const { location } = support;
    const rate = logisticRate(support);
    for (let i = 0; i < out.length; i++) {
      const distance = x[i]! - location;
      const e = Math.exp(-rate * Math.abs(distance));
      const angle = (2 * Math.PI * e) / (1 + e);
      out[i] = distance > 0 ? -angle : angle;
    }
  } else for (let i = 0; i < out.length; i++) out[i] = referenceAngle(support, x[i]!);
}

/** Puts in the place of each angle its point, {@link valueAt}. */
export function toValues(support: Support, angles: Float64Array): void {
  if (support.kind === "line" && (support.map === "tanh" || support.map === "logit")) {
    const { location } = support;
    const rate = logisticRate(support);
    for (let i = 0; i < angles.length; i++) {
      const angle = angles[i]!;
      const mass = Math.abs(angle) / (2 * Math.PI);
      const distance = Math.log(mass / (1 - mass)) / rate;
      angles[i] = angle < 0 || Object.is(angle, -0) ? location - distance : location + distance;
    }
  } else for (let i = 0; i < angles.length; i++) angles[i] = valueAt(support, angles[i]!);
}

/** Of a logistic law, whose tails fall as e^{−rate · |x|}. */
export function logisticRate({ map, scale }: Line): number {
  return (map === "tanh" ? 2 : 1) / scale;
}

/**
 * The point at an angle: the inverse of {@link referenceAngle}. On the line +0 is at −∞ and −0 at +∞; on a circle they
 * are its lower and its upper end.
 */
export function valueAt(support: Support, angle: number): number {
  const size = Math.abs(angle);
  const upperHalf = Object.is(angle, -0) || angle < 0;
  if (support.kind === "line") {
    const { map, location, scale } = support;
    const z = deviation(map, size);
    return upperHalf ? location + scale * z : location - scale * z;
  }
  const { lower, upper } = support;
  const width = upper - lower;
  if (support.kind === "circle") {
    const distance = (width * size) / (2 * Math.PI);
    return upperHalf ? upper - distance : lower + distance;
  }
  if (support.map === "arcsine")
    return size < Math.PI / 2
      ? lower + width * Math.sin(size / 2) ** 2
      : upper - width * Math.cos(size / 2) ** 2;
  return size < Math.PI / 2 ? lower + (width * size) / Math.PI : upper - (width * (Math.PI - size)) / Math.PI;
}

/**
 * log r(x), the logarithm of the reference law's density. Where it is below the smallest number, that number: on the
 * line it is finite for every finite x. −∞ outside an interval; +∞ at the ends of the arcsine law.
 */
export function logReference(support: Support, x: number): number {
  if (support.kind === "line") {
    const z = Math.abs(standard(support, x));
    return Math.max(logStandardDensity(support.map, z) - Math.log(support.scale), -Number.MAX_VALUE);
  }
  const { lower, upper } = support;
  if (support.kind === "interval") {
    if (!(x >= lower && x <= upper)) return Number.isNaN(x) ? x : -Infinity;
    if (support.map === "arcsine")
      return -Math.log(Math.PI) - (Math.log(x - lower) + Math.log(upper - x)) / 2;
  }
  return -Math.log(upper - lower);
}

/** {@link logReference} at the point of an angle, also where the point rounds to an end at which it is infinite. */
export function logReferenceAt(support: Support, angle: number): number {
  if (support.kind === "interval" && support.map === "arcsine")
    return -Math.log((Math.PI / 2) * (support.upper - support.lower) * Math.sin(angle));
  return logReference(support, valueAt(support, angle));
}

/** The point of [lower, upper] at which x lies on a circle. */
export function intoPeriod({ lower, upper }: Circle, x: number): number {
  if (x >= lower && x <= upper) return x;
  const width = upper - lower;
  return Math.min(Math.max(x - width * Math.floor((x - lower) / width), lower), upper);
}

/** The one number that a support has for the point x: on a circle in [lower, upper). */
export function ownPoint(support: Support, x: number): number {
  if (support.kind !== "circle") return x;
  const place = intoPeriod(support, x);
  return place === support.upper ? support.lower : place;
}

/** The logarithm of the reference law's mass beyond x, on the side where x lies: finite for every finite x. */
export function logTail(support: Line, x: number): number {
  const z = Math.abs(standard(support, x));
  if (support.map === "erf") return Math.max(logComplementaryError(z) - Math.LN2, -Number.MAX_VALUE);
  if (support.map === "atan") return Math.log(Math.atan2(1, z) / Math.PI);
  const exponent = support.map === "tanh" ? 2 * z : z;
  return Math.max(-exponent, -Number.MAX_VALUE) - Math.log1p(Math.exp(-exponent));
}

/**
 * A frozen copy of a support, after a look at it.
 *
 * @throws {@link DensityError} `argument` for what is none: an unknown kind or map, ends that are not two finite numbers
 * in order from 1e-300 to a finite width apart, a location that is not finite, a scale that is not from 1e-250 to 1e250.
 */
export function checkedSupport(support: unknown): Support {
  const { kind, map, lower, upper, location, scale } = fieldsOf(support);
  if (kind === "line") {
    if (map !== "tanh" && map !== "erf" && map !== "atan" && map !== "logit")
      throw new DensityError("argument", `a line's map is tanh, erf, atan or logit, not ${String(map)}`);
    if (!Number.isFinite(location))
      throw new DensityError("argument", "a line's location must be a finite number");
    if (typeof scale !== "number" || !(scale >= 1e-250 && scale <= 1e250))
      throw new DensityError("argument", "a line's scale must be a number between 1e-250 and 1e250");
    return Object.freeze({ kind, map, location: location as number, scale });
  }
  if (kind !== "circle" && kind !== "interval")
    throw new DensityError("argument", `a support's kind is circle, interval or line, not ${String(kind)}`);
  const width = (upper as number) - (lower as number);
  if (!Number.isFinite(lower) || !Number.isFinite(upper) || !(width > 0) || !Number.isFinite(width))
    throw new DensityError("argument", `the ends of the ${kind} must be finite numbers, lower below upper`);
  // so that a density is a number
  if (width < 1e-300)
    throw new DensityError("argument", `the ends of the ${kind} are ${width} apart, less than 1e-300`);
  const ends = { lower: lower as number, upper: upper as number };
  if (kind === "circle") return Object.freeze({ kind, ...ends });
  if (map !== "linear" && map !== "arcsine")
    throw new DensityError("argument", `an interval's map is linear or arcsine, not ${String(map)}`);
  return Object.freeze({ kind, map, ...ends });
}

/** (x − location) / scale, but never infinite for a finite x. */
function standard({ location, scale }: Line, x: number): number {
  const z = (x - location) / scale;
  return Number.isFinite(x) ? Math.min(Math.max(z, -Number.MAX_VALUE), Number.MAX_VALUE) : z;
}

/** The mass of the reference law below −z, for z ≥ 0. */
export function lowerTail(map: Line["map"], z: number): number {
  if (map === "erf") return complementaryError(z) / 2;
  if (map === "atan") return Math.atan2(1, z) / Math.PI;
  const e = Math.exp(map === "tanh" ? -2 * z : -z);
  return e / (1 + e);
}

/** The z ≥ 0 below whose negative the reference law has the mass that belongs to |θ|. */
function deviation(map: Line["map"], size: number): number {
  if (map === "erf") return inverseComplementaryError(size / Math.PI);
  if (map === "atan") return 1 / Math.tan(size / 2);
  const mass = size / (2 * Math.PI);
  const logOdds =
    mass < 0.25 ? Math.log1p(-mass) - Math.log(mass) : Math.log1p((Math.PI - size) / (Math.PI * mass));
  return map === "tanh" ? logOdds / 2 : logOdds;
}

/** The logarithm of the reference law's density at ±z, of location 0 and scale 1, for z ≥ 0. */
function logStandardDensity(map: Line["map"], z: number): number {
  if (map === "erf") return -z * z - Math.log(Math.PI) / 2;
  if (map === "atan") return -Math.log(Math.PI) - (z < 1e8 ? Math.log1p(z * z) : 2 * Math.log(z));
  const exponent = map === "tanh" ? 2 * z : z;
  return (map === "tanh" ? Math.LN2 : 0) - exponent - 2 * Math.log1p(Math.exp(-exponent));
}

/** Whether two supports are the same, number by number. */
export function sameSupport(a: Support, b: Support): boolean {
  const [left, right] = [a, b] as unknown as Record<string, unknown>[];
  return Object.keys(left!).every((key) => left![key] === right![key]);
}

/** A point by an end of an interval, moved within by rounding's step. */
export function inside({ lower, upper }: Interval, x: number): number {
  const step = Number.EPSILON * Math.max(Math.abs(lower), Math.abs(upper));
  return Math.min(Math.max(x, lower + step), upper - step);
}
