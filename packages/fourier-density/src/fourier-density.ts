import type { Amplitude } from "./amplitude.ts";
import { AngleQuantiles } from "./angle-quantiles.ts";
import { AngleTable } from "./angle-table.ts";
import { AtomMasses, type Atoms, checkedAtoms, NO_ATOMS } from "./atoms.ts";
import { checkedAmplitude } from "./checked-amplitude.ts";
import { angleSpan } from "./angle-span.ts";
import { DensityError, fromFormat } from "./density-error.ts";
import { differentialEntropy, outgrows, relativeEntropy } from "./divergence.ts";
import { fieldsOf } from "./fields.ts";
import { massOver } from "./expectation.ts";
import { type GoodnessOfFit, kolmogorovSmirnov } from "./goodness-of-fit.ts";
import { type Extremum, extremaOf, type Mode } from "./modes.ts";
import { type CircularMoment, circularMomentOf, type Moments, momentsOf } from "./moments.ts";
import { circleDistance, lineDistance, type Quantile } from "./wasserstein.ts";
import { logDensities } from "./log-density.ts";
import { checkedList, checkedPoints, outputFor } from "./questions.ts";
import { type RandomSource, uniformDraws } from "./random-source.ts";
import {
  checkedSupport,
  type Circle,
  inside,
  type Interval,
  logReferenceAt,
  ownPoint,
  referenceAngle,
  referenceAngles,
  sameSupport,
  type Support,
  toValues,
  valueAt,
} from "./support.ts";

