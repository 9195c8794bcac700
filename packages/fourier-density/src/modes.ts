import { AmplitudeBounds } from "./amplitude-bounds.ts";
import type { AngleTable } from "./angle-table.ts";
import { excludesZero, plus, product, type Range, sum } from "./range.ts";
import { ReferenceSlope } from "./reference-slope.ts";
import type { Support } from "./support.ts";

/** A local maximum or minimum. */
export interface Extremum {
  readonly value: number;
  /** p there: ∞ at an end of the arcsine law. */
  readonly density: number;
}

/** A local maximum, and what gathers about it. */
export interface Mode extends Extremum {
  /** The probability between the antimodes beside it, without atoms. */
  readonly mass: number;
}

/** The angles of the greatest and of the least densities. */
export interface Extrema {
  readonly modes: readonly number[];
  readonly antimodes: readonly number[];
}

/**
 * All local maxima and minima of p within the support, as angles: where S = q′ + q (log r)′, the slope of p over r, changes
 * its sign. Primes are derivatives by θ.
 *
 * @remarks Certified by subdivision: an interval of angles is left when a bound of S in it excludes 0, or when a bound of S′
 * does, so that the signs at its ends tell whether it has a root, its only one, which bisection finds; else it is halved. The
 * bounds are {@link AmplitudeBounds} and {@link ReferenceSlope}. Where S is too small for rounding to tell, the signs on both
 * sides are what counts: extrema that only rounding could part are one, or none, and a constant density has none. Tails of
 * the line of a mass below 1e-15 are not looked at. O(terms).
 */
export function extremaOf(table: AngleTable, support: Support): Extrema {
  const bounds = new AmplitudeBounds(table);
  const reference = new ReferenceSlope(support);
  const rises = (angle: number): boolean => {
    const { q, slope } = bounds.at(angle);
    return slope + q * reference.at(angle) >= 0;
  };
  const found: { angle: number; mode: boolean }[] = [];
  const settle = (a: number, b: number): void => {
    const rising = rises(b);
    if (rises(a) !== rising) found.push({ angle: signChange(rises, a, b), mode: !rising });
  };
  for (const [start, end] of stretches(support)) {
    let doubtful: Range | undefined;
    for (const [a, b, verdict] of parts(bounds, reference, start, end)) {
      if (verdict === "doubtful") {
        doubtful = [doubtful?.[0] ?? a, b];
        continue;
      }
      if (doubtful !== undefined) settle(...doubtful);
      doubtful = undefined;
      if (verdict === "monotone") settle(a, b);
    }
    if (doubtful !== undefined && doubtful[0] > start) settle(...doubtful);
  }
  if (support.kind === "interval" && support.map === "arcsine") {
    found.push({ angle: 0, mode: !rises(END) }, { angle: Math.PI, mode: rises(Math.PI - END) });
  }
  const within = found.filter(
    ({ angle }) => support.kind !== "interval" || (angle >= -END && angle <= Math.PI + END),
  );
  const angles = within.map(({ angle, mode }) => ({ angle: placed(support, angle), mode }));
  return {
    modes: angles.filter(({ mode }) => mode).map(({ angle }) => angle),
    antimodes: angles.filter(({ mode }) => !mode).map(({ angle }) => angle),
  };
}

/** Angles nearer than that to an end are at it. */
const END = 1e-12;

/**
 * The angles to look at. Stretches begin and end at uneven places, as roots are often at even ones: past the ends where q is
 * even about them, and past the middle of the line, where signed angles change their sign.
 */
function stretches(support: Support): readonly Range[] {
  if (support.kind === "circle") return [[-3.0517, -3.0517 + 2 * Math.PI]];
  if (support.kind === "line")
    return [
      [2e-15 * Math.PI, 3.2203],
      [3.2203 - 2 * Math.PI, -2e-15 * Math.PI],
    ];
  return support.map === "linear" ? [[-0.0137, Math.PI + 0.0171]] : [[END, Math.PI - END]];
}

/** Cuts a stretch into parts that are decided, in order. */
function* parts(
  bounds: AmplitudeBounds,
  reference: ReferenceSlope,
  start: number,
  end: number,
): Generator<readonly [a: number, b: number, verdict: "none" | "monotone" | "doubtful"]> {
  const count = Math.ceil((end - start) / (2 * bounds.reach)) + 1;
  const open: Range[] = [];
  for (let i = count; i > 0; i--)
    open.push([
      start + ((end - start) * (i - 1)) / count,
      i === count ? end : start + ((end - start) * i) / count,
    ]);
  for (let interval = open.pop(); interval !== undefined; interval = open.pop()) {
    const [a, b] = interval;
    const verdict = judged(bounds, reference, a, b);
    const middle = (a + b) / 2;
    if (verdict !== undefined) yield [a, b, verdict];
    else if (!(middle > a && middle < b) || b - a < 1e-13 * Math.abs(middle)) yield [a, b, "doubtful"];
    else open.push([middle, b], [a, middle]);
  }
}

function judged(
  bounds: AmplitudeBounds,
  reference: ReferenceSlope,
  a: number,
  b: number,
): "none" | "monotone" | "doubtful" | undefined {
  const [middle, radius] = [(a + b) / 2, (b - a) / 2];
  const { q, slope, curvature, noise } = bounds.around(middle, radius);
  const log = reference.ranges(a, b);
  const whole = sum(slope, product(q, log.slope)); // S
  if (excludesZero(whole)) return "none";
  const rate = sum(curvature, product(slope, log.slope), product(q, log.curvature)); // S′
  if (excludesZero(rate)) return "monotone";
  const at = bounds.at(middle);
  const value = at.slope + at.q * reference.at(middle);
  const reachable = plus([value, value], radius * Math.max(-rate[0], rate[1]) + 2 * noise);
  if (excludesZero(reachable)) return "none";
  const size = Math.max(-whole[0], whole[1]);
  return size <= 8 * noise + 1e-12 * (1 + bounds.frequency) * q[1] ? "doubtful" : undefined;
}

/** Where a sign changes between a and b. */
function signChange(rises: (angle: number) => boolean, a: number, b: number): number {
  const before = rises(a);
  let [low, high] = [a, b];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (rises(middle) === before) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** An angle where {@link Support} has it. */
function placed(support: Support, angle: number): number {
  if (support.kind === "interval") return angle < END ? 0 : Math.PI - angle < END ? Math.PI : angle;
  return angle > Math.PI ? angle - 2 * Math.PI : angle;
}
