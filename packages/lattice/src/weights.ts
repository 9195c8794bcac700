import { type AlphaOptions, checked, type Lattice, scaledScore } from "./lattice.ts";

/**
 * exp(alpha · score) of each edge as `mantissa · 2^exponent`, with mantissas between 0.7 and 1.5 and whole exponents.
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
  return weightsOf(lattice, checked(lattice, options));
}

/** {@link edgeWeights} of checked input. */
export function weightsOf({ label, labelScore, score }: Lattice, alpha: number): EdgeWeights {
  if (score !== undefined) return split(score, alpha);
  const table = tableOf(labelScore, alpha);
  if (table === undefined) {
    const scores = new Float64Array(label.length);
    for (let e = 0; e < scores.length; e++) scores[e] = labelScore[label[e]!]!;
    return split(scores, alpha);
  }
  const mantissa = new Float64Array(label.length);
  const exponent = new Float64Array(label.length);
  for (let e = 0; e < label.length; e++) {
    mantissa[e] = table.mantissa[label[e]!]!;
    exponent[e] = table.exponent[label[e]!]!;
  }
  return { mantissa, exponent };
}

/** exp(alpha · score) of each score, taken apart. */
export function split(scores: Float64Array, alpha: number): EdgeWeights {
  const mantissa = new Float64Array(scores.length);
  const exponent = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const log = scaledScore(alpha, scores[i]!);
    const power = Math.round(log * Math.LOG2E);
    exponent[i] = power;
    mantissa[i] = Math.exp(log - power * Math.LN2);
  }
  return { mantissa, exponent };
}

/** The alphas that label scores were asked for with, and what came of it: made when an alpha comes again. */
const tables = new WeakMap<Float64Array, Map<number, EdgeWeights | undefined>>();
/** How many alphas are remembered. */
const REMEMBERED = 8;

function tableOf(labelScore: Float64Array, alpha: number): EdgeWeights | undefined {
  let seen = tables.get(labelScore);
  if (seen === undefined) tables.set(labelScore, (seen = new Map()));
  if (!seen.has(alpha)) {
    if (seen.size === REMEMBERED) seen.delete(seen.keys().next().value!);
    seen.set(alpha, undefined);
    return undefined;
  }
  let table = seen.get(alpha);
  if (table === undefined) seen.set(alpha, (table = split(labelScore, alpha)));
  return table;
}
