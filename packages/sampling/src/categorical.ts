import { guarded, type RandomSource } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/** Weights that need not sum to 1: finite, not negative, not all 0. */
export type Weights = ArrayLike<number>;

/**
 * Draws one index with probability ∝ its weight.
 *
 * @throws {@link SamplingError} `argument` for weights that are not, `rng`.
 * @remarks O(n), one random number. For many draws from the same weights, {@link aliasTable}.
 */
export function categorical(weights: Weights, rng: RandomSource = Math.random): number {
  let left = guarded(rng)() * totalOf(weights);
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  // Rounding can leave a hair of the total: it belongs to the last index that has a weight.
  return last;
}

/** A prepared distribution over 0 … n − 1; see {@link aliasTable}. */
export interface AliasTable {
  /** Draws one index. */
  draw(rng?: RandomSource): number;
  /** How likely each column keeps its own index, and the index that it gives otherwise. */
  readonly keep: Float64Array;
  readonly alias: Int32Array;
}

/**
 * Prepares draws in constant time, each index with probability ∝ its weight.
 *
 * @throws {@link SamplingError} `argument` for weights that are not; `rng` when drawing.
 * @remarks O(n) once, then one random number a draw. Walker's method in Vose's form (Vose 1991): n columns of equal
 * mass, each shared by at most two indices.
 */
export function aliasTable(weights: Weights): AliasTable {
  const total = totalOf(weights);
  const n = weights.length;
  const scaled = Float64Array.from(weights, (weight) => (weight / total) * n);
  const keep = new Float64Array(n).fill(1);
  const alias = Int32Array.from({ length: n }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((mass, i) => (mass < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large.at(-1)!;
    keep[poor] = scaled[poor]!;
    alias[poor] = rich;
    scaled[rich]! -= 1 - scaled[poor]!;
    if (scaled[rich]! < 1) small.push(large.pop()!);
  }
  // What is left over is full but for rounding.
  return {
    keep,
    alias,
    draw: (rng = Math.random) => {
      const u = guarded(rng)() * n;
      const column = Math.floor(u);
      return u - column < keep[column]! ? column : alias[column]!;
    },
  };
}

/**
 * Draws n indices whose counts are as even as the weights allow: index i comes ⌊n p_i⌋ or ⌈n p_i⌉ times, n p_i on
 * average. In increasing order.
 *
 * @throws {@link SamplingError} `argument`, `rng`.
 * @remarks O(n + weights), one random number: n points a step apart over the cumulative weights. Systematic resampling
 * (Kitagawa 1996).
 */
export function systematic(weights: Weights, n: number, rng: RandomSource = Math.random): Int32Array {
  if (!Number.isInteger(n) || n < 0)
    throw new SamplingError("argument", `n must be a non-negative integer, got ${n}`);
  const step = totalOf(weights) / n;
  const first = guarded(rng)();
  const drawn = new Int32Array(n);
  let index = 0;
  let cumulative = weights[0]!;
  for (let k = 0; k < n; k++) {
    const point = (k + first) * step;
    while (cumulative <= point && index + 1 < weights.length) cumulative += weights[++index]!;
    drawn[k] = index;
  }
  const last = lastWithWeight(weights);
  return drawn.map((i) => Math.min(i, last));
}

/**
 * The k indices of largest log-weight + Gumbel noise, largest first: k draws without replacement, each with
 * probability ∝ the weight among those that are left.
 *
 * @param logWeights - Natural logs of weights, up to a common constant; −∞ for 0.
 * @throws {@link SamplingError} `argument` for a log-weight that is NaN or +∞, or k beyond the number of weights that
 * are not 0; `rng`.
 * @remarks O(n log n), one random number a weight. The Gumbel-max trick (Yellott 1977; Vieira 2014).
 */
export function gumbelTopK(
  logWeights: ArrayLike<number>,
  k: number,
  rng: RandomSource = Math.random,
): Int32Array {
  const uniform = guarded(rng);
  requireArray(logWeights);
  const possible: number[] = [];
  for (let i = 0; i < logWeights.length; i++) {
    if (!(logWeights[i]! < Infinity))
      throw new SamplingError("argument", `log-weight ${i} is ${logWeights[i]}`);
    if (logWeights[i]! > -Infinity) possible.push(i);
  }
  if (!Number.isInteger(k) || k < 0 || k > possible.length)
    throw new SamplingError("argument", `k must be an integer from 0 to ${possible.length}, got ${k}`);
  const noisy = new Float64Array(logWeights.length);
  for (const i of possible) noisy[i] = logWeights[i]! + gumbel(uniform);
  return Int32Array.from(possible.sort((a, b) => noisy[b]! - noisy[a]!).slice(0, k));
}

/** A standard Gumbel variate: −log(−log u), for u in (0, 1). */
export function gumbel(uniform: RandomSource): number {
  // u may be 0, whose log is −∞: 1 − u may not.
  return -Math.log(-Math.log1p(-uniform()) || Number.MIN_VALUE);
}

/**
 * Keeps k items of a stream of unknown length, every set of k of them alike.
 *
 * @throws {@link SamplingError} `argument` if k is not a positive integer; `rng` when an item is added.
 * @remarks O(1) an item, one random number for each beyond the k-th. Algorithm R (Waterman; Vitter 1985).
 */
export function reservoir<T>(
  k: number,
  rng: RandomSource = Math.random,
): { add(item: T): void; items(): readonly T[] } {
  if (!Number.isInteger(k) || k < 1)
    throw new SamplingError("argument", `k must be a positive integer, got ${k}`);
  const uniform = guarded(rng);
  const kept: T[] = [];
  let seen = 0;
  return {
    add: (item) => {
      seen++;
      if (kept.length < k) kept.push(item);
      else {
        const place = Math.floor(uniform() * seen);
        if (place < k) kept[place] = item;
      }
    },
    items: () => [...kept],
  };
}

function totalOf(weights: Weights): number {
  requireArray(weights);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity))
      throw new SamplingError("argument", `weight ${i} is ${weights[i]}; want a finite number ≥ 0`);
    total += weights[i]!;
  }
  if (!(total > 0 && total < Infinity)) throw new SamplingError("argument", `the weights sum to ${total}`);
  return total;
}

/** Refuses what has no length, or entries that are not numbers. */
export function requireArray(weights: Weights): void {
  if (typeof weights !== "object" || weights === null || !Number.isInteger(weights.length))
    throw new SamplingError("argument", "weights must be an array of numbers");
  for (let i = 0; i < weights.length; i++)
    if (typeof weights[i] !== "number") throw new SamplingError("argument", `weight ${i} is not a number`);
}

function lastWithWeight(weights: Weights): number {
  let last = weights.length - 1;
  while (weights[last] === 0) last--;
  return last;
}
