import { complementaryError, gaussian } from "./complementary-error.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { type Line, lowerTail, type Support } from "./support.ts";

/**
 * The angle from one point on to another, in [0, 2π] ([0, π] on an interval): the difference of their reference angles,
 * but of full relative precision where they are close to each other, or both far out.
 *
 * @param upper - At least `lower`; on a circle at most a period further.
 */
export function angleSpan(support: Support, lower: number, upper: number): number {
  if (!(lower < upper)) return 0;
  if (support.kind === "line") {
    const { location, scale } = support;
    const width = (upper - lower) / scale;
    const [a, b] = [(lower - location) / scale, (upper - location) / scale];
    if (b <= 0) return 2 * Math.PI * tailDifference(support.map, -b, -a, width);
    if (a >= 0) return 2 * Math.PI * tailDifference(support.map, a, b, width);
    return 2 * Math.PI * (tailDifference(support.map, 0, -a, -a) + tailDifference(support.map, 0, b, b));
  }
  const width = support.upper - support.lower;
  if (support.kind === "circle") return (2 * Math.PI * (upper - lower)) / width;
  const [a, b] = [Math.max(lower, support.lower), Math.min(upper, support.upper)];
  if (!(a < b)) return 0;
  if (support.map === "linear") return (Math.PI * (b - a)) / width;
  // sin and cos of half the angles; the difference of the products is (b − a) / width over their sum
  const [s, t] = [Math.sqrt((a - support.lower) / width), Math.sqrt((b - support.lower) / width)];
  const [c, d] = [Math.sqrt((support.upper - a) / width), Math.sqrt((support.upper - b) / width)];
  return 2 * Math.atan2((b - a) / width / (t * c + s * d), c * d + s * t);
}

/** The mass of the reference law between a and b, 0 ≤ a ≤ b, in standard units. */
function tailDifference(map: Line["map"], a: number, b: number, width: number): number {
  if (b === Infinity) return lowerTail(map, a);
  if (map === "atan")
    return (a > 1 ? Math.atan2(width / a, 1 / a + b) : Math.atan2(width, 1 + a * b)) / Math.PI;
  if (map === "erf") {
    const [near, far] = [complementaryError(a), complementaryError(b)];
    return far <= near / 2
      ? (near - far) / 2
      : gaussLegendre((t) => gaussian(a + t), 0, width) / Math.sqrt(Math.PI);
  }
  const rate = map === "tanh" ? 2 : 1;
  const [near, far] = [Math.exp(-rate * a), Math.exp(-rate * b)];
  return (near * -Math.expm1(-rate * width)) / ((1 + near) * (1 + far));
}
