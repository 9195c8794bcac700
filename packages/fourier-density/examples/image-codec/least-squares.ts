/**
 * Linear prediction by weighted least squares over the pixels before, each with a weight that falls by `decay` for every
 * column and row of distance (Meyer and Tischer 2001, *Glicbawls*).
 *
 * The normal equations of all pixels above are kept for every column, with the decay along the row worked in once a row
 * from both sides, those of the pixels to the left in one running sum: no pixel is gone back to.
 *
 * @remarks A pixel takes O(n²) for the sums and n³ / 6 for the solution, with n regressors; O(width · n²) numbers are kept.
 */
export class LocalLeastSquares {
  /** What the next prediction is made from: fill it before {@link LocalLeastSquares.predict}. */
  readonly regressors: Float64Array;
  readonly #width: number;
  readonly #decay: number;
  /** Numbers in a set of normal equations: the lower triangle, then the right-hand side. */
  readonly #size: number;
  /** Per column, the sums over all rows above, decayed by row. */
  readonly #columns: Float64Array;
  /** The same, also decayed along the row: what a pixel of the current row sees of the rows above. */
  readonly #above: Float64Array;
  readonly #left: Float64Array;
  readonly #running: Float64Array;
  readonly #factor: Float64Array;
  readonly #solution: Float64Array;

  constructor(width: number, count: number, decay: number) {
    this.regressors = new Float64Array(count);
    this.#width = width;
    this.#decay = decay;
    this.#size = (count * (count + 1)) / 2 + count;
    this.#columns = new Float64Array(width * this.#size);
    this.#above = new Float64Array(width * this.#size);
    this.#left = new Float64Array(this.#size);
    this.#running = new Float64Array(this.#size);
    this.#factor = new Float64Array(count * count);
    this.#solution = new Float64Array(count);
  }

  /** Goes on to the next row. */
  nextRow(): void {
    const columns = this.#columns;
    const above = this.#above;
    const running = this.#running;
    const decay = this.#decay;
    const size = this.#size;
    this.#left.fill(0);
    running.fill(0);
    for (let at = 0; at < columns.length; at += size)
      for (let k = 0; k < size; k++) {
        const sum = decay * (columns[at + k]! + running[k]!);
        running[k] = sum;
        above[at + k] = sum;
      }
    running.fill(0);
    for (let at = (this.#width - 1) * size; at >= 0; at -= size)
      for (let k = 0; k < size; k++) {
        above[at + k]! += running[k]!;
        const column = decay * columns[at + k]!;
        running[k] = decay * running[k]! + decay * column;
        columns[at + k] = column;
      }
  }

  /** The prediction at a column from {@link LocalLeastSquares.regressors}. */
  predict(column: number): number {
    const x = this.regressors;
    const a = this.#factor;
    const b = this.#solution;
    const above = this.#above;
    const left = this.#left;
    const n = x.length;
    const at = column * this.#size;
    let k = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++, k++) a[i * n + j] = above[at + k]! + left[k]!;
      a[i * n + i]! += RIDGE;
    }
    for (let i = 0; i < n; i++, k++) b[i] = above[at + k]! + left[k]!;
    // Cholesky; on the diagonal stand the reciprocals.
    for (let i = 0; i < n; i++) {
      const row = i * n;
      for (let j = 0; j < i; j++) {
        let sum = a[row + j]!;
        for (let m = 0, other = j * n; m < j; m++) sum -= a[row + m]! * a[other + m]!;
        a[row + j] = sum * a[j * n + j]!;
      }
      let pivot = a[row + i]!;
      let sum = b[i]!;
      for (let m = 0; m < i; m++) {
        const factor = a[row + m]!;
        pivot -= factor * factor;
        sum -= factor * b[m]!;
      }
      const reciprocal = 1 / Math.sqrt(pivot > LEAST_PIVOT ? pivot : LEAST_PIVOT);
      a[row + i] = reciprocal;
      b[i] = sum * reciprocal;
    }
    let prediction = 0;
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i]!;
      for (let m = i + 1; m < n; m++) sum -= a[m * n + i]! * b[m]!;
      b[i] = sum * a[i * n + i]!;
      prediction += b[i]! * x[i]!;
    }
    return prediction;
  }

  /** Takes in what came at a column, with a weight. */
  learn(column: number, value: number, weight: number): void {
    const x = this.regressors;
    const columns = this.#columns;
    const left = this.#left;
    const decay = this.#decay;
    const n = x.length;
    let at = column * this.#size;
    let k = 0;
    for (let i = 0; i < n; i++) {
      const weighted = weight * x[i]!;
      for (let j = 0; j <= i; j++, k++, at++) {
        const product = weighted * x[j]!;
        columns[at]! += product;
        left[k] = decay * (left[k]! + product);
      }
    }
    const weighted = weight * value;
    for (let i = 0; i < n; i++, k++, at++) {
      const product = weighted * x[i]!;
      columns[at]! += product;
      left[k] = decay * (left[k]! + product);
    }
  }
}

/** Keeps the solution small where the pixels before do not tell it. */
const RIDGE = 2;
const LEAST_PIVOT = 1e-6;
