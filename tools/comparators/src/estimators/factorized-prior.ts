import type { Estimate, RandomSource } from "../density.ts";
import { adam, type Training } from "./adam.ts";
import { momentsOf } from "./moments.ts";

/** How a deep factorised prior is trained. */
export interface PriorOptions extends Partial<Training> {
  readonly rng: RandomSource;
}

/** Units of the hidden layers, as in the paper. */
const WIDTHS = [1, 3, 3, 3, 1];
const LAYERS = WIDTHS.length - 1;
const WIDEST = Math.max(...WIDTHS);
/** How wide the density is at the start. */
const INITIAL_SCALE = 10;

/** Where a layer's matrix, biases and factors begin among the parameters; the last layer has no factors. */
const PLACES: { matrix: number; bias: number; factor: number }[] = [];
for (let l = 0, matrix = 0; l < LAYERS; l++) {
  const [columns, rows] = [WIDTHS[l]!, WIDTHS[l + 1]!];
  const bias = matrix + rows * columns;
  PLACES.push({ matrix, bias, factor: bias + rows });
  matrix = bias + 2 * rows;
}
const PARAMETERS = PLACES.at(-1)!.factor;

/**
 * The deep factorised prior of learned compression (Ballé and others, arXiv 1802.01436, appendix 6.1): its cdf is a
 * sigmoid of a small network that increases because its matrices pass through softplus; a layer is
 * x ↦ y + tanh(a) tanh(y) with y = softplus(H) x + b. The density is the network's derivative, carried along with its value.
 */
export class FactorizedPrior implements Estimate {
  readonly parameters = PARAMETERS;
  readonly #network: Network;
  readonly #location: number;
  readonly #scale: number;

  constructor(weights: Float64Array, location: number, scale: number) {
    this.#network = new Network(weights);
    this.#location = location;
    this.#scale = scale;
  }

  logPdf(x: number): number {
    return this.#network.logDensity((x - this.#location) / this.#scale) - Math.log(this.#scale);
  }

  cdf(x: number): number {
    this.#network.logDensity((x - this.#location) / this.#scale);
    return sigmoid(this.#network.logit);
  }
}

/**
 * Trains a deep factorised prior by Adam.
 *
 * @remarks Defaults: 10,000 steps of 128 samples, rate 0.03.
 */
export function fitFactorizedPrior(samples: ArrayLike<number>, options: PriorOptions): FactorizedPrior {
  const { rng, steps = 10_000, batch = 128, rate = 0.03 } = options;
  const { mean, deviation } = momentsOf(samples, new Float64Array(samples.length).fill(1));
  const weights = startOf(rng);
  const network = new Network(weights);
  const gradient = (into: Float64Array): void => {
    into.fill(0);
    network.refresh();
    for (let i = 0; i < batch; i++) {
      network.logDensity((samples[Math.floor(rng() * samples.length)]! - mean) / deviation);
      network.addGradient(into, -1 / batch);
    }
  };
  adam(weights, gradient, { steps, rate });
  return new FactorizedPrior(weights, mean, deviation);
}

/** Matrices that divide the scale among the layers, small random biases, no factors. */
export function startOf(rng: RandomSource): Float64Array {
  const weights = new Float64Array(PARAMETERS);
  const scale = INITIAL_SCALE ** (1 / LAYERS);
  PLACES.forEach(({ matrix, bias, factor }, l) => {
    weights.fill(Math.log(Math.expm1(1 / scale / WIDTHS[l + 1]!)), matrix, bias);
    for (let i = bias; i < factor; i++) weights[i] = rng() - 0.5;
  });
  return weights;
}

/** The network at some weights, with what it computed last, so that gradients can be told. */
export class Network {
  /** The log-odds of the cdf, and their derivative, at the last point. */
  logit = 0;
  slope = 0;
  readonly #weights: Float64Array;
  /** softplus of the matrices, tanh of the factors, in the places of both. */
  readonly #shaped: Float64Array;
  /** Of each layer: what comes in, its derivative, tanh(y) and y′. */
  readonly #x: Float64Array[];
  readonly #dx: Float64Array[];
  readonly #t: Float64Array[];
  readonly #dy: Float64Array[];
  #gx = new Float64Array(WIDEST);
  #gdx = new Float64Array(WIDEST);
  #nextGx = new Float64Array(WIDEST);
  #nextGdx = new Float64Array(WIDEST);

