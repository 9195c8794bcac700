/**
 * A network under jax-js that ends in a density: one hidden layer, from x to the density of y given x, trained by Adam.
 *
 *     node --conditions=lemmata-source examples/jax-head/train.ts
 *
 * y has two branches that part as x grows, which no mean and deviation describe.
 */
import { jit, numpy as np, valueAndGrad } from "@jax-js/jax";
import { fourierLoss } from "./fourier-loss.ts";

const HIDDEN = 32;
const TERMS = 12;
const WIDTH = 2 * (TERMS + 1);
const BATCH = 256;
const SUPPORT = { kind: "line", map: "tanh", location: 0, scale: 2 } as const;

/** V, c, W and b: the coefficients are W tanh(V x + c) + b. */
type Weights = np.Array[];

function meanLoss([v, c, w, b]: Weights, x: np.Array, y: np.Array): np.Array {
  const units = np.tanh(np.matmul(x, v!).add(c!));
  return fourierLoss(np.matmul(units, w!).add(b!), y, { support: SUPPORT }).mean();
}

/** One step of Adam: new weights, running means of the gradient and of its square, and the loss. */
const step = jit(
  (weights: Weights, means: Weights, squares: Weights, x: np.Array, y: np.Array, rate: np.Array) => {
    const [loss, gradient] = valueAndGrad(meanLoss)(
      weights.map((w) => w.ref),
      x,
      y,
    );
    const m = means.map((mean, i) => mean.mul(0.9).add(gradient[i]!.ref.mul(0.1)));
    const s = squares.map((square, i) => square.mul(0.99).add(np.square(gradient[i]!).mul(0.01)));
    const moved = weights.map((w, i) => w.sub(m[i]!.ref.div(np.sqrt(s[i]!.ref).add(1e-6)).mul(rate.ref)));
    rate.dispose();
    return [moved, m, s, loss] as const;
  },
);

/** Trains on so many batches, and returns mean losses in nats: of the first 20, of the last 20, and the law's own. */
export function train(steps: number, rng: () => number): Record<"first" | "last" | "entropy", number> {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
  const noise = (count: number, size: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: count }, () => size * normal());
  const reference = new Float32Array(WIDTH);
  reference[0] = 1; // every x has the reference law at first
  let weights: Weights = [
    np.array(noise(HIDDEN, 1)).reshape([1, HIDDEN]),
    np.array(noise(HIDDEN, 1)),
    np.array(noise(HIDDEN * WIDTH, 0.01)).reshape([HIDDEN, WIDTH]),
    np.array(reference),
  ];
  let means: Weights = weights.map((w) => np.zerosLike(w.ref));
  let squares: Weights = weights.map((w) => np.zerosLike(w.ref));

  const losses: number[] = [];
  const entropies: number[] = [];
  for (let i = 0; i < steps; i++) {
    const x = Float32Array.from({ length: BATCH }, () => 2 * rng());
    const y = x.map((value) => (rng() < 0.5 ? 1 : -1) * (0.5 + value) + 0.2 * normal());
    entropies.push(-x.reduce((sum, value, row) => sum + logPdf(y[row]!, value), 0) / BATCH);
    const rate = 0.01 * (1 - i / steps);
    const [moved, m, s, loss] = step(
      weights,
      means,
      squares,
      np.array(x).reshape([BATCH, 1]),
      np.array(y),
      rate,
    );
    [weights, means, squares] = [[...moved], [...m], [...s]];
    losses.push(loss.item());
  }
  for (const array of [weights, means, squares].flat()) array.dispose();
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    first: mean(losses.slice(0, 20)),
    last: mean(losses.slice(-20)),
    entropy: mean(entropies.slice(-20)),
  };
}

/** The law of y given x: two normal laws of deviation 0.2, at ±(½ + x). */
function logPdf(y: number, x: number): number {
  const peak = (at: number): number =>
    Math.exp(-0.5 * ((y - at) / 0.2) ** 2) / (0.2 * Math.sqrt(2 * Math.PI));
  return Math.log((peak(0.5 + x) + peak(-0.5 - x)) / 2);
}

if (import.meta.main) {
  const { first, last, entropy } = train(1000, Math.random);
  console.log(
    `loss ${first.toFixed(3)} at first, ${last.toFixed(3)} at last; the least possible is ${entropy.toFixed(3)}`,
  );
}
