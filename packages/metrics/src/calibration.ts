import { isArrayLike } from "./array-like.ts";
import { MetricsError } from "./metrics-error.ts";

/** Predictions of about one confidence. */
export interface ReliabilityBin {
  /** The bin is (lower, upper]; the first has 0, too. */
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean predicted probability; undefined without predictions. */
  readonly confidence: number | undefined;
  /** How often it came true; undefined without predictions. */
  readonly accuracy: number | undefined;
}

/** Whether predictions come true as often as they say. */
export interface CalibrationResult {
  readonly count: number;
  /** Expected calibration error (Guo et al., 2017): the mean over predictions of |accuracy − confidence| of the bin. In [0, 1]. */
  readonly expectedError: number;
  /** The largest |accuracy − confidence| of a bin. In [0, 1]. */
  readonly maximumError: number;
  /** Brier's score: mean (p − outcome)². In [0, 1]; a proper score, unlike the errors above. */
  readonly brier: number;
  /** For a reliability diagram. */
  readonly bins: readonly ReliabilityBin[];
}

/** Sums over each bin, as JSON. */
export interface CalibrationJson {
  readonly counts: readonly number[];
  readonly confidences: readonly number[];
  readonly hits: readonly number[];
  readonly squares: readonly number[];
}

/** How to bin. */
export interface CalibrationOptions {
  /** How many bins of equal width; 15 if left out. From 1 to 10⁶. */
  readonly bins?: number;
}

/**
 * Sums for the calibration of predicted probabilities, an accumulator: counts are exact, sums rounded, with a relative error
 * of at most n · 2⁻⁵³.
 *
 * @throws {@link MetricsError} `argument` for a number of bins out of its range.
 */
export class Calibration {
  readonly #counts: Float64Array;
  readonly #confidences: Float64Array;
  readonly #hits: Float64Array;
  readonly #squares: Float64Array;

  constructor({ bins = 15 }: CalibrationOptions = {}) {
    if (!Number.isInteger(bins) || bins < 1 || bins > 1e6)
      throw new MetricsError("argument", `bins is ${String(bins)}; want a whole number from 1 to 1000000`);
    this.#counts = new Float64Array(bins);
    this.#confidences = new Float64Array(bins);
    this.#hits = new Float64Array(bins);
    this.#squares = new Float64Array(bins);
  }

  /**
   * Adds a prediction: how likely it was said to be, in [0, 1], and whether it came true.
   *
   * @throws {@link MetricsError} `argument`.
   */
  add(probability: number, outcome: boolean | 0 | 1): this {
    if (!(typeof probability === "number" && probability >= 0 && probability <= 1))
      throw new MetricsError("argument", `a probability is ${String(probability)}; want a number in [0, 1]`);
    const hit = Number(outcome);
    if ((typeof outcome !== "boolean" && typeof outcome !== "number") || (hit !== 0 && hit !== 1))
      throw new MetricsError("argument", `an outcome is ${String(outcome)}; want true or false, 1 or 0`);
    const bin = Math.max(0, Math.ceil(probability * this.#counts.length) - 1);
    this.#counts[bin]!++;
    this.#confidences[bin]! += probability;
    this.#hits[bin]! += hit;
    this.#squares[bin]! += (probability - hit) ** 2;
    return this;
  }

  /**
   * Adds what another accumulator of as many bins has summed, or its JSON form.
   *
   * @throws {@link MetricsError} `argument` for what is not such a form.
   */
  merge(other: Calibration | CalibrationJson): this {
    const json = other instanceof Calibration ? other.toJSON() : other;
    const lists = [json?.counts, json?.confidences, json?.hits, json?.squares];
    const sound =
      lists.every(
        (list) =>
          Array.isArray(list) &&
          list.length === this.#counts.length &&
          list.every((sum: unknown, bin) => typeof sum === "number" && sum >= 0 && sum <= json.counts[bin]!),
      ) && [...json.counts, ...json.hits].every(Number.isSafeInteger);
    if (!sound)
      throw new MetricsError(
        "argument",
        "these are not sums that an accumulator of as many bins has written",
      );
    [this.#counts, this.#confidences, this.#hits, this.#squares].forEach((sums, i) =>
      lists[i]!.forEach((sum, bin) => (sums[bin]! += sum)),
    );
    return this;
  }

  /**
   * The calibration of all predictions so far.
   *
   * @throws {@link MetricsError} `empty` if there are none.
   */
  finish(): CalibrationResult {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) throw new MetricsError("empty", "there are no predictions");
    let expectedError = 0;
    let maximumError = 0;
    const bins = Array.from(this.#counts, (count, bin): ReliabilityBin => {
      const [lower, upper] = [bin / this.#counts.length, (bin + 1) / this.#counts.length];
      if (count === 0) return { lower, upper, count, confidence: undefined, accuracy: undefined };
      const confidence = this.#confidences[bin]! / count;
      const accuracy = this.#hits[bin]! / count;
      const gap = Math.abs(accuracy - confidence);
      expectedError += (gap * count) / total;
      maximumError = Math.max(maximumError, gap);
      return { lower, upper, count, confidence, accuracy };
    });
    const brier = this.#squares.reduce((sum, square) => sum + square, 0) / total;
    return { count: total, expectedError, maximumError, brier, bins };
  }

  toJSON(): CalibrationJson {
    return {
      counts: [...this.#counts],
      confidences: [...this.#confidences],
      hits: [...this.#hits],
      squares: [...this.#squares],
    };
  }
}

/**
 * How well predicted probabilities are calibrated: expected and largest error over bins of equal width, Brier's score, and
 * the bins for a reliability diagram. For a classifier, give the probability of the class it chose, and whether that was right.
 *
 * @throws {@link MetricsError} `length`, `empty`, `argument`.
 * @remarks O(n + bins).
 */
export function calibration(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<boolean | 0 | 1> | ArrayLike<number>,
  options: CalibrationOptions = {},
): CalibrationResult {
  for (const list of [probabilities, outcomes])
    if (!isArrayLike(list))
      throw new MetricsError("argument", "want an array of probabilities and one of outcomes");
  if (probabilities.length !== outcomes.length)
    throw new MetricsError("length", `${probabilities.length} probabilities and ${outcomes.length} outcomes`);
  const sums = new Calibration(options);
  for (let i = 0; i < probabilities.length; i++) sums.add(probabilities[i]!, outcomes[i] as boolean | 0 | 1);
  return sums.finish();
}
