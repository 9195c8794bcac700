import { LocalLeastSquares } from "./least-squares.ts";
import { neighbours, type Plane } from "./plane.ts";

/** Which pixels a predictor looks at, and how soon it forgets. */
export interface PredictorShape {
  /** Pixels of its own channel. */
  readonly own: number;
  /** Pixels of each channel that is there already: the one at its place and those around it. */
  readonly others: number;
  readonly decay: number;
}

/** By the number of channels before. */
export const PREDICTORS: readonly (readonly PredictorShape[])[] = [
  [
    { own: 6, others: 0, decay: 0.7 },
    { own: 14, others: 0, decay: 0.85 },
    { own: 22, others: 0, decay: 0.95 },
  ],
  [
    { own: 4, others: 3, decay: 0.7 },
    { own: 6, others: 5, decay: 0.8 },
    { own: 12, others: 9, decay: 0.9 },
  ],
  [
    { own: 2, others: 3, decay: 0.7 },
    { own: 6, others: 5, decay: 0.8 },
    { own: 10, others: 7, decay: 0.9 },
  ],
];

/**
 * A predictor of a channel: the median edge predictor of LOCO-I (Weinberger, Seroussi and Sapiro 2000), and added to it
 * what least squares make of the differences of pixels from it, and of how the other channels differ from theirs.
 */
export class Predictor {
  readonly #plane: Plane;
  readonly #others: readonly Plane[];
  readonly #ownSteps: Int32Array;
  readonly #otherSteps: Int32Array;
  readonly #squares: LocalLeastSquares;

  constructor(plane: Plane, others: readonly Plane[], { own, others: count, decay }: PredictorShape) {
    const { stride } = plane;
    this.#plane = plane;
    this.#others = others;
    this.#ownSteps = neighbours(stride, own);
    this.#otherSteps = Int32Array.of(
      0, -1, -stride, 1, stride, -stride - 1, -stride + 1, stride - 1, stride + 1,
    ).subarray(0, count); // prettier-ignore
    this.#squares = new LocalLeastSquares(plane.width, own + others.length * count, decay);
  }

  nextRow(): void {
    this.#squares.nextRow();
  }

  /** The prediction at a place, before it is cut to what can be. */
  predict(column: number, at: number, base: number): number {
    const { regressors } = this.#squares;
    let { data } = this.#plane;
    const own = this.#ownSteps;
    const other = this.#otherSteps;
    let k = 0;
    for (; k < own.length; k++) regressors[k] = data[at + own[k]!]! - base;
    for (let c = 0; c < this.#others.length; c++) {
      const plane = this.#others[c]!;
      ({ data } = plane);
      const theirs = medianEdge(plane, at);
      for (let i = 0; i < other.length; i++, k++) regressors[k] = data[at + other[i]!]! - theirs;
    }
    return base + this.#squares.predict(column);
  }

  learn(column: number, difference: number, weight: number): void {
    this.#squares.learn(column, difference, weight);
  }
}

/** The median of the pixel to the left, the one above, and their sum less the one between. */
export function medianEdge({ data, stride }: Plane, at: number): number {
  return medianOf(data[at - 1]!, data[at - stride]!, data[at - stride - 1]!);
}

/** {@link medianEdge} of three pixels: to the left, above, and above the left one. */
export function medianOf(left: number, above: number, corner: number): number {
  const least = left < above ? left : above;
  const most = left < above ? above : left;
  return corner >= most ? least : corner <= least ? most : left + above - corner;
}
