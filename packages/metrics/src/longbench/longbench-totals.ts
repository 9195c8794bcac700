import { MetricsError } from "../metrics-error.ts";
import type { References } from "../text/references.ts";
import { datasetOf, type LongbenchDataset } from "./datasets.ts";
import { roundHalfEven } from "./half-even.ts";
import { type LongbenchContext, longbenchScore } from "./longbench-score.ts";

/** Lengths of the contexts, in words or Chinese characters, as LongBench-E groups them. */
export const lengthBuckets = ["0-4k", "4-8k", "8k+"] as const;
export type LengthBucket = (typeof lengthBuckets)[number];

/** A prediction, as LongBench's files have it. */
export interface LongbenchExample extends LongbenchContext {
  readonly prediction: string;
  readonly answers: References;
  /** Of the context, in words or Chinese characters: for the groups by length. */
  readonly length?: number;
}

/** Scores in percent, rounded to two digits as LongBench reports them. */
export interface LongbenchResult {
  readonly score: number;
  readonly examples: number;
  /** Of the examples in each group by length; undefined where there are none. */
  readonly byLength: Readonly<Record<LengthBucket, number | undefined>>;
}

/** Sums of scores and numbers of examples, as JSON: of all, then of each group by length. */
export interface LongbenchJson {
  readonly dataset: LongbenchDataset;
  readonly sums: readonly number[];
  readonly examples: readonly number[];
}

/**
 * The mean score of a dataset of LongBench: an accumulator, rounded, with an error of at most n · 2⁻⁵³ before scores are
 * rounded to two digits.
 *
 * @throws {@link MetricsError} `argument` for what is no dataset.
 */
export class LongbenchTotals {
  readonly dataset: LongbenchDataset;
  readonly #sums = [0, 0, 0, 0];
  readonly #examples = [0, 0, 0, 0];

  constructor(dataset: LongbenchDataset) {
    this.dataset = datasetOf(dataset);
  }

  /**
   * Adds an example, and returns its own score, in [0, 1].
   *
   * @throws {@link MetricsError} `argument`, `text`, `empty` if there is no answer.
   */
  add(example: LongbenchExample): number {
    const { prediction, answers, length, ...context } = Object(example) as LongbenchExample;
    const groups = length === undefined ? [0] : [0, 1 + bucketOf(length)];
    const score = longbenchScore(this.dataset, prediction, answers, context);
    for (const group of groups) {
      this.#sums[group]! += score;
      this.#examples[group]!++;
    }
    return score;
  }

  /**
   * Adds what another accumulator of the same dataset has summed, or its JSON form.
   *
   * @throws {@link MetricsError} `argument` for another dataset, or for what is not such a form.
   */
  merge(other: LongbenchTotals | LongbenchJson): this {
    const json = other instanceof LongbenchTotals ? other.toJSON() : other;
    const sound =
      json?.dataset === this.dataset &&
      Array.isArray(json.sums) &&
      Array.isArray(json.examples) &&
      json.examples.length === 4 &&
      json.examples.every((count: unknown) => Number.isSafeInteger(count)) &&
      json.sums.length === 4 &&
      json.sums.every((sum: unknown, i) => typeof sum === "number" && sum >= 0 && sum <= json.examples[i]!);
    if (!sound)
      throw new MetricsError(
        "argument",
        `these are not sums that an accumulator of ${this.dataset} has written`,
      );
    json.sums.forEach((sum, i) => (this.#sums[i]! += sum));
    json.examples.forEach((count, i) => (this.#examples[i]! += count));
    return this;
  }

  /**
   * The means of all examples so far.
   *
   * @throws {@link MetricsError} `empty` if there are none.
   */
  finish(): LongbenchResult {
    const [score, ...byLength] = this.#sums.map((sum, i) =>
      this.#examples[i] === 0 ? undefined : roundHalfEven((100 * sum) / this.#examples[i]!, 2),
    );
    if (score === undefined) throw new MetricsError("empty", "there are no examples");
    const [short, middle, long] = byLength;
    return { score, examples: this.#examples[0]!, byLength: { "0-4k": short, "4-8k": middle, "8k+": long } };
  }

  toJSON(): LongbenchJson {
    return { dataset: this.dataset, sums: [...this.#sums], examples: [...this.#examples] };
  }
}

function bucketOf(length: number): number {
  if (!(length >= 0)) throw new MetricsError("argument", `length is ${String(length)}; want a number ≥ 0`);
  return length < 4000 ? 0 : length < 8000 ? 1 : 2;
}
