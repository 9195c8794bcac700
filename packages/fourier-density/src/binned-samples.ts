import { DensityError, fromFormat } from "./density-error.ts";
import { referenceShares } from "./reference-shares.ts";
import { BLOCK, checkSamples, copyBlock, eachBlock, type Samples } from "./samples.ts";
import { checkedSupport, type Interval, sameSupport, type Support } from "./support.ts";

/** Binned samples as plain data. */
export interface BinnedSamplesJson {
  readonly kind: "binned-samples";
  readonly version: 1;
  readonly support: Support;
  readonly count: number;
  readonly weight: number;
  readonly squares: number;
  readonly logReference: number;
  /** In units of 2⁻³⁰ · bins. */
  readonly masses: readonly number[];
}

/** What the samples are like, bin by bin. */
export interface Histogram {
  readonly support: Support;
  readonly bins: number;
  /** How many samples, the sum of their weights, and that of the squares. */
  readonly count: number;
  readonly weight: number;
  readonly squares: number;
  /** Σ log r(x), weighted. */
  readonly logReference: number;
  /** The weight at each node R = j / bins, j = 0 … bins. On a circle, the first and the last are one place. */
  readonly masses: Float64Array;
}

/** What positions on [0, 1] are rounded to, so that sums of counts are exact. */
const RESOLUTION = 2 ** 30;

/**
 * Samples as a histogram of R(x), each shared between the two nodes that it lies between in proportion (linear
 * binning): all that a fit looks at. They may come chunk by chunk, or in shards that are merged.
 *
 * Without weights, the masses are sums of whole numbers and so the same bits whatever the chunks and the order of
 * merging. With weights, and in the sum of log r, sums differ by rounding.
 */
export class BinnedSamples {
  readonly support: Support;
  readonly bins: number;
  #count = 0;
  #weight = 0;
  #squares = 0;
  #logReference = 0;
  readonly #units: Float64Array;

  /**
   * @param support - Where the samples lie; on the line with location and scale.
   * @param bins - A power of two from 64 to 2²⁰; a fit needs 16 for each term. Default: 8192.
   * @throws {@link DensityError} `argument`.
   */
  constructor(support: Support, bins = 8192) {
    this.support = checkedSupport(support);
    if (!(Number.isInteger(bins) && Number.isInteger(Math.log2(bins)) && bins >= 64 && bins <= 2 ** 20))
      throw new DensityError("argument", `bins must be a power of two from 64 to 2^20, not ${String(bins)}`);
    this.bins = bins;
    this.#units = new Float64Array(bins + 2);
  }

  /**
   * Adds a chunk of samples, which may be empty. On a circle they are taken into its period.
   *
   * @throws {@link DensityError} `value` for NaN and infinities, `support` for samples outside an interval, `weights`,
   * `length`, `argument`; then nothing has been added.
   * @remarks O(n), some 10 to 30 ns a sample.
   */
  add(samples: Samples, weights?: Samples): this {
    checkSamples(samples, weights);
    if (this.support.kind === "interval") checkWithin(samples, this.support);
    const shares = weights === undefined ? undefined : new Float64Array(BLOCK);
    eachBlock(samples, (block, count, from) => {
      if (weights !== undefined) copyBlock(weights, from, count, shares!);
      this.#addBlock(block, shares, count);
    });
    return this;
  }

  /**
   * Takes in what another histogram has seen; that one stays as it is.
   *
   * @throws {@link DensityError} `argument` unless its support and bins are the same.
   */
  merge(other: BinnedSamples): this {
    if (
      !(other instanceof BinnedSamples) ||
      other.bins !== this.bins ||
      !sameSupport(other.support, this.support)
    )
      throw new DensityError(
        "argument",
        "only binned samples of the same support and number of bins can be merged",
      );
    this.#count += other.#count;
    this.#weight += other.#weight;
    this.#squares += other.#squares;
    this.#logReference += other.#logReference;
    for (let j = 0; j < this.#units.length; j++) this.#units[j]! += other.#units[j]!;
    return this;
  }

  /** What there is so far; more may be added after. */
  finish(): Histogram {
    const { bins, support } = this;
    const masses = this.#units.slice(0, bins + 1).map((units) => units * (bins / RESOLUTION));
    const [count, weight, squares, logReference] = [
      this.#count,
      this.#weight,
      this.#squares,
      this.#logReference,
    ];
    return { support, bins, count, weight, squares, logReference, masses };
  }

  toJSON(): BinnedSamplesJson {
    return {
      kind: "binned-samples",
      version: 1,
      support: this.support,
      count: this.#count,
      weight: this.#weight,
      squares: this.#squares,
      logReference: this.#logReference,
      masses: Array.from(this.#units.subarray(0, this.bins + 1)),
    };
  }

  /** @throws {@link DensityError} `format` for what {@link toJSON} cannot have given. */
  static fromJSON(json: BinnedSamplesJson): BinnedSamples {
    if (typeof json !== "object" || json === null || json.kind !== "binned-samples" || json.version !== 1)
      throw new DensityError("format", "this is not the JSON form of binned samples, version 1");
    const numbers = [
      json.count,
      json.weight,
      json.squares,
      ...(Array.isArray(json.masses) ? json.masses : [-1]),
    ];
    if (
      !numbers.every((value) => Number.isFinite(value) && value >= 0) ||
      !Number.isFinite(json.logReference)
    )
      throw new DensityError("format", "binned samples hold finite numbers that are not negative");
    const binned = fromFormat(() => new BinnedSamples(json.support, json.masses.length - 1));
    // Both are sums of the same weights, so that no more than rounding parts them.
    const total = json.masses.reduce((sum, mass) => sum + mass, 0) * (binned.bins / RESOLUTION);
    if (!(Math.abs(total - json.weight) <= 1e-9 * json.weight))
      throw new DensityError(
        "format",
        `the masses of the bins sum to ${total}, not to the weight ${json.weight}`,
      );
    binned.#count = json.count;
    binned.#weight = json.weight;
    binned.#squares = json.squares;
    binned.#logReference = json.logReference;
    binned.#units.set(json.masses);
    return binned;
  }

  #addBlock(block: Float64Array, weights: Float64Array | undefined, count: number): void {
    this.#logReference += referenceShares(this.support, block, weights, count);
    this.#count += count;
    const units = this.#units;
    const shift = Math.log2(RESOLUTION / this.bins);
    const whole = 2 ** shift;
    for (let i = 0; i < count; i++) {
      const position = (block[i]! * RESOLUTION + 0.5) | 0;
      const node = position >> shift;
      const part = position & (whole - 1);
      if (weights === undefined) {
        units[node]! += whole - part;
        units[node + 1]! += part;
      } else {
        const weight = weights[i]!;
        units[node]! += weight * (whole - part);
        units[node + 1]! += weight * part;
        this.#weight += weight;
        this.#squares += weight * weight;
      }
    }
    if (weights !== undefined) return;
    this.#weight += count;
    this.#squares += count;
  }
}

/** @throws {@link DensityError} `support` at the first sample outside the interval. */
export function checkWithin(samples: Samples, { lower, upper }: Interval): void {
  eachBlock(samples, (block, count, from) => {
    for (let i = 0; i < count; i++)
      if (!(block[i]! >= lower && block[i]! <= upper))
        throw new DensityError(
          "support",
          `samples[${from + i}] is ${block[i]}, outside the interval from ${lower} to ${upper}`,
          from + i,
        );
  });
}
