import { DensityError } from "../density-error.ts";
import { emptyLoss, fourierLoss, type FourierLoss } from "../loss.ts";
import type { Support } from "../support.ts";
import { Head, type HeadRows } from "./head.ts";
import { Network } from "./network.ts";
import type { Standardizer } from "./standardizer.ts";

/** How features become densities: standardised, through a network, to the coefficients of each row. */
export interface ConditionalModel {
  /** Where the densities live; on the line each row has a location and a scale of its own, near these. */
  readonly support: Support;
  readonly terms: number;
  /** Units of the hidden layer; 0 where everything is linear in the features. */
  readonly hidden: number;
  readonly standardizer: Standardizer;
  /** Of the network, in its order. */
  readonly weights: Float64Array;
}

/** A model with room for some rows at a time. */
export class Batch {
  readonly network: Network;
  readonly head: Head;
  readonly #standardizer: Standardizer;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #dy: Float64Array;
  readonly #targets: Float64Array;
  /** What was said last. */
  readonly said: HeadRows;
  readonly #loss: FourierLoss;

  constructor({ support, terms, hidden, standardizer, weights }: ConditionalModel, rows: number) {
    this.head = new Head(support, terms);
    const [inputs, outputs] = [standardizer.means.length, this.head.outputs];
    this.network = new Network({ inputs, hidden, outputs }, rows, weights);
    this.#standardizer = standardizer;
    this.#x = new Float64Array(rows * inputs);
    this.#y = new Float64Array(rows * outputs);
    this.#dy = new Float64Array(rows * outputs);
    this.#targets = new Float64Array(rows);
    this.said = this.head.rows(rows);
    this.#loss = emptyLoss(rows, this.head.width);
  }

  /**
   * What the model says of the rows of these numbers.
   *
   * @throws {@link DensityError} `value` (`at`: the row) for features so far out that it says nothing.
   */
  predict(features: ArrayLike<number>, rows: ArrayLike<number>): HeadRows {
    const [x, inputs] = [this.#x, this.network.shape.inputs];
    for (let i = 0; i < rows.length; i++) this.#standardizer.write(features, rows[i]!, x, i * inputs);
    this.network.forward(x, rows.length, this.#y);
    this.head.read(this.#y, rows.length, this.said);
    const bad = this.head.firstBad(rows.length, this.said);
    if (bad !== undefined)
      throw new DensityError(
        "value",
        `the features of row ${rows[bad]} are too large for this model`,
        rows[bad],
      );
    return this.said;
  }

  /** The losses of the rows of these numbers, first ones of the room that comes back. */
  losses(
    features: ArrayLike<number>,
    targets: ArrayLike<number>,
    rows: ArrayLike<number>,
    floor?: number,
  ): FourierLoss {
    const { coefficients, locations, scales } = this.predict(features, rows);
    const count = rows.length;
    for (let i = 0; i < count; i++) this.#targets[i] = targets[rows[i]!]!;
    const { support, width } = this.head;
    const { losses, gradient, locationGradient, scaleGradient } = this.#loss;
    return fourierLoss(coefficients.subarray(0, count * width), this.#targets.subarray(0, count), {
      support,
      floor,
      ...(support.kind === "line" && {
        locations: locations.subarray(0, count),
        scales: scales.subarray(0, count),
      }),
      out: {
        losses: losses.subarray(0, count),
        gradient: gradient.subarray(0, count * width),
        locationGradient: locationGradient.subarray(0, count),
        scaleGradient: scaleGradient.subarray(0, count),
      },
    });
  }

  /** Adds the gradient in the weights of the mean of the {@link losses} just looked at. */
  addGradient(loss: FourierLoss, gradient: Float64Array): void {
    const rows = loss.losses.length;
    this.head.pull(this.#y, rows, this.said, loss, this.#dy);
    this.network.backward(this.#x, rows, this.#dy, gradient);
  }
}
