/** Features less their means, in units of their standard deviations: what a network learns from at one rate. */
export class Standardizer {
  readonly means: Float64Array;
  /** 1 where a feature does not vary. */
  readonly deviations: Float64Array;

  constructor(means: Float64Array, deviations: Float64Array) {
    this.means = means;
    this.deviations = deviations;
  }

  /** The means and deviations of these rows of a matrix. */
  static of(features: ArrayLike<number>, length: number, rows: ArrayLike<number>): Standardizer {
    const [means, deviations] = [new Float64Array(length), new Float64Array(length).fill(1)];
    for (let f = 0; f < length; f++) {
      let mean = 0;
      for (let i = 0; i < rows.length; i++) mean += (features[rows[i]! * length + f]! - mean) / (i + 1);
      means[f] = mean;
      // In units of the largest difference, whose square may be beyond all numbers, or 0.
      let largest = 0;
      for (let i = 0; i < rows.length; i++)
        largest = Math.max(largest, Math.abs(features[rows[i]! * length + f]! - mean));
      if (largest === 0) continue;
      let squares = 0;
      for (let i = 0; i < rows.length; i++)
        squares += ((features[rows[i]! * length + f]! - mean) / largest) ** 2;
      deviations[f] = largest * Math.sqrt(squares / rows.length);
    }
    return new Standardizer(means, deviations);
  }

  /** Writes a row of features to x[to] …. */
  write(features: ArrayLike<number>, row: number, x: Float64Array, to: number): void {
    const { means, deviations } = this;
    for (let f = 0, from = row * means.length; f < means.length; f++)
      x[to + f] = (features[from + f]! - means[f]!) / deviations[f]!;
  }
}
