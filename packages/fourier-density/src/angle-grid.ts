import { Fft, turns } from "./fft.ts";
import type { Series } from "./series.ts";

/**
 * Trigonometric polynomials of a degree, at M equally spaced angles: `values` from coefficients, and its adjoint `sums`.
 *
 * @remarks Node j = s + L·t (L = M / P, P the least power of two above the degree) lies at place s·P + t, so that each
 * stretch of P places is one transform of length P: O(M log degree) instead of O(M log M), in the caches. Where `even`,
 * values at −θ are the conjugates of those at θ and only the stretches s = 0 … L/2 are kept.
 */
export class AngleGrid {
  readonly terms: number;
  readonly nodes: number;
  readonly even: boolean;
  /** How many places there are: M, or those of half the circle. */
  readonly places: number;
  readonly #block: number;
  readonly #stride: number;
  readonly #fft: Fft;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #scratchRe: Float64Array;
  readonly #scratchIm: Float64Array;

  /**
   * @param nodes - M, a power of two; it is at least 4 · (terms + 1), so that products of two polynomials are exact.
   * @param even - Whether all coefficients are real and all that is summed is even.
   */
  constructor(nodes: number, terms: number, even: boolean) {
    const block = 2 ** Math.ceil(Math.log2(terms + 1));
    const stride = nodes / block;
    this.nodes = nodes;
    this.terms = terms;
    this.even = even;
    this.places = even ? (stride / 2 + 1) * block : nodes;
    this.#block = block;
    this.#stride = stride;
    this.#fft = new Fft(block);
    ({ cos: this.#cos, sin: this.#sin } = turns(nodes));
    this.#scratchRe = new Float64Array(block);
    this.#scratchIm = new Float64Array(block);
  }

  /** How many nodes a place stands for: 2 where its mirror image is left out, else 1. */
  multiplicity(place: number): number {
    const s = Math.floor(place / this.#block);
    return this.even && s > 0 && s < this.#stride / 2 ? 2 : 1;
  }

  /** The node at a place. */
  node(place: number): number {
    return Math.floor(place / this.#block) + this.#stride * (place % this.#block);
  }

  /** Σₖ aₖ e^{−ikθ} at every place. */
  values(re: Float64Array, im: Float64Array, outRe: Float64Array, outIm: Float64Array): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const mask = this.nodes - 1;
    const block = this.#block;
    const reversed = this.#fft.reversed;
    outRe.fill(0);
    outIm.fill(0);
    for (let s = 0, offset = 0; offset < this.places; s++, offset += block) {
      for (let k = 0; k <= this.terms; k++) {
        const c = cos[(k * s) & mask]!;
        const d = sin[(k * s) & mask]!;
        const place = offset + reversed[k]!;
        outRe[place] = re[k]! * c + im[k]! * d;
        outIm[place] = im[k]! * c - re[k]! * d;
      }
      this.#fft.transformReversed(outRe, outIm, offset);
    }
  }

  /** 1 + 2 Re Σ rₙ e^{inθ} at every place, of a series. */
  seriesValues({ re, im }: Series): Float64Array {
    const [values, rest] = [new Float64Array(this.places), new Float64Array(this.places)];
    // Re Σ r̄ₙ e^{−inθ}, twice for n ≥ 1.
    this.values(
      re.map((r, n) => (n === 0 ? r : 2 * r)),
      im.map((r) => -2 * r),
      values,
      rest,
    );
    return values;
  }

  /**
   * Σ v e^{ikθ} over the places, for k = 0 … terms; `valuesIm` may be left out where v is real. Leaves v as it was.
   * Where a place stands for two nodes, v must hold the sum of both.
   */
  sums(
    values: Float64Array,
    valuesIm: Float64Array | undefined,
    outRe: Float64Array,
    outIm: Float64Array,
  ): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const mask = this.nodes - 1;
    const block = this.#block;
    const reversed = this.#fft.reversed;
    const re = this.#scratchRe;
    const im = this.#scratchIm;
    outRe.fill(0);
    outIm.fill(0);
    for (let s = 0, offset = 0; offset < this.places; s++, offset += block) {
      for (let t = 0; t < block; t++) re[t] = values[offset + reversed[t]!]!;
      if (valuesIm !== undefined) for (let t = 0; t < block; t++) im[t] = valuesIm[offset + reversed[t]!]!;
      else im.fill(0);
      // Re and im change places: that makes e^{+ikθ} of e^{−ikθ}.
      this.#fft.transformReversed(im, re);
      for (let k = 0; k <= this.terms; k++) {
        const c = cos[(k * s) & mask]!;
        const d = sin[(k * s) & mask]!;
        outRe[k] = outRe[k]! + re[k]! * c - im[k]! * d;
        if (!this.even) outIm[k] = outIm[k]! + re[k]! * d + im[k]! * c;
      }
    }
  }
}
