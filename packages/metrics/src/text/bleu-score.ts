/**
 * What becomes of an n-gram precision of 0, which alone would make BLEU 0 (Chen and Cherry, 2014):
 *
 * - `exp`: the k-th such order counts 2⁻ᵏ matches, as in mteval-v13a;
 * - `floor`: it counts `smoothValue` matches, 0.1 if left out;
 * - `add-k`: `smoothValue`, 1 if left out, is added to matches and totals of all orders above 1;
 * - `none`: BLEU is 0.
 */
export type BleuSmoothing = "exp" | "floor" | "add-k" | "none";

/** The value of each smoothing that takes one. */
export const smoothDefaults: Readonly<Record<BleuSmoothing, number | undefined>> = {
  exp: undefined,
  floor: 0.1,
  "add-k": 1,
  none: undefined,
};

/** A BLEU score and what it is made of. */
export interface BleuScore {
  /** In [0, 100]; rounding may leave it a little above. */
  readonly score: number;
  /** In percent, smoothed, for n-grams of 1, 2, … words. */
  readonly precisions: readonly number[];
  /** In [0, 1]: exp(1 − referenceLength / hypothesisLength) where the hypotheses are shorter. */
  readonly brevityPenalty: number;
  /** In words. */
  readonly hypothesisLength: number;
  /** In words, of the reference of each segment that is closest in length. */
  readonly referenceLength: number;
  /** How many n-grams of the hypotheses the references cover. */
  readonly correct: readonly number[];
  /** How many n-grams the hypotheses have. */
  readonly total: readonly number[];
  /** sacrebleu's signature: report it with the score. */
  readonly signature: string;
}

/**
 * BLEU = BP · exp(Σ log pₙ / N) from counts (Papineni et al., 2002), in percent; with `effectiveOrder`, N is the longest
 * n-gram that the hypotheses are long enough to have. 0 where nothing matches.
 *
 * @param counts hypothesis length, reference length, matches of each order, totals of each order.
 */
export function bleuScore(
  counts: Float64Array,
  smooth: BleuSmoothing,
  smoothValue: number,
  effectiveOrder: boolean,
): Omit<BleuScore, "signature"> {
  const order = counts.length / 2 - 1;
  const [hypothesisLength = 0, referenceLength = 0] = counts;
  const correct = [...counts.subarray(2, 2 + order)];
  const total = [...counts.subarray(2 + order)];
  const brevityPenalty =
    hypothesisLength >= referenceLength
      ? 1
      : hypothesisLength > 0
        ? Math.exp(1 - referenceLength / hypothesisLength)
        : 0;
  const precisions = Array.from({ length: order }, () => 0);
  const parts = { precisions, brevityPenalty, hypothesisLength, referenceLength, correct, total };
  if (correct.every((count) => count === 0)) return { score: 0, ...parts };

  let halved = 1;
  let highest = order;
  for (let n = 1; n <= order; n++) {
    const added = smooth === "add-k" && n > 1 ? smoothValue : 0;
    const matches = correct[n - 1]! + added;
    const grams = total[n - 1]! + added;
    if (grams === 0) break;
    if (effectiveOrder) highest = n;
    if (matches > 0) precisions[n - 1] = (100 * matches) / grams;
    else if (smooth === "exp") precisions[n - 1] = 100 / ((halved *= 2) * grams);
    else if (smooth === "floor") precisions[n - 1] = (100 * smoothValue) / grams;
  }
  let logs = 0;
  for (const precision of precisions.slice(0, highest)) logs += Math.log(precision);
  return { score: brevityPenalty * Math.exp(logs / highest), ...parts };
}