/** The same from lists of numbers of any kind. */
export type Lists<T> = { readonly [Key in keyof T]: ArrayLike<number> };

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
  constructor(support: Support, amplitude: Lists<Amplitude>, atoms: Lists<Atoms> = NO_ATOMS) {
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
    const points = checkedPoints(this.support, x);
    const result = outputFor(points, out);
    logDensities(this.#table, this.support, points === result ? result.slice() : points, result);
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
    const points = checkedPoints(this.support, x);
    const result = outputFor(points, out);
    const masses = this.#masses;
    const jumps = masses === undefined ? undefined : points.map((point) => masses.upTo(point));
    this.#below(points, result);
    if (jumps !== undefined)
      for (let i = 0; i < result.length; i++) result[i] = Math.min(1, masses!.rest * result[i]! + jumps[i]!);
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
    checkedList(u);
    for (let i = 0; i < u.length; i++)
      if (!(typeof u[i] === "number" && u[i]! >= 0 && u[i]! <= 1))
        throw new DensityError("value", `a probability is in [0, 1], not ${String(u[i])}`, i);
    const result = outputFor(u, out);
    result.set(u);
    this.#toQuantiles(result);
    return result;
  }

  /**
   * n independent draws, each from one number of `rng`: exact in law, to rounding.
   *
   * @param rng - Uniform in [0, 1); `Math.random` unless told.
   * @throws {@link DensityError} `argument` for an n that is no whole number from 0 to 2³¹ − 1, or an rng that gives other numbers.
   */
  sample(n: number, { rng = Math.random }: { readonly rng?: RandomSource } = {}): Float64Array {
    if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31)
      throw new DensityError("argument", `n must be a whole number from 0 to 2^31 − 1, not ${n}`);
    const draws = uniformDraws(n, rng);
    this.#toQuantiles(draws);
    return draws;
  }

  /**
   * P(lower < X ≤ upper). On a circle the arc from `lower` on to `upper`, which may pass the end of the period; all of it
   * from a whole period on.
   *
   * @remarks Never negative, and exact to some ε relative to itself, however narrow the bin or far out: an integral of
   * positive terms over the angle between the ends. O(1 + terms · angle).
   * @throws {@link DensityError} `argument` unless lower ≤ upper, else as {@link FourierDensity.pdf}.
   */
  binProbability(lower: number, upper: number): number {
    checkedPoints(this.support, [lower, upper]);
    if (!(lower <= upper))
      throw new DensityError("argument", `the bin's lower end ${lower} is above ${upper}`);
    const { support } = this;
    if (support.kind === "circle" && upper - lower >= support.upper - support.lower) return 1;
    const mass = this.#spread(lower, upper);
    if (this.#masses === undefined) return mass;
    return Math.min(1, this.#masses.rest * mass + this.#masses.within(support, lower, upper));
  }

  /**
   * Mean, variance, skewness and kurtosis, atoms included; on a circle those of its period cut open at the ends.
   *
   * @remarks To rounding. Under the map `atan` tails are a Cauchy law's: no mean (NaN), infinite variance.
   */
  moments(): Moments {
    return momentsOf(this.#table, this.terms, this.support, this.#atoms, this.#masses?.rest ?? 1);
  }

  /**
   * E e^{inφ} on a circle, where φ = 2πX / period, in closed form.
   *
   * @param order - n, a whole number ≥ 1; at 1 the mean direction.
   * @throws {@link DensityError} `argument` for another order; `support` unless it is a circle.
   */
  circularMoment(order = 1): CircularMoment {
    if (!Number.isInteger(order) || order < 1)
      throw new DensityError(
        "argument",
        `the order of a circular moment is a whole number ≥ 1, not ${order}`,
      );
    const { support } = this;
    if (support.kind !== "circle")
      throw new DensityError("support", `circular moments are of a circle, not of a ${support.kind}`);
    return circularMomentOf(this.#amplitude, support, order, this.#atoms, this.#masses?.rest ?? 1);
  }

  /** −∫ p log p, in nats; −∞ where there are atoms. Error below 1e-12. */
  entropy(): number {
    return this.#masses === undefined
      ? differentialEntropy(this.#table, this.terms, this.support)
      : -Infinity;
  }

  /**
   * All local maxima of the density, in order, those at ends included. Certified: bounds of the density's slope prove that
   * there are no others, but in tails of a mass below 1e-15 and where only rounding could tell. A constant density has none;
   * nor have atoms. The masses of all modes sum to that of what is no atom: those of ripples where there are no samples are
   * next to nothing.
   */
  modes(): Mode[] {
    return this.#extrema().modes;
  }

  /** All local minima within the support, as {@link FourierDensity.modes}. */
  antimodes(): Extremum[] {
    return this.#extrema().antimodes;
  }

  /**
   * The divergence of Kullback and Leibler from another law to this one, E log(p / p′) in nats, ≥ 0: what coding by the
   * other one costs. ∞ where this one has mass and the other has none, or has too light tails.
   *
   * @remarks Error below 1e-12 of its terms.
   * @throws {@link DensityError} `support` for a circle and what is no circle of its period; `argument`.
   */
  klDivergence(other: FourierDensity): number {
    checkedPartner(this, other);
    const [weight, otherWeight] = [this.#masses?.rest ?? 1, other.#masses?.rest ?? 1];
    const { values, masses } = this.#atoms;
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      const at = other.#atoms.values.indexOf(ownPoint(other.support, values[i]!));
      if (at < 0) return Infinity;
      sum += masses[i]! * Math.log(masses[i]! / other.#atoms.masses[at]!);
    }
    if (weight === 0) return Math.max(sum, 0);
    if (otherWeight === 0 || outgrows(this.support, other.support)) return Infinity;
    const continuous = relativeEntropy(
      this.#table,
      Math.max(this.terms, other.terms),
      other.#logOver(this.support),
    );
    return Math.max(sum + weight * (Math.log(weight / otherWeight) + continuous), 0);
  }

  /**
   * The distance of Wasserstein (of the earth mover) of order 1 or 2, in units of x; on a circle mass goes the shorter way
   * round. ∞ if tails are those of a Cauchy law (`atan`) and not alike.
   *
   * @remarks Error near 1e-9 of the distance, on a circle 1e-7 of the period.
   * @throws As {@link FourierDensity.klDivergence}.
   */
  wasserstein(other: FourierDensity, order: 1 | 2 = 1): number {
    if (order !== 1 && order !== 2)
      throw new DensityError("argument", `the order is 1 or 2, not ${String(order)}`);
    checkedPartner(this, other);
    const quantile: Quantile = (u) => this.quantile(u);
    if (this.support.kind === "circle") {
      const { lower, upper } = this.support;
      const period = upper - lower;
      // periods of the other one may be cut open elsewhere: whole turns make no distance
      const turns = period * Math.round(((other.support as Circle).lower - lower) / period);
      return circleDistance(quantile, (u) => other.quantile(u) - turns, period, order);
    }
    if (this.#cauchyTails() !== other.#cauchyTails()) return Infinity;
    return lineDistance(quantile, (u) => other.quantile(u), order);
  }

  /**
   * How well samples agree with this density: where they lie in it, and Kolmogorov and Smirnov's test.
   *
   * @remarks The p-value holds for samples that had no part in the fit. For those that it was fitted to it is too large.
   * O(n log n).
   * @throws {@link DensityError} as {@link FourierDensity.pdf}; `empty`; `support` for samples outside an interval, and for
   * densities with atoms, whose samples have ties.
   */
  goodnessOfFit(samples: ArrayLike<number>): GoodnessOfFit {
    if (this.#masses !== undefined)
      throw new DensityError("support", "Kolmogorov and Smirnov's test is of laws without atoms");
    const pit = this.cdf(samples);
    if (pit.length === 0) throw new DensityError("empty", "there are no samples");
    const { support } = this;
    for (let i = 0; support.kind === "interval" && i < pit.length; i++)
      if (!(samples[i]! >= support.lower && samples[i]! <= support.upper))
        throw new DensityError("support", `sample ${i} is outside the interval`, i);
    return kolmogorovSmirnov(pit);
  }

  /** What {@link FourierDensity.fromJSON} reads: plain numbers, which JSON keeps to the last bit. */
  toJSON(): FourierDensityJson {
    const { re, im } = this.#amplitude;
    const { values, masses } = this.#atoms;
    return {
      kind: "fourier-density",
      version: 1,
      support: this.support,
      amplitude: { re: Array.from(re), im: Array.from(im) },
      atoms: { values: Array.from(values), masses: Array.from(masses) },
    };
  }

  /** @throws {@link DensityError} `format` for what {@link FourierDensity.toJSON} cannot have given. */
  static fromJSON(json: unknown): FourierDensity {
    const given = fieldsOf(json);
    if (given["kind"] !== "fourier-density" || given["version"] !== 1)
      throw new DensityError("format", "this is not the JSON form of a Fourier density, version 1");
    const { support, amplitude, atoms } = json as FourierDensityJson;
    return fromFormat(() => new FourierDensity(support, amplitude, atoms));
  }

  /** log p / r of the continuous part, by the angle of a support whose reference law has the density r. */
  #logOver(support: Support): (angle: number) => number {
    const table = this.#table;
    if (sameSupport(support, this.support)) return (angle) => Math.log(table.density(angle));
    const shift = Math.log(this.#masses?.rest ?? 1);
    return (angle) => {
      const x = valueAt(support, angle);
      const log = this.logPdf(x);
      // where x has been rounded to an end at which p is infinite, as it is one step inside
      return (
        (log === Infinity ? this.logPdf(inside(this.support as Interval, x)) : log) -
        shift -
        logReferenceAt(support, angle)
      );
    };
  }

  /** The distribution function of the continuous part; `out` may be `x`. */
  #below(x: Float64Array, out: Float64Array): void {
    referenceAngles(this.support, x, out);
    this.#table.toProbabilities(out);
  }

  /** P(lower < X ≤ upper) of the continuous part; on a circle of an arc of at most a period. */
  #spread(lower: number, upper: number): number {
    const { support, terms } = this;
    const start = referenceAngle(support, lower);
    return Math.min(massOver(this.#table, terms, start, angleSpan(support, lower, upper)), 1);
  }

  #extrema(): { modes: Mode[]; antimodes: Extremum[] } {
    const rest = this.#masses?.rest ?? 1;
    if (rest === 0) return { modes: [], antimodes: [] };
    const { support } = this;
    const { modes, antimodes } = extremaOf(this.#table, support);
    const placed = (angles: readonly number[]): Extremum[] =>
      angles
        .map((angle) => valueAt(support, angle))
        .sort((x, y) => x - y)
        .map((value) => ({ value, density: this.pdf(value) }));
    const lows = placed(antimodes);
    const turn = support.kind === "circle" ? support.upper - support.lower : Infinity;
    const mass = (value: number): number => {
      // past the first and the last antimode of a circle comes the one on the other side
      const below = lows.findLast((low) => low.value < value)?.value ?? (lows.at(-1)?.value ?? 0) - turn;
      const above = lows.find((low) => low.value > value)?.value ?? (lows[0]?.value ?? 0) + turn;
      return rest * this.#spread(below, above);
    };
    return { modes: placed(modes).map((mode) => ({ ...mode, mass: mass(mode.value) })), antimodes: lows };
  }

  /** What the density times x² tends to far out, where it tends to something. */
  #cauchyTails(): number {
    const { support } = this;
    if (support.kind !== "line" || support.map !== "atan") return 0;
    return (this.#masses?.rest ?? 1) * support.scale * this.#table.density(0);
  }

  /** Puts quantiles in the place of probabilities. */
  #toQuantiles(values: Float64Array): void {
    const masses = this.#masses;
    const places = masses === undefined ? undefined : Array.from(values, (u) => masses.locate(u));
    places?.forEach((place, i) => {
      values[i] = "value" in place ? 0 : place.continuous;
    });
    this.#quantiles.toAngles(values);
    toValues(this.support, values);
    places?.forEach((place, i) => {
      if ("value" in place) values[i] = place.value;
    });
  }

  get #table(): AngleTable {
    return (this.#tableOnce ??= new AngleTable(this.#amplitude, this.support.kind === "interval"));
  }

  get #quantiles(): AngleQuantiles {
    return (this.#quantilesOnce ??= new AngleQuantiles(this.#table, this.support.kind === "interval"));
  }

  get #masses(): AtomMasses | undefined {
    if (this.#atoms.values.length === 0) return undefined;
    return (this.#massesOnce ??= new AtomMasses(this.#atoms, (points) => {
      const below = points.slice();
      this.#below(points, below);
      return below;
    }));
  }
}

/** A density as JSON. */
export interface FourierDensityJson {
  readonly kind: "fourier-density";
  readonly version: 1;
  readonly support: Support;
  readonly amplitude: { readonly re: readonly number[]; readonly im: readonly number[] };
  readonly atoms: { readonly values: readonly number[]; readonly masses: readonly number[] };
}

/** Two densities that live on one thing can be compared. */
function checkedPartner({ support }: FourierDensity, other: unknown): void {
  if (!(other instanceof FourierDensity))
    throw new DensityError("argument", "the other density must be a FourierDensity");
  const partner = other.support;
  if (support.kind !== "circle" && partner.kind !== "circle") return;
  if (
    support.kind !== partner.kind ||
    (support as Circle).upper - (support as Circle).lower !==
      (partner as Circle).upper - (partner as Circle).lower
  )
    throw new DensityError(
      "support",
      "a density on a circle can only be compared with one on a circle of its period",
    );
}
