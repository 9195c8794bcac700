/** A range of angles, from middle − half to middle + half, and its weight. */
export interface Arc {
  readonly middle: number;
  /** Above 0. */
  readonly half: number;
  readonly weight: number;
}

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

  /** @param even - Whether the density is even, and the ranges in [0, π]. */
  constructor(arcs: readonly Arc[], even: boolean) {
    this.#middle = Float64Array.from(arcs, ({ middle }) => middle);
    this.#half = Float64Array.from(arcs, ({ half }) => half);
    this.#weights = Float64Array.from(arcs, ({ weight }) => weight);
    this.#fold = even ? 2 : 1;
  }

  /** Adds each weight to equally spaced angles, in equal parts to those in its range. */
  spread(shares: Float64Array): void {
    const n = shares.length;
    // Angles from −π to 3π.
    const changes = new Float64Array(2 * n + 1);
    const node = (angle: number) => (angle / (2 * Math.PI)) * n + n / 2;
    for (let i = 0; i < this.#weights.length; i++) {
      let from = Math.ceil(node(this.#middle[i]! - this.#half[i]!));
      let to = Math.min(Math.floor(node(this.#middle[i]! + this.#half[i]!)), 2 * n - 1);
      if (to < from) from = to = Math.floor(node(this.#middle[i]!));
      changes[from]! += this.#weights[i]! / (to - from + 1);
      changes[to + 1]! -= this.#weights[i]! / (to - from + 1);
    }
    let level = 0;
    for (let j = 0; j < 2 * n; j++) {
      level += changes[j]!;
      const place = (j + n / 2) % n;
      shares[place]! += level / this.#fold;
      if (this.#fold === 2) shares[(n - place) % n]! += level / 2;
    }
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
        // A range and its mirror image leave cosines alone.
        if (this.#fold === 1) tauIm[n]! += slope * weight * s;
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
