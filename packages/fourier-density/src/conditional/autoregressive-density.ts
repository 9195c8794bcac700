import { DensityError, fromFormat } from "../density-error.ts";
import { fieldsOf } from "../fields.ts";
import { FourierDensity, type FourierDensityJson } from "../fourier-density.ts";
import { type RandomSource, uniformDraws } from "../random-source.ts";
import type { Support } from "../support.ts";
import { ConditionalDensity } from "./conditional-density.ts";
import type { ConditionalDensityJson } from "./conditional-json.ts";
import { featureCount, prefixFeatures } from "./prefix-features.ts";
import { checkInside, checkLength, rowCount } from "./rows.ts";

/** An autoregressive density as plain data. */
export interface AutoregressiveDensityJson {
  readonly kind: "autoregressive-density";
  readonly version: 1;
  readonly first: FourierDensityJson;
  readonly rest: readonly ConditionalDensityJson[];
}

/**
 * The density of points of d dimensions by the chain rule, p(x₁) p(x₂ | x₁) … p(x_d | x₁ … x_{d−1}): the first dimension
 * has a `FourierDensity`, each further one a `ConditionalDensity` whose features are those before it (of a circle, cosine
 * and sine). Immutable.
 */
export class AutoregressiveDensity {
  readonly first: FourierDensity;
  readonly rest: readonly ConditionalDensity[];
  readonly #supports: readonly Support[];

  /** @throws {@link DensityError} `length` where a density has not the features that the dimensions before it give. */
  constructor(first: FourierDensity, rest: readonly ConditionalDensity[]) {
    this.first = first;
    this.rest = Object.freeze([...rest]);
    this.#supports = [first.support, ...rest.map(({ support }) => support)];
    rest.forEach(({ features }, k) => {
      const needed = featureCount(this.#supports.slice(0, k + 1));
      if (features !== needed)
        throw new DensityError(
          "length",
          `dimension ${k + 1} has ${features} features, where ${needed} are needed`,
        );
    });
  }

  get dimensions(): number {
    return this.#supports.length;
  }

  /**
   * The density of the next dimension, given the ones before it.
   *
   * @param before - The first numbers of a point: as many as dimensions, less one at most.
   * @throws {@link DensityError} `argument`, `length`, `value`.
   */
  at(before: ArrayLike<number>): FourierDensity {
    checkLength(before, Math.min(before?.length ?? 0, this.dimensions - 1), "numbers before it");
    if (before.length === 0) return this.first;
    return this.rest[before.length - 1]!.at(
      prefixFeatures(before, 1, before.length, this.#before(before.length)),
    );
  }

  /**
   * log p, one a point.
   *
   * @param points - Rows × dimensions, row-major.
   * @throws {@link DensityError} `argument`, `length`, `value`; `support` (`at`: the row) for a number outside its interval.
   */
  logPdf(points: ArrayLike<number>, out?: Float64Array): Float64Array {
    const { rows, columns } = this.#columns(points);
    if (out !== undefined) checkLength(out, rows, "entries of out");
    const result = this.first.logPdf(columns[0]!, out ?? new Float64Array(rows));
    this.rest.forEach((density, k) => {
      const features = prefixFeatures(points, rows, this.dimensions, this.#before(k + 1));
      const further = density.logPdf(features, columns[k + 1]!);
      for (let row = 0; row < rows; row++) result[row]! += further[row]!;
    });
    return result;
  }

  /**
   * The transformation of Rosenblatt: each number's probability to be less, given the dimensions before it. Uniform on
   * the cube, and independent, if the density is right.
   *
   * @param points - Rows × dimensions, row-major; so is what comes back.
   * @throws {@link DensityError} `argument`, `length`, `value`, `support`.
   */
  rosenblatt(points: ArrayLike<number>): Float64Array {
    const d = this.dimensions;
    const { rows, columns } = this.#columns(points);
    const result = new Float64Array(rows * d);
    setColumn(result, d, 0, this.first.cdf(columns[0]!));
    this.rest.forEach((density, k) => {
      const features = prefixFeatures(points, rows, d, this.#before(k + 1));
      setColumn(result, d, k + 1, density.cdf(features, columns[k + 1]!));
    });
    return result;
  }

  /**
   * The inverse of {@link AutoregressiveDensity.rosenblatt}: conditional quantiles, dimension by dimension. Uniform points
   * of the cube, even ones of a low-discrepancy sequence, become points of this density.
   *
   * @param uniforms - Rows × dimensions, row-major, each in [0, 1], above 0 and below 1 on the line; so is what comes back.
   * @throws {@link DensityError} `argument`, `length`, `value`.
   */
  inverseRosenblatt(uniforms: ArrayLike<number>): Float64Array {
    const d = this.dimensions;
    const rows = rowCount(uniforms, d, "numbers");
    const result = new Float64Array(rows * d);
    setColumn(result, d, 0, this.first.quantile(column(uniforms, rows, d, 0)));
    this.rest.forEach((density, k) => {
      const features = prefixFeatures(result, rows, d, this.#before(k + 1));
      setColumn(result, d, k + 1, density.quantile(features, column(uniforms, rows, d, k + 1)));
    });
    return result;
  }

  /**
   * n independent draws, d numbers of `rng` each: n × dimensions, row-major.
   *
   * @param rng - Uniform on [0, 1); `Math.random` unless told.
   * @throws {@link DensityError} `argument`.
   */
  sample(n: number, { rng = Math.random }: { readonly rng?: RandomSource | undefined } = {}): Float64Array {
    if (!Number.isSafeInteger(n) || n < 0)
      throw new DensityError("argument", `n must be a whole number ≥ 0, not ${n}`);
    return this.inverseRosenblatt(uniformDraws(n * this.dimensions, rng));
  }

  /** Plain data, from which {@link AutoregressiveDensity.fromJSON} makes the same density to the last bit. */
  toJSON(): AutoregressiveDensityJson {
    return {
      kind: "autoregressive-density",
      version: 1,
      first: this.first.toJSON(),
      rest: this.rest.map((density) => density.toJSON()),
    };
  }

  /** @throws {@link DensityError} `format` for what {@link AutoregressiveDensity.toJSON} does not give. */
  static fromJSON(json: unknown): AutoregressiveDensity {
    const { kind, version, first, rest } = fieldsOf(json);
    if (kind !== "autoregressive-density" || version !== 1 || !Array.isArray(rest))
      throw new DensityError("format", "this is not the JSON form of an autoregressive density, version 1");
    return fromFormat(
      () =>
        new AutoregressiveDensity(
          FourierDensity.fromJSON(first),
          rest.map((part) => ConditionalDensity.fromJSON(part)),
        ),
    );
  }

  #before(dimension: number): readonly Support[] {
    return this.#supports.slice(0, dimension);
  }

  /** The dimensions of points, after a look at them, so that errors tell their rows. */
  #columns(points: ArrayLike<number>): { rows: number; columns: Float64Array[] } {
    const d = this.dimensions;
    const rows = rowCount(points, d, "numbers");
    const columns = this.#supports.map((_, k) => column(points, rows, d, k));
    this.#supports.forEach((support, k) => checkInside(columns[k]!, support));
    return { rows, columns };
  }
}

/** One dimension of points. */
export function column(points: ArrayLike<number>, rows: number, dimensions: number, k: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => points[row * dimensions + k]!);
}

function setColumn(points: Float64Array, dimensions: number, k: number, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) points[row * dimensions + k] = values[row]!;
}
