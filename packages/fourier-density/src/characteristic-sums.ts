import { MOST_TERMS } from "./amplitude.ts";
import { DensityError, fromFormat } from "./density-error.ts";
import { referenceShares } from "./reference-shares.ts";
import { checkWithin } from "./binned-samples.ts";
import { checkSamples, copyBlock, BLOCK, eachBlock, type Samples } from "./samples.ts";
import type { Series } from "./series.ts";
import { checkedSupport, sameSupport, type Support } from "./support.ts";

/** Characteristic sums as plain data. */
export interface CharacteristicSumsJson {
  readonly kind: "characteristic-sums";
  readonly version: 1;
  readonly support: Support;
  readonly count: number;
  readonly weight: number;
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/**
 * The empirical characteristic function of the reference angle, rₙ = mean of e^{−inθ} for n = 0 … terms, of samples that
 * come chunk by chunk, or in shards that are merged: what the Jackson estimate needs, without bins.
 *
 * On an interval the samples and their mirror images are meant, so that r is real. Merged sums are those of a single
 * pass to rounding, some ε · √n.
 */
export class CharacteristicSums {
  readonly support: Support;
  readonly terms: number;
  #count = 0;
  #weight = 0;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  /**
   * @param support - Where the samples lie; on the line with location and scale.
   * @param terms - From 0 to 4096.
   * @throws {@link DensityError} `argument`.
   */
  constructor(support: Support, terms: number) {
    this.support = checkedSupport(support);
    if (!Number.isInteger(terms) || terms < 0 || terms > MOST_TERMS)
      throw new DensityError(
        "argument",
        `terms must be a whole number from 0 to ${MOST_TERMS}, not ${String(terms)}`,
      );
    this.terms = terms;
    this.#re = new Float64Array(terms + 1);
    this.#im = new Float64Array(terms + 1);
  }

  /**
   * Adds a chunk of samples, which may be empty.
   *
   * @throws As `BinnedSamples.add` does; then nothing has been added.
   * @remarks O(n · terms).
   */
  add(samples: Samples, weights?: Samples): this {
    checkSamples(samples, weights);
    if (this.support.kind === "interval") checkWithin(samples, this.support);
    const shares = new Float64Array(BLOCK).fill(1);
    eachBlock(samples, (block, count, from) => {
      if (weights !== undefined) copyBlock(weights, from, count, shares);
      referenceShares(this.support, block, undefined, count);
      this.#addBlock(block, shares, count);
    });
    return this;
  }

  /** @throws {@link DensityError} `argument` unless support and terms are the same. */
  merge(other: CharacteristicSums): this {
    const fits = other instanceof CharacteristicSums && other.terms === this.terms;
    if (!fits || !sameSupport(other.support, this.support))
      throw new DensityError("argument", "only sums of the same support and number of terms can be merged");
    this.#count += other.#count;
    this.#weight += other.#weight;
    for (let n = 0; n <= this.terms; n++) {
      this.#re[n]! += other.#re[n]!;
      this.#im[n]! += other.#im[n]!;
    }
    return this;
  }

  /**
   * The series so far; more may be added after.
   *
   * @throws {@link DensityError} `empty` without samples, `weights` if all weigh nothing.
   */
  finish(): Series {
    if (!(this.#weight > 0))
      throw new DensityError(
        this.#count > 0 ? "weights" : "empty",
        "there are no samples with a weight above 0",
      );
    return { re: this.#re.map((sum) => sum / this.#weight), im: this.#im.map((sum) => sum / this.#weight) };
  }

  toJSON(): CharacteristicSumsJson {
    const [count, weight, re, im] = [this.#count, this.#weight, Array.from(this.#re), Array.from(this.#im)];
    return { kind: "characteristic-sums", version: 1, support: this.support, count, weight, re, im };
  }

  /** @throws {@link DensityError} `format` for what {@link CharacteristicSums.toJSON} cannot have given. */
  static fromJSON(json: CharacteristicSumsJson): CharacteristicSums {
    if (
      typeof json !== "object" ||
      json === null ||
      json.kind !== "characteristic-sums" ||
      json.version !== 1
    )
      throw new DensityError("format", "this is not the JSON form of characteristic sums, version 1");
    const { count, weight, re, im } = json;
    const lists = Array.isArray(re) && Array.isArray(im) && re.length === im.length && re.length > 0;
    if (!lists || ![count, weight, ...re, ...im].every(Number.isFinite) || count < 0 || weight < 0)
      throw new DensityError(
        "format",
        "characteristic sums hold a count, a weight and two lists of finite numbers",
      );
    const sums = fromFormat(() => new CharacteristicSums(json.support, re.length - 1));
    if (!re.every((sum, n) => Math.hypot(sum, im[n]!) <= weight * (1 + 1e-9)) || re[0]! < weight * (1 - 1e-9))
      throw new DensityError(
        "format",
        "sums of weighted numbers of size 1 are at most the weight, and the first is it",
      );
    sums.#count = count;
    sums.#weight = weight;
    sums.#re.set(re);
    sums.#im.set(im);
    return sums;
  }

  #addBlock(block: Float64Array, weights: Float64Array, count: number): void {
    const even = this.support.kind === "interval";
    const [re, im, turn] = [this.#re, this.#im, even ? Math.PI : 2 * Math.PI];
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!;
      const [cos, sin] = [Math.cos(turn * block[i]!), -Math.sin(turn * block[i]!)];
      let [c, s] = [weight, 0];
      for (let n = 0; n <= this.terms; n++) {
        re[n]! += c;
        if (!even) im[n]! += s;
        const next = c * cos - s * sin;
        s = c * sin + s * cos;
        c = next;
      }
      this.#weight += weight;
    }
    this.#count += count;
  }
}
