import { expMinus, turn } from "./portable.ts";

/** How the errors of a prediction are taken to be distributed in a context. */
export interface LawShape {
  /** The reference law: the logistic one, whose angle is that of a density on the line by the logit map; or Laplace's. */
  readonly reference: "logistic" | "laplace";
  /** Frequencies of the Fourier density relative to it; 0 for the reference law alone. */
  readonly terms: number;
}

export const FOURIER: LawShape = { reference: "logistic", terms: 8 };
export const LAPLACE: LawShape = { reference: "laplace", terms: 0 };

/** The scale of the reference law over the mean size of errors, as found best on photographs. */
const SCALE = { logistic: 0.65, laplace: 0.85 };
const LEAST_SCALE = 0.04;

/** Values that the uniform density stands for before any came. */
const PRIOR = 30;
/** Where the mean size of errors becomes one that forgets. */
const MEMORY = 250;

/**
 * Laws of errors, one in each context, learnt from what came before in it, so that nothing is transmitted.
 *
 * A law is a Fourier density: with z = error / scale, θ = 2πR(z) and R the distribution function of the reference law,
 * q(θ) = 1 + 2 Σ Jₙ (ĉₙ cos nθ + ŝₙ sin nθ), where ĉₙ and ŝₙ are the means of cos nθ and sin nθ so far (characteristic
 * sums) and Jₙ Jackson's weights, with which q is never negative. Its integral is in closed form, too. A value is a bin
 * one wide, and so are the means taken over bins.
 */
export class ResidualLaws {
  readonly #reference: LawShape["reference"];
  readonly #terms: number;
  readonly #jackson: Float64Array;
  readonly #meanSize: Float64Array;
  readonly #count: Float64Array;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  /** The coefficients of sin nθ and 1 − cos nθ in the distribution function of the law in use. */
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  readonly #turn = new Float64Array(2);
  #context = 0;
  #location = 0;
  #scale = 1;

  /** @param sizes - For each context the size of errors to begin with. */
  constructor({ reference, terms }: LawShape, sizes: Float64Array) {
    this.#reference = reference;
    this.#terms = terms;
    this.#jackson = jacksonWeights(terms);
    this.#meanSize = sizes.slice();
    this.#count = new Float64Array(sizes.length);
    this.#cosines = new Float64Array(sizes.length * terms);
    this.#sines = new Float64Array(sizes.length * terms);
    this.#a = new Float64Array(terms);
    this.#b = new Float64Array(terms);
  }

  /** Chooses the law of a context, about a prediction. */
  use(context: number, location: number): void {
    this.#context = context;
    this.#location = location;
    this.#scale = LEAST_SCALE + SCALE[this.#reference] * this.#meanSize[context]!;
    const count = this.#count[context]! + PRIOR;
    for (let k = 0, at = context * this.#terms; k < this.#terms; k++, at++) {
      const weight = this.#jackson[k]! / (count * Math.PI * (k + 1));
      this.#a[k] = weight * this.#cosines[at]!;
      this.#b[k] = weight * this.#sines[at]!;
    }
  }

  /** The probability of what is below x. */
  below(x: number): number {
    const share = this.#share(x);
    if (this.#terms === 0) return share;
    turn(share, this.#turn);
    const cos1 = this.#turn[0]!;
    const sin1 = this.#turn[1]!;
    let cos = 1;
    let sin = 0;
    let sum = share;
    for (let k = 0; k < this.#terms; k++) {
      const next = cos * cos1 - sin * sin1;
      sin = sin * cos1 + cos * sin1;
      cos = next;
      sum += this.#a[k]! * sin + this.#b[k]! * (1 - cos);
    }
    return sum;
  }

  /** Takes in that the value was in [lower, upper), with infinite bounds for the least and the greatest, and its error. */
  learn(lower: number, upper: number, size: number): void {
    const context = this.#context;
    const count = (this.#count[context]! += 1);
    this.#meanSize[context]! += (size - this.#meanSize[context]!) / (count + 2 < MEMORY ? count + 2 : MEMORY);
    if (this.#terms === 0) return;
    const begin = this.#share(lower);
    const end = this.#share(upper);
    turn(begin, this.#turn);
    const beginCos = this.#turn[0]!;
    const beginSin = this.#turn[1]!;
    turn(end, this.#turn);
    const endCos = this.#turn[0]!;
    const endSin = this.#turn[1]!;
    let c0 = 1;
    let s0 = 0;
    let c1 = 1;
    let s1 = 0;
    const width = 2 * Math.PI * (end - begin);
    for (let k = 0, at = context * this.#terms; k < this.#terms; k++, at++) {
      let next = c0 * beginCos - s0 * beginSin;
      s0 = s0 * beginCos + c0 * beginSin;
      c0 = next;
      next = c1 * endCos - s1 * endSin;
      s1 = s1 * endCos + c1 * endSin;
      c1 = next;
      this.#cosines[at]! += width > NARROW ? (s1 - s0) / (width * (k + 1)) : c1;
      this.#sines[at]! += width > NARROW ? (c0 - c1) / (width * (k + 1)) : s1;
    }
  }

  /** R((x − location) / scale). */
  #share(x: number): number {
    const z = (x - this.#location) / this.#scale;
    const tail = expMinus(z < 0 ? -z : z);
    const share = this.#reference === "logistic" ? tail / (1 + tail) : tail / 2;
    return z < 0 ? share : 1 - share;
  }
}

/** Below this width the mean over a bin is lost to rounding, and is that at a point. */
const NARROW = 1e-7;

/** Jₙ = ((M − n) cos(πn/M) + sin(πn/M) cot(π/M)) / M for n = 1 … terms, M = terms + 2. */
function jacksonWeights(terms: number): Float64Array {
  const m = terms + 2;
  const at = new Float64Array(2);
  turn(0.5 / m, at);
  const cotangent = at[0]! / at[1]!;
  return Float64Array.from({ length: terms }, (_, i) => {
    turn((i + 1) / (2 * m), at);
    return ((m - i - 1) * at[0]! + at[1]! * cotangent) / m;
  });
}
