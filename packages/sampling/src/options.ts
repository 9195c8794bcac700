import { type Lattice, latticeFault } from "@lemmata/lattice";
import { SamplingError } from "./sampling-error.ts";

/** A source of randomness: each call gives a number uniform on [0, 1), as `Math.random` or `createRng(seed)`. */
export type RandomSource = () => number;

/** Options of a draw. */
export interface DrawOptions {
  /**
   * Inverse temperature: a segmentation is drawn with probability ∝ exp(alpha · score). 1 (the default) is the
   * model's own law; 0 draws all segmentations alike; larger values keep to the best ones, and `Infinity` to the best
   * one (of equal ones that which `viterbi` of `@lemmata/lattice` keeps). Negative values are the same law: −1 prefers a
   * bad segmentation as 1 does a good one. −∞ is refused.
   */
  readonly alpha?: number;
  /** Where the randomness comes from; `Math.random` if left out. */
  readonly rng?: RandomSource;
}

/** Options with their defaults, and the generator behind a check of what it returns. */
export interface Draw {
  readonly alpha: number;
  readonly uniform: RandomSource;
}

/** The checks that every sampler makes at its edge. */
export function checked(lattice: Lattice, options: DrawOptions | undefined): Draw {
  const fault = latticeFault(lattice);
  if (fault !== undefined) throw new SamplingError("lattice", `not a lattice: ${fault}`);
  const alpha = checkedAlpha(options?.alpha);
  if (alpha !== Infinity && Math.abs(alpha) * largestScore(lattice) > MAX_SCORE)
    throw new SamplingError("argument", `alpha is ${alpha}; alpha · score must lie within ±${MAX_SCORE}`);
  return { alpha, uniform: guarded(options?.rng ?? Math.random) };
}

/** An alpha with its default: a number above −∞, ∞ for the best path alone. */
export function checkedAlpha(alpha: number | undefined): number {
  if (alpha === undefined) return 1;
  if (typeof alpha !== "number" || !(alpha > -Infinity))
    throw new SamplingError("argument", `alpha must be a number above −∞, got ${shown(alpha)}`);
  return alpha;
}

/** The generator, with an error in place of a value outside [0, 1), which would draw from no law at all. */
export function guarded(rng: RandomSource): RandomSource {
  if (typeof rng !== "function") throw new SamplingError("argument", "rng must be a function");
  return () => {
    const u = rng();
    if (typeof u !== "number" || !(u >= 0 && u < 1))
      throw new SamplingError("rng", `rng returned ${shown(u)}; it must return numbers in [0, 1)`);
    return u;
  };
}

/** A value in a message: a number as it is, anything else by its type. */
export function shown(value: unknown): string {
  return typeof value === "number"
    ? String(value)
    : value === null
      ? "null"
      : `a value of type ${typeof value}`;
}

/** Beyond it a float64 sum no longer resolves millionths of a nat. */
const MAX_SCORE = 1e9;

/** The largest size of a score, and at least 1, so that alpha is bounded by itself. */
function largestScore({ label, labelScore, score }: Lattice): number {
  let largest = 1;
  for (let e = 0; e < label.length; e++)
    largest = Math.max(largest, Math.abs(score === undefined ? labelScore[label[e]!]! : score[e]!));
  return largest;
}

/** alpha · score of every edge of a lattice. */
export function scoresOf(lattice: Lattice, alpha: number): Float64Array {
  const { label, labelScore, score } = lattice;
  const scores = new Float64Array(label.length);
  if (score === undefined) for (let e = 0; e < scores.length; e++) scores[e] = alpha * labelScore[label[e]!]!;
  else for (let e = 0; e < scores.length; e++) scores[e] = alpha * score[e]!;
  return scores;
}