  constructor(weights: Float64Array) {
    this.#weights = weights;
    this.#shaped = new Float64Array(weights.length);
    const perLayer = (): Float64Array[] => WIDTHS.map(() => new Float64Array(WIDEST));
    [this.#x, this.#dx, this.#t, this.#dy] = [perLayer(), perLayer(), perLayer(), perLayer()];
    this.refresh();
  }

  /** To be called when the weights have changed. */
  refresh(): void {
    PLACES.forEach(({ matrix, bias, factor }, l) => {
      for (let i = matrix; i < bias; i++) this.#shaped[i] = softplus(this.#weights[i]!);
      for (let i = bias; i < factor; i++) this.#shaped[i] = this.#weights[i]!;
      if (l < LAYERS - 1)
        for (let i = 0; i < WIDTHS[l + 1]!; i++)
          this.#shaped[factor + i] = Math.tanh(this.#weights[factor + i]!);
    });
  }

  /** log p(x), in the network's units. */
  logDensity(x: number): number {
    const shaped = this.#shaped;
    this.#x[0]![0] = x;
    this.#dx[0]![0] = 1;
    for (let l = 0; l < LAYERS; l++) {
      const { matrix, bias, factor } = PLACES[l]!;
      const [columns, rows] = [WIDTHS[l]!, WIDTHS[l + 1]!];
      const [inX, inDx, outX, outDx] = [this.#x[l]!, this.#dx[l]!, this.#x[l + 1]!, this.#dx[l + 1]!];
      for (let i = 0; i < rows; i++) {
        let y = shaped[bias + i]!;
        let dy = 0;
        for (let j = 0; j < columns; j++) {
          y += shaped[matrix + i * columns + j]! * inX[j]!;
          dy += shaped[matrix + i * columns + j]! * inDx[j]!;
        }
        const a = l < LAYERS - 1 ? shaped[factor + i]! : 0;
        const t = l < LAYERS - 1 ? Math.tanh(y) : 0;
        this.#t[l]![i] = t;
        this.#dy[l]![i] = dy;
        outX[i] = y + a * t;
        outDx[i] = dy * (1 + a * (1 - t * t));
      }
    }
    this.logit = this.#x[LAYERS]![0]!;
    this.slope = this.#dx[LAYERS]![0]!;
    return Math.log(this.slope) - softplus(this.logit) - softplus(-this.logit);
  }

  /** Adds `factor` times the gradient of log p at the last point. */
  addGradient(into: Float64Array, times: number): void {
    const shaped = this.#shaped;
    this.#gx[0] = times * (1 - 2 * sigmoid(this.logit));
    this.#gdx[0] = times / this.slope;
    for (let l = LAYERS - 1; l >= 0; l--) {
      const { matrix, bias, factor } = PLACES[l]!;
      const [columns, rows] = [WIDTHS[l]!, WIDTHS[l + 1]!];
      this.#nextGx.fill(0);
      this.#nextGdx.fill(0);
      for (let i = 0; i < rows; i++) {
        const a = l < LAYERS - 1 ? shaped[factor + i]! : 0;
        const [t, dy, gx, gdx] = [this.#t[l]![i]!, this.#dy[l]![i]!, this.#gx[i]!, this.#gdx[i]!];
        const s = 1 - t * t;
        const gy = gx * (1 + a * s) - 2 * gdx * dy * a * t * s;
        const gdy = gdx * (1 + a * s);
        if (l < LAYERS - 1) into[factor + i]! += (gx * t + gdx * dy * s) * (1 - a * a);
        into[bias + i]! += gy;
        for (let j = 0; j < columns; j++) {
          const w = matrix + i * columns + j;
          const gradient = gy * this.#x[l]![j]! + gdy * this.#dx[l]![j]!;
          into[w]! += gradient * sigmoid(this.#weights[w]!);
          this.#nextGx[j]! += shaped[w]! * gy;
          this.#nextGdx[j]! += shaped[w]! * gdy;
        }
      }
      [this.#gx, this.#nextGx] = [this.#nextGx, this.#gx];
      [this.#gdx, this.#nextGdx] = [this.#nextGdx, this.#gdx];
    }
  }
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
