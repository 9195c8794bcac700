import type { Amplitude } from "./amplitude.ts";
import { AngleQuantiles } from "./angle-quantiles.ts";
import { AngleTable } from "./angle-table.ts";
import { AtomMasses, type Atoms, checkedAtoms } from "./atoms.ts";
import { checkedAmplitude } from "./checked-amplitude.ts";
import { DensityError } from "./density-error.ts";
import { logDensities } from "./log-density.ts";
import { checkedSupport, type Circle, intoPeriod, referenceAngle, type Support, valueAt } from "./support.ts";

/** A source of uniform numbers in [0, 1), as `Math.random` is one. */
export type RandomSource = () => number;

/**
 * A density on the circle, an interval or the real line, as the square of a trigonometric polynomial, and atoms beside
 * it where there are ties. Immutable: what it is given is copied, and what it gives are copies.
 *
 * @remarks Tables are made at the first question that needs them, in O(terms log terms) time; then `pdf`, `logPdf`,
 * `cdf`, `quantile` and a draw take O(1), whatever the number of terms.
 */
export class FourierDensity {
  readonly #support: Support;
  readonly #amplitude: Amplitude;
  readonly #atoms: Atoms;
  #tableOnce: AngleTable | undefined;
  #quantilesOnce: AngleQuantiles | undefined;
  #massesOnce: AtomMasses | undefined;

  /**
   * @param amplitude - Of any scale: only its direction counts. Real on an interval.
   * @throws {@link DensityError} for what is no support, amplitude or atoms.
   */
  constructor(support: Support, amplitude: Amplitude, atoms: Atoms = NO_ATOMS) {
    this.#support = checkedSupport(support);
    this.#amplitude = checkedAmplitude(amplitude, this.support.kind === "interval");
    this.#atoms = checkedAtoms(atoms, this.support);
  }

  /** Frozen. */
  get support(): Support {
    return this.#support;
  }

