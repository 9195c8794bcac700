import type { AngleTable } from "./angle-table.ts";
import { gaussLegendre, integrate } from "./gauss-legendre.ts";

/** A stretch over which q turns by at most this is integrated by one rule of 16 points, to rounding. */
const TURN = 6;

/** ∫ q from an angle on over a span, in parts of a turn: a sum of positive terms, so exact relative to itself. */
export function massOver(table: AngleTable, terms: number, start: number, span: number): number {
  const count = Math.ceil((span * terms) / TURN) || 1;
  const density = (t: number): number => {
    const angle = start + t;
    return table.density(angle > Math.PI ? angle - 2 * Math.PI : angle);
  };
  let sum = 0;
  for (let i = 0; i < count; i++) sum += gaussLegendre(density, (span * i) / count, (span * (i + 1)) / count);
  return sum / table.turn;
}

/**
 * The mean of a function of the angle under q.
 *
 * @param f - Smooth within the angles; at θ = 0, and π where that is an end, it may grow as a power of the logarithm.
 * @param tolerance - Absent where f is smooth between ends, and no rule needs to be halved.
 * @remarks Stretches that halve towards the ends, down to 2⁻¹⁰⁰, and are cut to what a rule of 16 points can bear.
 */
export function expectation(
  table: AngleTable,
  terms: number,
  f: (angle: number, q: number) => number,
  tolerance?: number,
): number {
  const value = (angle: number): number => {
    const q = table.density(angle);
    return q === 0 ? 0 : q * f(angle, q);
  };
  const over = (from: number, to: number): number =>
    tolerance === undefined ? gaussLegendre(value, from, to) : integrate(value, from, to, tolerance);
  let sum = 0;
  for (const side of table.origin === 0 ? [1] : [1, -1])
    for (let size = Math.PI; size > Math.PI * 2 ** -100; size /= 2) {
      const count = Math.ceil((size * terms) / (2 * TURN)) || 1;
      let part = 0;
      for (let i = 0; i < count; i++)
        part += over((side * size * (1 + i / count)) / 2, (side * size * (1 + (i + 1) / count)) / 2);
      sum += side * part;
    }
  return sum / table.turn;
}
