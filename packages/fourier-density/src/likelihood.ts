import type { AngleGrid } from "./angle-grid.ts";
import type { Ranges } from "./ranges.ts";

/**
 * What a fit minimises: −Σⱼ wⱼ log q(θⱼ) − Σᵢ vᵢ log Pᵢ + κ Σₙ n² |rₙ|², where q = |ψ|² / Σ |aₖ|², the θⱼ are the nodes of
 * a grid, Pᵢ is what q gives to a range, and Σ w + Σ v = 1. Convex in the series r of q.
 *
 * The amplitude a is one vector: the real parts, then the imaginary ones unless the grid is even.
 *
 * @remarks Value and gradient take two passes over the grid, four with ranges or κ, however many samples there were.
 */
export class Likelihood {
  readonly grid: AngleGrid;
  readonly #weights: Float64Array;
  readonly roughness: number;
  /** κ Σ n² |rₙ|² of the vector that was looked at last. */
  penalty = 0;
  readonly #ranges: Ranges | undefined;
  /** Of each place: ψ, q, how many nodes it stands for, and d value / d q. */
  readonly #psi: Pair;
  readonly #q: Float64Array;
  readonly #multiplicity: Float64Array;
  readonly #slope: Float64Array;
  /** Scratch for each place and for each coefficient. */
  readonly #product: Pair;
  readonly #series: Pair;
  readonly #tau: Pair;
  readonly #sums: Pair;
  readonly #zero: Float64Array;

  /**
   * @param weights - wⱼ, node by node.
   * @param roughness - κ ≥ 0.
   */
  constructor(grid: AngleGrid, weights: Float64Array, roughness = 0, ranges?: Ranges) {
    this.grid = grid;
    this.#multiplicity = Float64Array.from({ length: grid.places }, (_, place) => grid.multiplicity(place));
    this.#weights = this.#multiplicity.map((count, place) => count * weights[grid.node(place)]!);
    this.roughness = roughness;
    this.#ranges = ranges;
    const pair = (length: number): Pair => [new Float64Array(length), new Float64Array(length)];
    this.#psi = pair(grid.places);
    this.#product = pair(grid.places);
    [this.#q, this.#slope] = pair(grid.places);
    this.#series = pair(grid.terms + 1);
    this.#tau = pair(grid.terms + 1);
    this.#sums = pair(grid.terms + 1);
    this.#zero = new Float64Array(grid.terms + 1);
  }

  /** How long the vector of an amplitude is. */
  get length(): number {
    return (this.grid.even ? 1 : 2) * (this.grid.terms + 1);
  }

  /** The value at a vector, and its gradient. */
  value(vector: Float64Array, gradient: Float64Array): number {
    const { grid } = this;
    const [re, im] = this.parts(vector);
    let norm = 0;
    for (let i = 0; i < vector.length; i++) norm += vector[i]! ** 2;
    const value = this.#look(re, im, norm);

    const [slope, [psiRe, psiIm], [productRe, productIm], [sumRe, sumIm]] = [
      this.#slope,
      this.#psi,
      this.#product,
      this.#sums,
    ];
    let mean = 0;
    for (let j = 0; j < slope.length; j++) {
      productRe[j] = slope[j]! * psiRe[j]!;
      productIm[j] = slope[j]! * psiIm[j]!;
      mean += slope[j]! * this.#q[j]!;
    }
    grid.sums(productRe, productIm, sumRe, sumIm);
    // d q = (2 Re(ψ̄ dψ) − q d‖a‖²) / ‖a‖².
    for (let k = 0; k <= grid.terms; k++) {
      gradient[k] = (2 / norm) * (sumRe[k]! - mean * re[k]!);
      if (!grid.even) gradient[grid.terms + 1 + k] = (2 / norm) * (sumIm[k]! - mean * im[k]!);
    }
    return value;
  }

  /** The real and imaginary parts of an amplitude, from its vector. */
  parts(vector: Float64Array): Pair {
    const count = this.grid.terms + 1;
    return [vector.subarray(0, count), this.grid.even ? this.#zero : vector.subarray(count)];
  }

  /**
   * The Toeplitz form H = −d value / d q at a vector of norm 1: hₙ = −Σⱼ (d value / d qⱼ) e^{inθⱼ}, and what it gives to q
   * itself, so that any other q′ = |ψ′|² has a value of at least value(q) + ⟨H, q⟩ − a′* H a′.
   */
  form(vector: Float64Array): { re: Float64Array; im: Float64Array; own: number } {
    const [re, im] = this.parts(vector);
    this.#look(re, im, 1);
    const count = this.grid.terms + 1;
    const [hr, hi] = [new Float64Array(count), new Float64Array(count)];
    this.grid.sums(this.#slope, undefined, hr, hi);
    const own = -this.#slope.reduce((sum, slope, j) => sum + slope * this.#q[j]!, 0);
    return { re: hr.map((h) => -h), im: hi.map((h) => -h), own };
  }

  /** The value, leaving ψ, q and the slopes behind. */
  #look(re: Float64Array, im: Float64Array, norm: number): number {
    const [weights, slope, q, [psiRe, psiIm]] = [this.#weights, this.#slope, this.#q, this.#psi];
    this.grid.values(re, im, psiRe, psiIm);
    let value = 0;
    for (let j = 0; j < weights.length; j++) {
      const w = weights[j]!;
      q[j] = (psiRe[j]! ** 2 + psiIm[j]! ** 2) / norm;
      slope[j] = 0;
      if (w === 0) continue;
      value -= w * Math.log(q[j]!);
      slope[j] = -w / q[j]!;
    }
    if (this.roughness > 0 || this.#ranges !== undefined) value += this.#lookAtSeries();
    return value;
  }

  /** The part of the value that is a function of the series r, adding to the slopes. */
  #lookAtSeries(): number {
    const { grid } = this;
    const [[productRe, productIm], [re, im], [tauRe, tauIm]] = [this.#product, this.#series, this.#tau];
    for (let j = 0; j < productRe.length; j++) productRe[j] = this.#multiplicity[j]! * this.#q[j]!;
    grid.sums(productRe, undefined, re, im);
    // The sums are those of r̄ₙ, times the number of nodes; d rₙ = Σⱼ d qⱼ e^{−inθⱼ} / M, and τₙ = d value / d rₙ.
    this.penalty = 0;
    for (let n = 0; n <= grid.terms; n++) {
      re[n]! /= grid.nodes;
      im[n]! /= -grid.nodes;
      this.penalty += this.roughness * n * n * (re[n]! ** 2 + im[n]! ** 2);
      tauRe[n] = 2 * this.roughness * n * n * re[n]!;
      tauIm[n] = -2 * this.roughness * n * n * im[n]!;
    }
    let value = this.penalty;
    if (this.#ranges !== undefined) value += this.#ranges.value(re, im, tauRe, tauIm);
    grid.values(tauRe, tauIm, productRe, productIm);
    for (let j = 0; j < productRe.length; j++)
      this.#slope[j]! += (this.#multiplicity[j]! * productRe[j]!) / grid.nodes;
    return value;
  }
}

type Pair = readonly [Float64Array, Float64Array];
