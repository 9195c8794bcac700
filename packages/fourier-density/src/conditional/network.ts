/** How many numbers go in, are between (0: none, the network is linear), and come out. */
export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/**
 * A linear map or one hidden layer: y = W x + b, or y = W tanh(V x + c) + b.
 *
 * @remarks tanh, since it is bounded: features far from those of the training give the output that the nearest ones
 * tend to, and no amplitude grows without limit.
 */
export class Network {
  readonly shape: NetworkShape;
  /** Row-major V, then c, if there is a hidden layer; then W, b. */
  readonly weights: Float64Array;
  readonly #activations: Float64Array;
  readonly #pulls: Float64Array;

  /** @param rows - How many rows at most go through at a time. */
  constructor(shape: NetworkShape, rows: number, weights: Float64Array) {
    this.shape = shape;
    this.weights = weights;
    this.#activations = new Float64Array(rows * shape.hidden);
    this.#pulls = new Float64Array(shape.hidden);
  }

  /** V uniform with variance 1 / inputs, c in [−1, 1], W = 0: every input gives the output b at first. */
  initialize(bias: ArrayLike<number>, rng: () => number): void {
    const { shape, weights } = this;
    const { inputs, hidden } = shape;
    const reach = Math.sqrt(3 / inputs);
    weights.fill(0);
    for (let i = 0; i < hidden * inputs; i++) weights[i] = reach * (2 * rng() - 1);
    for (let i = 0; i < hidden; i++) weights[hidden * inputs + i] = 2 * rng() - 1;
    weights.set(bias, weights.length - shape.outputs);
  }

  /** Writes the outputs of the first rows of x to y. */
  forward(x: Float64Array, rows: number, y: Float64Array): void {
    const { shape, weights } = this;
    const activations = this.#activations;
    const { inputs, hidden, outputs } = shape;
    if (hidden === 0) {
      for (let row = 0; row < rows; row++)
        affine(weights, 0, x, row * inputs, inputs, y, row * outputs, outputs);
      return;
    }
    const last = hidden * (inputs + 1);
    for (let row = 0; row < rows; row++) {
      const start = row * hidden;
      affine(weights, 0, x, row * inputs, inputs, activations, start, hidden);
      for (let i = start; i < start + hidden; i++) activations[i] = Math.tanh(activations[i]!);
      affine(weights, last, activations, start, hidden, y, row * outputs, outputs);
    }
  }

  /** Adds the gradient of the weights, given that of the outputs of the last {@link forward}. */
  backward(x: Float64Array, rows: number, dy: Float64Array, gradient: Float64Array): void {
    const { shape, weights } = this;
    const [activations, pulls] = [this.#activations, this.#pulls];
    const { inputs, hidden, outputs } = shape;
    if (hidden === 0) {
      for (let row = 0; row < rows; row++)
        addOuter(gradient, 0, x, row * inputs, inputs, dy, row * outputs, outputs);
      return;
    }
    const last = hidden * (inputs + 1);
    for (let row = 0; row < rows; row++) {
      const start = row * hidden;
      addOuter(gradient, last, activations, start, hidden, dy, row * outputs, outputs);
      pulls.fill(0);
      for (let o = 0, w = last; o < outputs; o++) {
        const pull = dy[row * outputs + o]!;
        for (let i = 0; i < hidden; i++) pulls[i]! += pull * weights[w++]!;
      }
      for (let i = 0; i < hidden; i++) pulls[i]! *= 1 - activations[start + i]! ** 2;
      addOuter(gradient, 0, x, row * inputs, inputs, pulls, 0, hidden);
    }
  }
}

/** The most units of a hidden layer. */
export const MOST_HIDDEN: number = 1 << 20;

/** How many weights a network of this shape has. */
export function weightCount({ inputs, hidden, outputs }: NetworkShape): number {
  return hidden === 0 ? outputs * (inputs + 1) : hidden * (inputs + 1) + outputs * (hidden + 1);
}

/** y = W x + b, where b follows W at w[at + outputs · inputs]. */
function affine(
  w: Float64Array,
  at: number,
  x: Float64Array,
  from: number,
  inputs: number,
  y: Float64Array,
  to: number,
  outputs: number,
): void {
  const bias = at + outputs * inputs;
  for (let o = 0, i = at; o < outputs; o++) {
    let sum = w[bias + o]!;
    for (let k = from; k < from + inputs; k++) sum += w[i++]! * x[k]!;
    y[to + o] = sum;
  }
}

/** The gradient of {@link affine} in W and b, added to what stands there. */
function addOuter(
  gradient: Float64Array,
  at: number,
  x: Float64Array,
  from: number,
  inputs: number,
  dy: Float64Array,
  dyFrom: number,
  outputs: number,
): void {
  const bias = at + outputs * inputs;
  for (let o = 0, i = at; o < outputs; o++) {
    const pull = dy[dyFrom + o]!;
    for (let k = from; k < from + inputs; k++) gradient[i++]! += pull * x[k]!;
    gradient[bias + o]! += pull;
  }
}
