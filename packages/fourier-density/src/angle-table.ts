import type { Amplitude } from "./amplitude.ts";
import { Fft } from "./fft.ts";

/**
 * A density of the angle in pieces, for many evaluations: the circle of angles is cut into cells of width h, and in each
 * one the amplitude and the mass below are their Taylor polynomials about the middle, in t = θ/h − cell, |t| ≤ ½.
 *
 * @remarks The amplitude is turned by e^{iκθ}, κ = ⌈terms / 2⌉, which leaves q = |A|² as it is and halves the highest
 * frequency. With κh ≤ 0.05 the remainder of A, of degree 7, is at most Σ |aₖ| (κh/2)⁸/8! < 4e-18 Σ |aₖ| — below the
 * rounding of the sum itself, so that q is as exact as by the sum at every θ, next to its zeros too — and that of the
 * mass, of degree 9, is below 1e-18 of the peak. Building takes 8 transforms of length O(64 · terms).
 */
export class AngleTable {
  /** Cells in a full turn, a power of two. */
  readonly cells: number;
  /** The width h of a cell. */
  readonly width: number;
  /** κ. */
  readonly frequency: number;
  /** Σ |aₖ|, a bound of |A|. */
  readonly size: number;
  /** The whole range of angles: 2π, or π where they are in [0, π]. */
  readonly turn: number;
  /** The cell whose middle is θ = 0. The first one lies at −π, or at 0 where angles are in [0, π]. */
  readonly origin: number;
  /** Per cell the 8 real, then the 8 imaginary coefficients of A, from t⁰ on. */
  readonly #amplitude: Float64Array;
  /** Per cell the 10 coefficients of the mass from 0 to θ, negative for θ < 0. */
  readonly #mass: Float64Array;

  /** @param half - Whether angles are in [0, π] and q is even, so that half a turn has the mass 1. */
  constructor({ re, im }: Amplitude, half: boolean) {
    const terms = re.length - 1;
    const shift = Math.ceil(terms / 2);
    this.frequency = shift;
    this.size = re.reduce((sum, x, k) => sum + Math.hypot(x, im[k]!), 0);
    this.cells = 2 ** Math.ceil(Math.log2(Math.max(40 * Math.PI * shift, 32)));
    this.width = (2 * Math.PI) / this.cells;
    this.turn = half ? Math.PI : 2 * Math.PI;
    this.origin = half ? 0 : this.cells / 2;
    const count = this.cells / 2 + this.origin + 1;
    const amplitude = new Float64Array(count * 16);
    const fft = new Fft(this.cells);
    const [a, b] = [new Float64Array(this.cells), new Float64Array(this.cells)];
    const [x, y] = [Float64Array.from(re), Float64Array.from(im)]; // aₖ (−inh)^m / m!, with n = k − κ
    for (let m = 0; m < 8; m++) {
      a.fill(0);
      b.fill(0);
      for (let k = 0; k <= terms; k++) {
        const at = (k - shift) & (this.cells - 1);
        a[at] = x[k]!;
        b[at] = y[k]!;
        const factor = ((k - shift) * this.width) / (m + 1);
        [x[k], y[k]] = [y[k]! * factor, -x[k]! * factor];
      }
      fft.transform(a, b);
      for (let i = 0; i < count; i++) {
        const j = (i - this.origin) & (this.cells - 1);
        amplitude[16 * i + m] = a[j]!;
        amplitude[16 * i + 8 + m] = b[j]!;
      }
    }
    this.#amplitude = amplitude;
    this.#mass = massPolynomials(amplitude, this.origin, (half ? 2 : 1) / this.cells);
  }