  /** A copy, with Σ |aₖ|² = 1. */
  get amplitude(): Amplitude {
    return { re: this.#amplitude.re.slice(), im: this.#amplitude.im.slice() };
  }

  /** A copy. */
  get atoms(): Atoms {
    return { values: this.#atoms.values.slice(), masses: this.#atoms.masses.slice() };
  }

  /** The highest frequency. */
  get terms(): number {
    return this.#amplitude.re.length - 1;
  }

  /**
   * The density at x, that of the continuous part where there are atoms; 0 outside an interval. Points of a circle are
   * taken into its period.
   *
   * @throws {@link DensityError} `value` for NaN, and for infinities on a circle; `argument`; `length` of `out`.
   */
  pdf(x: number): number;
  pdf(x: ArrayLike<number>, out?: Float64Array): Float64Array;
  pdf(x: number | ArrayLike<number>, out?: Float64Array): number | Float64Array {
    if (typeof x === "number") return Math.exp(this.logPdf(x));
    const result = this.logPdf(x, out);
    for (let i = 0; i < result.length; i++) result[i] = Math.exp(result[i]!);
    return result;
  }

  /**
   * log p(x). On the line it is finite for every finite x, however far out: where it is below the smallest number, it is
   * that number.
   *
   * @throws As {@link FourierDensity.pdf}.
   */
  logPdf(x: number): number;
  logPdf(x: ArrayLike<number>, out?: Float64Array): Float64Array;
  logPdf(x: number | ArrayLike<number>, out?: Float64Array): number | Float64Array {
    if (typeof x === "number") return this.logPdf([x], new Float64Array(1))[0]!;
    const result = outputFor(x, out);
    logDensities(this.#table, this.support, checkedPoints(this.support, x), result);
    const shift = Math.log(this.#masses?.rest ?? 1);
    if (shift !== 0) for (let i = 0; i < result.length; i++) result[i]! += shift;
    return result;
  }

  /**
   * P(X ≤ x). On a circle the probability of the arc from its lower end to x, 1 at the upper end.
   *
   * @remarks Error of some ε; of some ε relative to the value where it is small at the lower end.
   * @throws As {@link FourierDensity.pdf}.
   */
  cdf(x: number): number;
  cdf(x: ArrayLike<number>, out?: Float64Array): Float64Array;
  cdf(x: number | ArrayLike<number>, out?: Float64Array): number | Float64Array {
    if (typeof x === "number") return this.cdf([x], new Float64Array(1))[0]!;
    const result = outputFor(x, out);
    const points = checkedPoints(this.support, x);
    const [table, support, masses] = [this.#table, this.support, this.#masses];
    for (let i = 0; i < result.length; i++) {
      const below = massBelow(table, referenceAngle(support, points[i]!));
      result[i] = masses === undefined ? below : Math.min(1, masses.rest * below + masses.upTo(points[i]!));
    }
    return result;
  }

  /**
   * The least x with cdf(x) ≥ u, to rounding; the ends of the support for 0 and 1.
   *
   * @throws {@link DensityError} `value` for what is not in [0, 1]; `argument`; `length` of `out`.
   */
  quantile(u: number): number;
  quantile(u: ArrayLike<number>, out?: Float64Array): Float64Array;
  quantile(u: number | ArrayLike<number>, out?: Float64Array): number | Float64Array {
    if (typeof u === "number") return this.quantile([u], new Float64Array(1))[0]!;
    const result = outputFor(u, out);
    for (let i = 0; i < result.length; i++) {
      result[i] = u[i]!;
      if (!(result[i]! >= 0 && result[i]! <= 1))
        throw new DensityError("value", `a probability is in [0, 1], not ${String(u[i])}`, i);
    }
    this.#toQuantiles(result);
    return result;
  }

  /**
   * n independent draws, each from one number of `rng`: exact in law, to rounding.
   *
   * @param rng - Uniform in [0, 1); `Math.random` unless told.
   * @throws {@link DensityError} `argument` for an n that is no whole number ≥ 0, or an rng that gives other numbers.
   */
  sample(n: number, { rng = Math.random }: { readonly rng?: RandomSource } = {}): Float64Array {
    if (!Number.isInteger(n) || n < 0)
      throw new DensityError("argument", `n must be a whole number ≥ 0, not ${n}`);
    if (typeof rng !== "function") throw new DensityError("argument", "rng must be a function");
    const draws = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const u = rng();
      if (!(u >= 0 && u < 1))
        throw new DensityError("argument", `rng gave ${u}; it must give numbers in [0, 1)`);
      draws[i] = u || HALF_STEP;
    }
    this.#toQuantiles(draws);
    return draws;
  }

  /** Puts quantiles in the place of probabilities. */
  #toQuantiles(values: Float64Array): void {
    const [quantiles, support, masses] = [this.#quantiles, this.support, this.#masses];
    if (masses === undefined)
      for (let i = 0; i < values.length; i++) values[i] = valueAt(support, quantiles.angle(values[i]!));
    else
      for (let i = 0; i < values.length; i++) {
        const place = masses.locate(values[i]!);
        values[i] = "value" in place ? place.value : valueAt(support, quantiles.angle(place.continuous));
      }
  }

  get #table(): AngleTable {
    return (this.#tableOnce ??= new AngleTable(this.#amplitude, this.support.kind === "interval"));
  }

  get #quantiles(): AngleQuantiles {
    return (this.#quantilesOnce ??= new AngleQuantiles(this.#table, this.support.kind === "interval"));
  }

  get #masses(): AtomMasses | undefined {
    if (this.#atoms.values.length === 0) return undefined;
    return (this.#massesOnce ??= new AtomMasses(this.#atoms, (x) =>
      massBelow(this.#table, referenceAngle(this.support, x)),
    ));
  }
}

/** What stands for a uniform number of 0, which would be drawn to the end of the line: half the step of such numbers. */
const HALF_STEP = 2 ** -54;

const NO_ATOMS: Atoms = { values: new Float64Array(), masses: new Float64Array() };

/** The mass of the continuous part below an angle. */
function massBelow(table: AngleTable, angle: number): number {
  const mass = table.mass(angle);
  return Math.min(Math.max(angle < 0 || Object.is(angle, -0) ? 1 + mass : mass, 0), 1);
}

/** Points at which a density can be asked for; of a circle, within its period. */
function checkedPoints(support: Support, x: ArrayLike<number>): ArrayLike<number> {
  let outside = false;
  for (let i = 0; i < x.length; i++) {
    const point: unknown = x[i];
    if (typeof point !== "number" || Number.isNaN(point))
      throw new DensityError("value", `${String(point)} is no point`, i);
    if (support.kind !== "circle") continue;
    if (!Number.isFinite(point)) throw new DensityError("value", `${point} is no point of a circle`, i);
    outside ||= point < support.lower || point > support.upper;
  }
  return outside ? Float64Array.from(x, (point) => intoPeriod(support as Circle, point)) : x;
}

/** Where the answers go. */
function outputFor(values: ArrayLike<number>, out: Float64Array | undefined): Float64Array {
  if (typeof values !== "object" || values === null || !Number.isInteger(values.length) || values.length < 0)
    throw new DensityError("argument", "a number or a list of numbers is needed");
  if (out === undefined) return new Float64Array(values.length);
  if (!(out instanceof Float64Array)) throw new DensityError("argument", "out must be a Float64Array");
  if (out.length !== values.length)
    throw new DensityError("length", `out has ${out.length} entries for ${values.length} values`);
  return out;
}
