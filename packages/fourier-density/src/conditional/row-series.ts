/**
 * The distribution of the angle for an amplitude that is asked once or twice, as one row of many: no tables, O(terms²)
 * for the series and O(terms) a look.
 *
 * With the series rₙ = Σₖ aₖ āₖ₊ₙ / r₀ of q, the mass of [0, θ] is (θ + 2 Re Σₙ rₙ (e^{inθ} − 1) / (in)) / 2π.
 */
export class RowSeries {
  readonly #even: boolean;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** q where the last mass ended. */
  #q = 1;

  /** @param even - Whether angles are in [0, π] and amplitudes real. */
  constructor(terms: number, even: boolean) {
    this.#even = even;
    this.#re = new Float64Array(terms + 1);
    this.#im = new Float64Array(terms + 1);
  }

  /** Takes the amplitude of coefficients[at] …, of any scale. */
  set(coefficients: Float64Array, at: number): void {
    const [re, im, even] = [this.#re, this.#im, this.#even];
    const count = re.length;
    for (let n = 0; n < count; n++) {
      let real = 0;
      let imaginary = 0;
      for (let k = at; k < at + count - n; k++) {
        const a = coefficients[k]!;
        const c = coefficients[k + n]!;
        real += a * c;
        if (even) continue;
        const b = coefficients[k + count]!;
        const d = coefficients[k + count + n]!;
        real += b * d;
        imaginary += b * c - a * d;
      }
      re[n] = real;
      im[n] = imaginary;
    }
    const total = re[0]!;
    for (let n = 0; n < count; n++) {
      re[n]! /= total;
      im[n]! /= total;
    }
  }

  /** The probability of the points below those at an angle. */
  cdf(angle: number): number {
    const upper = angle < 0 || Object.is(angle, -0);
    const mass = upper ? 1 - this.#mass(-angle, -1) : this.#mass(angle, 1);
    return Math.min(Math.max(mass, 0), 1);
  }

  /**
   * The angle below whose points lies the probability u, in [0, 1]: signed, or in [0, π] where the law is even.
   *
   * @remarks Newton's steps between bounds that close in, from the nearer end: some 5 to 10 looks. To rounding in the
   * mass, relative to u and to 1 − u where q does not all but vanish at that end.
   */
  angle(u: number): number {
    const whole = this.#even ? Math.PI : 2 * Math.PI;
    const side = u <= 0.5 ? 1 : -1;
    const mass = u <= 0.5 ? u : 1 - u;
    let [low, high, size] = [0, whole, whole * mass];
    for (let look = 0; look < 200 && size > 0; look++) {
      const excess = this.#mass(size, side) - mass;
      if (excess > 0) high = size;
      else low = size;
      let next = size - (excess * whole) / this.#q;
      if (!(next >= low && next <= high)) next = (low + high) / 2;
      const moved = Math.abs(next - size);
      size = next;
      if (moved <= 2 * Number.EPSILON * size) break;
    }
    if (this.#even) return side > 0 ? size : Math.PI - size;
    return size <= Math.PI ? side * size : side * (size - whole);
  }

  /** The mass of the angles between an end, the lower one for side 1 and the upper one for −1, and `size` from it. */
  #mass(size: number, side: number): number {
    const [re, im, even] = [this.#re, this.#im, this.#even];
    const turnRe = Math.cos(size / 2);
    const turnIm = Math.sin(size / 2);
    const flip = even && side < 0 ? -1 : 1; // seen from π, the even series alternates
    let sum = 0;
    let q = 0;
    for (let n = 1, c = turnRe, s = turnIm, sign = flip; n < re.length; n++, sign *= flip) {
      const real = sign * re[n]!;
      const imaginary = side * im[n]!;
      // (e^{inθ} − 1) / (in) = 2 sin(nθ/2) e^{inθ/2} / n keeps its precision where θ is small.
      sum += (2 * s * (real * c - imaginary * s)) / n;
      q += real * (c * c - s * s) - imaginary * 2 * c * s;
      const next = c * turnRe - s * turnIm;
      s = s * turnRe + c * turnIm;
      c = next;
    }
    this.#q = 1 + 2 * q;
    return (size + 2 * sum) / (even ? Math.PI : 2 * Math.PI);
  }
}
