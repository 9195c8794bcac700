import { DensityError } from "../density-error.ts";
import { FourierDensity } from "../fourier-density.ts";
import { type RandomSource, uniformDraws } from "../random-source.ts";
import { referenceAngle, type Support, valueAt } from "../support.ts";
import { Batch, type ConditionalModel } from "./batch.ts";
import { type ConditionalDensityJson, modelFromJson, modelToJson } from "./conditional-json.ts";
import { RowSeries } from "./row-series.ts";
import { checkInside, checkLength, rowCount } from "./rows.ts";

/** The mean of −log p, in nats, over rows that a fit was not shown. */
export interface HeldOutLoss {
  readonly conditional: number;
  /** Of the density without features: what they bring is the difference. */
  readonly marginal: number;
}

/** The density of a number given features: each row of features has a `FourierDensity` of its own. Immutable. */
export class ConditionalDensity {
  readonly heldOut: HeldOutLoss;
  readonly #model: ConditionalModel;
  readonly #batch: Batch;
  readonly #series: RowSeries;

  /** `fitConditional` and {@link ConditionalDensity.fromJSON} make them. */
  constructor(model: ConditionalModel, heldOut: HeldOutLoss) {
    this.heldOut = Object.freeze({ ...heldOut });
    this.#model = model;
    this.#batch = new Batch(model, BLOCK);
    this.#series = new RowSeries(model.terms, model.support.kind === "interval");
  }

  /** Where the densities live; on the line each row has a location and a scale of its own, near these. */
  get support(): Support {
    return this.#model.support;
  }

  get terms(): number {
    return this.#model.terms;
  }

  /** How many features a row has. */
  get features(): number {
    return this.#model.standardizer.means.length;
  }

  /**
   * The density given one row of features.
   *
   * @throws {@link DensityError} `argument`, `length`, `value`.
   */
  at(features: ArrayLike<number>): FourierDensity {
    checkLength(features, this.features, "features");
    const { coefficients } = this.#batch.predict(features, [0]);
    const [count, even] = [this.terms + 1, this.support.kind === "interval"];
    const re = coefficients.slice(0, count);
    const im = even ? new Float64Array(count) : coefficients.slice(count, 2 * count);
    return new FourierDensity(this.#supportOf(0), { re, im });
  }

  /**
   * log p(target | features), one a row.
   *
   * @param features - Rows × features, row-major.
   * @throws {@link DensityError} `argument`, `length`, `value`; `support` for a target outside an interval.
   * @remarks As `fourierLoss` has it: where q is below 10⁻²⁰, the tangent of log q.
   */
  logPdf(features: ArrayLike<number>, targets: ArrayLike<number>, out?: Float64Array): Float64Array {
    const { rows, result } = this.#checked(features, targets, "targets", out);
    checkInside(targets, this.support);
    for (let start = 0; start < rows; start += BLOCK) {
      const block = range(start, Math.min(start + BLOCK, rows));
      const { losses } = this.#batch.losses(features, targets, block);
      for (let i = 0; i < block.length; i++) result[start + i] = -losses[i]!;
    }
    return result;
  }

  /**
   * P(X ≤ target | features), one a row: uniform on [0, 1] if the densities are right.
   *
   * @param features - Rows × features, row-major.
   * @throws {@link DensityError} `argument`, `length`, `value`.
   */
  cdf(features: ArrayLike<number>, targets: ArrayLike<number>, out?: Float64Array): Float64Array {
    const { rows, result } = this.#checked(features, targets, "targets", out);
    this.#eachRow(features, rows, (row, support) => {
      result[row] = this.#series.cdf(referenceAngle(support, targets[row]!));
    });
    return result;
  }

  /**
   * The least x of each row with cdf(x) ≥ u; the ends of the support for 0 and 1.
   *
   * @param features - Rows × features, row-major.
   * @param u - One for all rows or one a row, in [0, 1].
   * @throws {@link DensityError} `argument`, `length`; `value` (`at`: the row) for what is not in [0, 1].
   */
  quantile(features: ArrayLike<number>, u: number | ArrayLike<number>, out?: Float64Array): Float64Array {
    const us =
      typeof u === "number" ? new Float64Array(rowCount(features, this.features, "features")).fill(u) : u;
    const { rows, result } = this.#checked(features, us, "probabilities", out);
    for (let i = 0; i < rows; i++)
      if (!(us[i]! >= 0 && us[i]! <= 1))
        throw new DensityError("value", `a probability is in [0, 1], not ${us[i]}`, i);
    this.#eachRow(features, rows, (row, support) => {
      result[row] = valueAt(support, this.#series.angle(us[row]!));
    });
    return result;
  }

  /**
   * One draw for each row, each from one number of `rng`.
   *
   * @param features - Rows × features, row-major.
   * @param rng - Uniform on [0, 1); `Math.random` unless told.
   * @throws {@link DensityError} `argument`, `length`, `value`.
   */
  sample(
    features: ArrayLike<number>,
    { rng = Math.random }: { readonly rng?: RandomSource | undefined } = {},
  ): Float64Array {
    const rows = rowCount(features, this.features, "features");
    return this.quantile(features, uniformDraws(rows, rng));
  }

  /** Plain data, from which {@link ConditionalDensity.fromJSON} makes the same density to the last bit. */
  toJSON(): ConditionalDensityJson {
    return modelToJson(this.#model, this.heldOut);
  }

  /** @throws {@link DensityError} `format` for what {@link ConditionalDensity.toJSON} does not give. */
  static fromJSON(json: unknown): ConditionalDensity {
    const { model, heldOut } = modelFromJson(json);
    return new ConditionalDensity(model, heldOut);
  }

  #checked(
    features: ArrayLike<number>,
    list: ArrayLike<number>,
    name: string,
    out: Float64Array | undefined,
  ) {
    const rows = rowCount(features, this.features, "features");
    checkLength(list, rows, name);
    if (out !== undefined) checkLength(out, rows, "entries of out");
    return { rows, result: out ?? new Float64Array(rows) };
  }

  /** Looks at each row, its series in place. */
  #eachRow(features: ArrayLike<number>, rows: number, look: (row: number, support: Support) => void): void {
    for (let start = 0; start < rows; start += BLOCK) {
      const block = range(start, Math.min(start + BLOCK, rows));
      const { coefficients } = this.#batch.predict(features, block);
      for (let i = 0; i < block.length; i++) {
        this.#series.set(coefficients, i * this.#batch.head.width);
        look(start + i, this.#supportOf(i));
      }
    }
  }

  #supportOf(slot: number): Support {
    const [{ support }, { locations, scales }] = [this.#model, this.#batch.said];
    if (support.kind !== "line") return support;
    return { ...support, location: locations[slot]!, scale: scales[slot]! };
  }
}

/** Rows that go through the network together. */
const BLOCK = 256;

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
