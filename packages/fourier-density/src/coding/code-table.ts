import { DensityError } from "../density-error.ts";
import { integerFrequencies } from "./frequencies.ts";
import type { CodingDensity, Quantizer } from "./quantization.ts";
import { checkPrecision } from "./rans.ts";

/**
 * A law of bins in whole numbers, which is all that coding and decoding look at: so they agree in every engine, though
 * sines and exponentials do not.
 *
 * Bins from `first` on are taken together into cells of 2^shift neighbours, narrow where the law is steep and wide in its
 * tails, and within a cell all bins are alike. The last symbol, after those of the cells, is the escape: for bins
 * outside and for those in cells of frequency 0.
 */
export interface CodeTable {
  /** Frequencies sum to 2^precision. */
  readonly precision: number;
  /** The first bin of the first cell. */
  readonly first: number;
  /** For each cell, the binary logarithm of its number of bins. */
  readonly shift: Uint8Array;
  /** For each cell, and last for the escape, which is at least 1. */
  readonly frequency: Uint32Array;
}

/** Of the frequencies of values: 16 bits cost less than 10⁻⁴ bits a value, and a table for decoding is small. */
export const TABLE_PRECISION = 16;

/** In-table bins are in [−2³⁰, 2³⁰). */
export const ROOT_BITS = 30;

/** No cell is divided to save less than this many bits a value. */
const WORTHWHILE = 2e-6;

/** More cells than a law can need: those divided have 2⁻¹⁷ and more. */
const MOST_CELLS = 2 ** 18;

/** How much probability may lie outside of all cells. */
const NEGLIGIBLE = 2 ** -20;

/**
 * The table for the bins of a density.
 *
 * Cells begin as [−2ᵐ, 0) and [0, 2ᵐ), the least m that leaves out less than 2⁻²⁰, and are halved as long as that saves a
 * part in 10⁶ of a bit a value, judged by the probabilities of their eighths. A cell below half of 2^−precision gets
 * frequency 0; the rest, and the escape, are rounded by {@link integerFrequencies}.
 *
 * @param precision - 1 to 20: that of the coder.
 * @throws {@link DensityError} `argument`, also for a density whose probabilities are none.
 * @remarks Asks for some 16 probabilities a cell: some hundred cells for smooth laws, whatever the step.
 */
export function codeTable(
  density: CodingDensity,
  quantizer: Quantizer,
  precision: number = TABLE_PRECISION,
): CodeTable {
  checkPrecision(precision);
  const massOf = massesOf(density, quantizer);
  const { levels } = quantizer;
  if (levels !== undefined)
    return rounded(
      levels.map((_, k) => massOf(k, k + 1)),
      new Uint8Array(levels.length),
      0,
      precision,
    );

  let m = 0;
  while (m < ROOT_BITS && massOf(-(2 ** m), 2 ** m) < 1 - NEGLIGIBLE) m++;
  const masses: number[] = [];
  const shifts: number[] = [];
  const divide = (from: number, shift: number, mass: number): void => {
    if (shift > 0 && isWorthDividing(massOf, from, shift, mass, precision)) {
      const middle = from + 2 ** (shift - 1);
      divide(from, shift - 1, massOf(from, middle));
      divide(middle, shift - 1, massOf(middle, from + 2 ** shift));
    } else {
      if (masses.length === MOST_CELLS)
        throw new DensityError("argument", "the density's probabilities do not add up");
      masses.push(mass);
      shifts.push(shift);
    }
  };
  divide(-(2 ** m), m, massOf(-(2 ** m), 0));
  divide(0, m, massOf(0, 2 ** m));
  return rounded(masses, shifts, -(2 ** m), precision);
}

/** Bits that are lost, on average over all values, by taking the eighths of a cell as alike. */
function isWorthDividing(
  massOf: (from: number, to: number) => number,
  from: number,
  shift: number,
  mass: number,
  precision: number,
): boolean {
  if (mass < 2 ** -(precision + 1)) return false;
  const parts = 2 ** Math.min(3, shift);
  const width = 2 ** shift / parts;
  let lost = 0;
  for (let i = 0; i < parts; i++) {
    const part = massOf(from + i * width, from + (i + 1) * width);
    if (part > 0) lost += part * Math.log2((part * parts) / mass);
  }
  return lost > WORTHWHILE;
}

/** Cells of these masses as a table, those that are never coded at either end left away. */
function rounded(
  masses: ArrayLike<number>,
  shifts: ArrayLike<number>,
  from: number,
  precision: number,
): CodeTable {
  let least = 2 ** -(precision + 1);
  while (Array.from(masses).filter((mass) => mass >= least).length > 2 ** (precision - 1)) least *= 2;
  const coded = Array.from(masses, (mass) => mass >= least);
  const begin = coded.indexOf(true);
  const end = coded.lastIndexOf(true) + 1;
  let first = from;
  for (let i = 0; i < begin; i++) first += 2 ** shifts[i]!;
  const kept: number[] = [];
  let inside = 0;
  for (let i = 0; i < masses.length; i++)
    if (coded[i]) {
      kept.push(masses[i]!);
      inside += masses[i]!;
    }
  kept.push(Math.max(0, 1 - inside));
  const whole = integerFrequencies(kept, 2 ** precision);
  const frequency = new Uint32Array(Math.max(0, end - Math.max(0, begin)) + 1);
  let next = 0;
  for (let i = begin; i < end; i++) if (coded[i]) frequency[i - begin] = whole[next++]!;
  frequency[frequency.length - 1] = whole[next]!;
  return {
    precision,
    first: begin < 0 ? 0 : first,
    shift: Uint8Array.from({ length: frequency.length - 1 }, (_, i) => shifts[begin + i]!),
    frequency,
  };
}

/** The probability of the bins from one to before another, as the density tells it, if it is one. */
function massesOf(density: CodingDensity, quantizer: Quantizer): (from: number, to: number) => number {
  if (typeof density?.binProbability !== "function")
    throw new DensityError("argument", "density must have a method binProbability(lower, upper)");
  const { kind, lower: begin, upper: end } = density.support ?? { kind: "line" };
  const within = (edge: number): number =>
    kind === "circle" ? Math.min(Math.max(edge, begin!), end!) : edge;
  return (from, to) => {
    const lower = within(quantizer.lowerEdge(from));
    const upper = within(quantizer.lowerEdge(to));
    const mass = density.binProbability(lower, upper);
    if (!(typeof mass === "number" && mass >= 0 && mass <= 1 + 1e-9))
      throw new DensityError(
        "argument",
        `the density gives ${mass} as the probability of [${lower}, ${upper}]`,
      );
    return mass;
  };
}