  /** The density q(θ) relative to the uniform law of the angle. */
  density(angle: number): number {
    const place = angle / this.width;
    const cell = (place + this.origin + 0.5) | 0;
    const t = place - (cell - this.origin);
    const [a, p] = [this.#amplitude, 16 * cell];
    let x = a[p + 7]!;
    let y = a[p + 15]!;
    for (let m = 6; m >= 0; m--) {
      x = x * t + a[p + m]!;
      y = y * t + a[p + 8 + m]!;
    }
    return x * x + y * y;
  }

  /** The derivatives by θ of the turned amplitude at an angle, from the 0th to the 7th, put into `re` and `im`. */
  derivatives(angle: number, re: Float64Array, im: Float64Array): void {
    const place = angle / this.width;
    const cell = (place + this.origin + 0.5) | 0;
    const t = place - (cell - this.origin);
    const p = 16 * cell;
    for (let m = 0; m < 8; m++) {
      re[m] = this.#amplitude[p + m]!;
      im[m] = this.#amplitude[p + 8 + m]!;
    }
    let factor = 1; // m! / h^m
    for (let m = 0; m < 8; m++) {
      for (let j = 6; j >= m; j--) {
        re[j]! += t * re[j + 1]!;
        im[j]! += t * im[j + 1]!;
      }
      re[m]! *= factor;
      im[m]! *= factor;
      factor *= (m + 1) / this.width;
    }
  }

  /** log q at the θ > 0, however small, of which log(θ / 2π) is given; of its leading power of θ where θ² is no number. */
  logDensityNearZero(logTurn: number): number {
    const [a, p] = [this.#amplitude, 16 * this.origin];
    for (let m = 0; m < 8; m++) {
      const size = a[p + m]! ** 2 + a[p + 8 + m]! ** 2;
      if (size > 0)
        return Math.max(Math.log(size) + 2 * m * (logTurn + Math.log(this.cells)), -Number.MAX_VALUE);
    }
    return -Infinity;
  }

  /** Puts in the place of each angle the probability below it, points in the order of the support: in [0, 1]. */
  toProbabilities(values: Float64Array): void {
    const [mass, width, origin, turn] = [this.#mass, this.width, this.origin, this.turn];
    for (let i = 0; i < values.length; i++) {
      const angle = values[i]!;
      const place = angle / width;
      const cell = (place + origin + 0.5) | 0;
      const value = massIn(mass, cell, place - (cell - origin));
      const below = angle < 0 || Object.is(angle, -0) ? 1 + value : value;
      values[i] = below > 1 || angle === turn ? 1 : Math.max(below, 0); // at the end of an interval it is 1
    }
  }

  /** The mass from θ = 0 to the place t of a cell, in parts of a turn (of half a turn on an interval); negative for θ < 0. */
  massIn(cell: number, t: number): number {
    return massIn(this.#mass, cell, t);
  }

  /** q at the place t of a cell, in mass per cell. */
  slopeIn(cell: number, t: number): number {
    let slope = 0;
    for (let m = 9; m > 0; m--) slope = slope * t + m * this.#mass[10 * cell + m]!;
    return slope;
  }

  /**
   * The place t of a cell, within [low, high], at which the mass is a given one.
   *
   * @remarks Halley's steps from `guess`, within bounds that shrink, until the error that the step leaves, of the order
   * of its cube, is below rounding: relative to t where the mass begins, as there t has every order of magnitude.
   */
  placeIn(cell: number, mass: number, low: number, high: number, guess: number): number {
    const [c, p] = [this.#mass, 10 * cell];
    let t = guess;
    for (let step = 0; step < MAX_STEPS; step++) {
      let value = c[p + 9]!;
      let slope = 0;
      let half = 0; // of the curvature
      for (let m = 8; m >= 0; m--) {
        half = half * t + slope;
        slope = slope * t + value;
        value = value * t + c[p + m]!;
      }
      if (value > mass) high = t;
      else low = t;
      const newton = (value - mass) / slope;
      const bend = (newton * half) / slope;
      const next = t - newton / (1 - bend);
      if (next >= low && next <= high) {
        const scale = cell === this.origin ? Math.abs(next) : 1;
        t = next;
        if (Math.abs(newton) <= 3e-6 * scale && Math.abs(newton * bend * bend) <= 1e-17 * scale) break;
      } else t = (low + high) / 2;
    }
    return t;
  }
}

/** More than a mass that vanishes to high order at θ = 0 takes, far as the start is there. */
const MAX_STEPS = 200;

/** Integrates |A|² cell by cell, outwards from θ = 0, so that masses are sums of one sign. */
function massPolynomials(amplitude: Float64Array, origin: number, unit: number): Float64Array {
  const count = amplitude.length / 16;
  const mass = new Float64Array(10 * count);
  for (let i = 0; i < count; i++) {
    const p = 16 * i;
    for (let m = 0; m < 9; m++) {
      let sum = 0;
      for (let k = Math.max(0, m - 7); k <= Math.min(m, 7); k++)
        sum += amplitude[p + k]! * amplitude[p + m - k]! + amplitude[p + 8 + k]! * amplitude[p + 8 + m - k]!;
      mass[10 * i + m + 1] = (sum * unit) / (m + 1);
    }
  }
  for (let i = origin + 1; i < count; i++) mass[10 * i] = massIn(mass, i - 1, 0.5) - massIn(mass, i, -0.5);
  for (let i = origin - 1; i >= 0; i--) mass[10 * i] = massIn(mass, i + 1, -0.5) - massIn(mass, i, 0.5);
  const total = mass[10 * (count - 1)]! - (origin > 0 ? mass[0]! : 0); // 1 but for rounding
  return mass.map((coefficient) => coefficient / total);
}

function massIn(mass: Float64Array, cell: number, t: number): number {
  const p = 10 * cell;
  let value = mass[p + 9]!;
  for (let m = 8; m >= 0; m--) value = value * t + mass[p + m]!;
  return value;
}
