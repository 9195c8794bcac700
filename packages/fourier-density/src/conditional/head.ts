import type { Amplitude } from "../amplitude.ts";
import type { FourierLoss } from "../loss.ts";
import type { Support } from "../support.ts";

/** What a batch of network outputs says of the densities: the arguments of `fourierLoss`. */
export interface HeadRows {
  /** Rows × width. */
  readonly coefficients: Float64Array;
  readonly locations: Float64Array;
  readonly scales: Float64Array;
}

/**
 * The last layer: outputs to coefficients and, on the line, to a location and a scale of the row's own:
 * location₀ + scale₀ · m and scale₀ · exp(8 tanh(s / 8)), where 0 and 0 give the support's.
 *
 * @remarks The scale stays within e^{±8} of the support's, so that the loss of targets which the features determine has
 * a bound.
 */
export class Head {
  readonly support: Support;
  /** How many coefficients a row has. */
  readonly width: number;
  /** How many outputs: the coefficients, then on the line m and s. */
  readonly outputs: number;

  constructor(support: Support, terms: number) {
    this.support = support;
    this.width = support.kind === "interval" ? terms + 1 : 2 * (terms + 1);
    this.outputs = this.width + (support.kind === "line" ? 2 : 0);
  }

  /** The outputs that give an amplitude at the support's own location and scale. */
  outputsOf({ re, im }: Amplitude): Float64Array {
    const outputs = new Float64Array(this.outputs);
    outputs.set(re);
    if (this.support.kind !== "interval") outputs.set(im, this.width / 2);
    return outputs;
  }

  /** Room for what so many rows say. */
  rows(count: number): HeadRows {
    const ofLine = this.support.kind === "line" ? count : 0;
    return {
      coefficients: new Float64Array(count * this.width),
      locations: new Float64Array(ofLine),
      scales: new Float64Array(ofLine),
    };
  }

  /** Writes what the first rows of the outputs y say. */
  read(y: Float64Array, rows: number, to: HeadRows): void {
    const { support, width, outputs } = this;
    for (let row = 0; row < rows; row++) {
      const from = row * outputs;
      for (let i = 0; i < width; i++) to.coefficients[row * width + i] = y[from + i]!;
      if (support.kind !== "line") continue;
      to.locations[row] = support.location + support.scale * y[from + width]!;
      to.scales[row] = support.scale * Math.exp(REACH * Math.tanh(y[from + width + 1]! / REACH));
    }
  }

  /** The first row that is no density, where there is one. */
  firstBad(rows: number, { coefficients, locations }: HeadRows): number | undefined {
    const { width } = this;
    for (let row = 0; row < rows; row++) {
      let size = 0;
      for (let i = row * width; i < (row + 1) * width; i++) size += Math.abs(coefficients[i]!);
      if (!(size > 1e-150 && size < 1e150)) return row;
      if (this.support.kind === "line" && !Number.isFinite(locations[row])) return row;
    }
    return undefined;
  }

  /** Writes the gradient in the outputs, given that of the loss, divided by the number of rows. */
  pull(y: Float64Array, rows: number, { scales }: HeadRows, loss: FourierLoss, dy: Float64Array): void {
    const { support, width, outputs } = this;
    const share = 1 / rows;
    for (let row = 0; row < rows; row++) {
      const from = row * outputs;
      for (let i = 0; i < width; i++) dy[from + i] = share * loss.gradient[row * width + i]!;
      if (support.kind !== "line") continue;
      dy[from + width] = share * support.scale * loss.locationGradient[row]!;
      const bend = 1 - Math.tanh(y[from + width + 1]! / REACH) ** 2;
      dy[from + width + 1] = share * scales[row]! * bend * loss.scaleGradient[row]!;
    }
  }
}

const REACH = 8;
