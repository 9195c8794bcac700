import { type AlphaOptions, checked, type Lattice, MAX_SCORE, scaledScore } from "./lattice.ts";

/**
 * exp(alpha · score) of each edge as `mantissa · 2^exponent`, with mantissas from 2^−128 to 2^128 and exponents that are
 * multiples of 256: 0 for all but extreme scores.
 *
 * Sums of products of such weights need neither exponentials nor logarithms, and no score is too large or too small
 * for them.
 */
export interface EdgeWeights {
  readonly mantissa: Float64Array;
  readonly exponent: Float64Array;
}

/**
 * The weights of all edges of a lattice.
 *
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(edges); one exponential for each edge, or none where the same label scores were asked for with this alpha
 * before.
 */
export function edgeWeights(lattice: Lattice, options?: AlphaOptions): EdgeWeights {
  const { mantissa, exponent, index } = weightsOf(lattice, checked(lattice, options));
  const count = lattice.end.length;
  return { mantissa: taken(mantissa, index, count), exponent: taken(exponent, index, count) };
}

function taken(values: Float64Array, index: Int32Array, count: number): Float64Array {
  const list = new Float64Array(count);
  for (let i = 0; i < count; i++) list[i] = values[index[i]!]!;
  return list;
}

/** Weights of which edge e has the one at `index[e]`. */
export interface IndexedWeights extends SplitScores {
  readonly index: Int32Array;
}

/** Weights, and whether all their exponents are 0. */
interface SplitScores extends EdgeWeights {
  readonly isPlain: boolean;
}

/** The weights of checked input: those of the labels, or of the edges where those of the labels were not made yet. */
export function weightsOf({ label, labelScore, score }: Lattice, alpha: number): IndexedWeights {
  const table = score === undefined ? tableOf(labelScore, alpha) : undefined;
  if (table !== undefined) return { ...table, index: label };
  const scores = score ?? taken(labelScore, label, label.length);
  return { ...split(scores, alpha), index: placesUpTo(label.length) };
}

/** 0, 1, 2, … */
function placesUpTo(count: number): Int32Array {
  if (places.length < count) places = Int32Array.from({ length: 2 * count }, (_, i) => i);
  return places;
}
let places = new Int32Array(0);

/** {@link split} of the scores of labels, of which not all need be in use; undefined if it refuses one. */
export function splitLabels(labelScore: Float64Array, alpha: number): SplitScores | undefined {
  const isInRange = labelScore.every((score) => Math.abs(alpha * score) <= MAX_SCORE);
  return isInRange ? split(labelScore, alpha) : undefined;
}

/** exp(alpha · score) of each score, taken apart. */
function split(scores: Float64Array, alpha: number): SplitScores {
  const mantissa = new Float64Array(scores.length);
  const exponent = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const log = scaledScore(alpha, scores[i]!);
    const power = EXPONENT_STEP * Math.round((log * Math.LOG2E) / EXPONENT_STEP) + 0;
    exponent[i] = power;
    mantissa[i] = Math.exp(log - power * Math.LN2);
  }
  return { mantissa, exponent, isPlain: exponent.every((power) => power === 0) };
}

/** What exponents are multiples of. Products of four mantissas stay within float64. */
export const EXPONENT_STEP = 256;

/**
 * The alphas that label scores were asked for with, and what came of it: made when an alpha comes again. null where some
 * label, which a lattice need not have an edge of, has no weight at this alpha.
 */
const tables = new WeakMap<Float64Array, Map<number, SplitScores | null | undefined>>();
/** How many alphas are remembered. */
const REMEMBERED = 8;

function tableOf(labelScore: Float64Array, alpha: number): SplitScores | undefined {
  let seen = tables.get(labelScore);
  if (seen === undefined) tables.set(labelScore, (seen = new Map()));
  if (!seen.has(alpha)) {
    if (seen.size === REMEMBERED) seen.delete(seen.keys().next().value!);
    seen.set(alpha, undefined);
    return undefined;
  }
  let table = seen.get(alpha);
  if (table === undefined) seen.set(alpha, (table = splitLabels(labelScore, alpha) ?? null));
  return table ?? undefined;
}
