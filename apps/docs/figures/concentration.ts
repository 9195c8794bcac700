import { sparsity } from "@lemmata/metrics/sparsity";
import { chiSquaredTail } from "@lemmata/metrics/tests";
import { createRng } from "@lemmata/sampling";
import type { Voice } from "./line-plot.ts";

/** So many keys are drawn: one row of that many weights, two of half as many, and so on. */
export const MOST_KEYS = 4096;
/** How fast the weights of the decay fall. */
const DECAY = 0.9;

/** What attention gives its weights by. Logits are normal, with a mean and a scale, over all keys. */
export interface Attention {
  readonly name: string;
  readonly formula: string;
  readonly voice: Voice;
  readonly dashed?: boolean;
  /** The weights of a row of keys, up to a factor. */
  readonly weights: (logits: Float64Array) => Float64Array;
  /** S of infinitely many keys. */
  readonly limit: (mean: number, scale: number) => number;
}

export const ATTENTIONS: readonly Attention[] = [
  {
    name: "softmax",
    formula: "exp(s)",
    voice: "perfect",
    weights: (logits) => logits.map(Math.exp),
    limit: (_, scale) => Math.exp(-(scale ** 2) / 2),
  },
  {
    name: "ReLU²",
    formula: "max(0, s)²",
    voice: "earlier",
    weights: (logits) => logits.map((s) => Math.max(0, s) ** 2),
    limit: (mean, scale) => {
      const moments = momentsAbove(mean / scale);
      return moments[2]! / Math.sqrt(moments[4]!);
    },
  },
  {
    name: "linear",
    formula: "s",
    voice: "exact",
    weights: (logits) => logits,
    // E|z + ε| = 2 E max(0, z + ε) − z
    limit: (mean, scale) => {
      const z = mean / scale;
      return (2 * momentsAbove(z)[1]! - z) / Math.hypot(1, z);
    },
  },
  {
    name: "decay",
    formula: `${DECAY}ʲ`,
    voice: "quiet",
    weights: (logits) => logits.map((_, j) => DECAY ** j),
    limit: () => 0,
  },
];

/** E max(0, z + ε)ᵏ for normal ε and k = 0 … 4. */
function momentsAbove(z: number): number[] {
  const tail = chiSquaredTail(z * z, 1) / 2;
  const moments = [z < 0 ? tail : 1 - tail];
  moments.push(z * moments[0]! + Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
  for (let k = 2; k <= 4; k++) moments.push(z * moments[k - 1]! + (k - 1) * moments[k - 2]!);
  return moments;
}

/** Normal numbers, two of each pair of uniform ones (Box and Muller, 1958). */
export function normals(count: number, seed: number): Float64Array {
  const rng = createRng(seed);
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - rng()));
    const angle = 2 * Math.PI * rng();
    numbers[i] = radius * Math.cos(angle);
    if (i + 1 < count) numbers[i + 1] = radius * Math.sin(angle);
  }
  return numbers;
}

/**
 * The mean S of the rows of so many keys, as many rows as `noise` has. Rows without any weight are left out; NaN if none
 * has some.
 */
export function concentrationOf(
  { weights }: Attention,
  noise: Float64Array,
  { keys, mean, scale }: { readonly keys: number; readonly mean: number; readonly scale: number },
): number {
  let sum = 0;
  let rows = 0;
  for (let start = 0; start + keys <= noise.length; start += keys) {
    const row = weights(noise.subarray(start, start + keys).map((epsilon) => mean + scale * epsilon));
    if (row.every((weight) => weight === 0)) continue;
    sum += sparsity(row);
    rows++;
  }
  return sum / rows;
}
