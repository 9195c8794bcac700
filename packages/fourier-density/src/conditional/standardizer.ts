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
      let squares = 0;
      for (let i = 0; i < rows.length; i++) {
        const change = features[rows[i]! * length + f]! - mean;
        mean += change / (i + 1);
        squares += change * (features[rows[i]! * length + f]! - mean);
      }
      means[f] = mean;
      const deviation = Math.sqrt(squares / rows.length);
      if (deviation > 0 && deviation < Infinity) deviations[f] = deviation;
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
