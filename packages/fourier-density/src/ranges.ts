/**
 * Samples known only to lie in a range, as a part of a likelihood: −Σᵢ vᵢ log Pᵢ, where
 * Pᵢ = (h + 2 Σₙ Re(rₙ e^{inm}) sin(nh) / n) / π is what a series gives to the angles from m − h to m + h.
 *
 * @remarks O(ranges · terms) per value. Where the density is even, the range and its mirror image are one: twice that.
 */
export class Ranges {
  readonly #middle: Float64Array;
  readonly #half: Float64Array;
  readonly #weights: Float64Array;
  readonly #fold: number;

  /**
   * @param middle - m of each range.
   * @param half - h of each, > 0.
   * @param even - Whether the density is even and the ranges are in [0, π].
   */
  constructor(middle: Float64Array, half: Float64Array, weights: Float64Array, even: boolean) {
    this.#middle = middle;
    this.#half = half;
    this.#weights = weights;
    this.#fold = even ? 2 : 1;
  }

  /** The value at a series r; adds its derivative to τ, in the sense that d value = Re Σ τₙ d rₙ over n ≥ 0. */
  value(re: Float64Array, im: Float64Array, tauRe: Float64Array, tauIm: Float64Array): number {
    let value = 0;
    for (let i = 0; i < this.#weights.length; i++) {
      let share = 0;
      this.#walk(i, re.length, (n, c, s, weight) => {
        share += weight * (re[n]! * c - im[n]! * s);
      });
      const slope = -this.#weights[i]! / share;
      value -= this.#weights[i]! * Math.log(share);
      this.#walk(i, re.length, (n, c, s, weight) => {
        tauRe[n]! += slope * weight * c;
        tauIm[n]! += slope * weight * s;
      });
    }
    return value;
  }

  /** Visits cos nm, sin nm and the weight of rₙ e^{inm}, for n = 0 … count − 1, by the recurrence of rotations. */
  #walk(
    i: number,
    count: number,
    visit: (n: number, cos: number, sin: number, weight: number) => void,
  ): void {
    const scale = this.#fold / Math.PI;
    const [stepC, stepS] = [Math.cos(this.#middle[i]!), Math.sin(this.#middle[i]!)];
    const [halfC, halfS] = [Math.cos(this.#half[i]!), Math.sin(this.#half[i]!)];
    visit(0, 1, 0, scale * this.#half[i]!);
    let [c, s, hc, hs] = [stepC, stepS, halfC, halfS];
    for (let n = 1; n < count; n++) {
      visit(n, c, s, (2 * scale * hs) / n);
      [c, s] = [c * stepC - s * stepS, c * stepS + s * stepC];
      [hc, hs] = [hc * halfC - hs * halfS, hc * halfS + hs * halfC];
    }
  }
}
