import { MetricsError } from "../metrics-error.ts";
import { type References, referencesOf, requireSegments } from "./references.ts";
import { textOf } from "../text-of.ts";
import {
  defaultRougeTypes,
  type RougeOptions,
  type RougeScore,
  RougeScorer,
  type RougeType,
} from "./rouge-scorer.ts";

/**
 * ROUGE of one text (Lin, 2004), as Google's rouge_score gives it: of several references, the best for each type.
 *
 * @throws {@link MetricsError} `empty`, `text`, `argument`; also if `rougeLsum` meets two lines of some 65,000 words.
 * @remarks O(n) for n-grams, O(n · m / 32) for common subsequences, and for `rougeLsum` something for each pair of lines.
 */
export function rouge<Type extends RougeType = (typeof defaultRougeTypes)[number]>(
  prediction: string,
  references: References,
  options: RougeOptions<Type> = {},
): Record<Type, RougeScore> {
  return scorerOf(options).score(textOf(prediction, "the prediction"), referencesOf(references));
}

/**
 * The mean ROUGE of many texts.
 *
 * @param references the references of each prediction, at its place.
 * @throws {@link MetricsError} `length`, `empty`, `argument`, `text`.
 */
export function meanRouge<Type extends RougeType = (typeof defaultRougeTypes)[number]>(
  predictions: readonly string[],
  references: readonly References[],
  options: RougeOptions<Type> = {},
): Record<Type, RougeScore> {
  requireSegments(predictions, references);
  const means = new RougeMeans(options);
  predictions.forEach((prediction, i) => means.add(prediction, references[i]!));
  return means.finish();
}

/** Sums of scores, as JSON. */
export interface RougeMeansJson {
  readonly stemmer: boolean;
  readonly segments: number;
  /** Sums of precision, recall and F of each type. */
  readonly sums: Readonly<Record<string, readonly number[]>>;
}

/**
 * The mean of ROUGE over many texts, an accumulator: rounded, with an error of at most n · 2⁻⁵³ for n texts, whatever the
 * order.
 *
 * @throws {@link MetricsError} `argument`, `empty` for options out of their range.
 */
export class RougeMeans<Type extends RougeType = (typeof defaultRougeTypes)[number]> {
  readonly #scorer: RougeScorer<Type>;
  readonly #stemmer: boolean;
  readonly #sums: Float64Array;
  #segments = 0;

  constructor(options: RougeOptions<Type> = {}) {
    this.#scorer = scorerOf(options);
    this.#stemmer = options.stemmer ?? false;
    this.#sums = new Float64Array(3 * this.#scorer.types.length);
  }

  /**
   * Adds a text, and returns its own scores.
   *
   * @throws {@link MetricsError} `empty`, `argument`, `text`.
   */
  add(prediction: string, references: References): Record<Type, RougeScore> {
    const scores = this.#scorer.score(textOf(prediction, "the prediction"), referencesOf(references));
    this.#scorer.types.forEach((type, i) => {
      this.#sums[3 * i]! += scores[type].precision;
      this.#sums[3 * i + 1]! += scores[type].recall;
      this.#sums[3 * i + 2]! += scores[type].fmeasure;
    });
    this.#segments++;
    return scores;
  }

  /**
   * Adds what another accumulator of the same settings has summed, or its JSON form.
   *
   * @throws {@link MetricsError} `argument` if the settings differ, or for what is not such a form.
   */
  merge(other: RougeMeans<Type> | RougeMeansJson): this {
    const json = other instanceof RougeMeans ? other.toJSON() : other;
    const sums = this.#scorer.types.map((type) => json?.sums?.[type]);
    const sound =
      json?.stemmer === this.#stemmer &&
      Number.isSafeInteger(json.segments) &&
      Object.keys(json.sums ?? {}).length === sums.length &&
      sums.every(
        (three) =>
          Array.isArray(three) &&
          three.length === 3 &&
          three.every((sum: unknown) => typeof sum === "number" && sum >= 0 && sum <= json.segments),
      );
    if (!sound)
      throw new MetricsError(
        "argument",
        "these are not sums that an accumulator of the same settings has written",
      );
    sums.flatMap((three) => three ?? []).forEach((sum, i) => (this.#sums[i]! += sum));
    this.#segments += json.segments;
    return this;
  }

  /**
   * The means of all texts so far.
   *
   * @throws {@link MetricsError} `empty` if there are none.
   */
  finish(): Record<Type, RougeScore> {
    if (this.#segments === 0) throw new MetricsError("empty", "there are no segments");
    const means = {} as Record<Type, RougeScore>;
    this.#scorer.types.forEach((type, i) => {
      const [precision = 0, recall = 0, fmeasure = 0] = this.#sums
        .subarray(3 * i, 3 * i + 3)
        .map((sum) => sum / this.#segments);
      means[type] = { precision, recall, fmeasure };
    });
    return means;
  }

  toJSON(): RougeMeansJson {
    return {
      stemmer: this.#stemmer,
      segments: this.#segments,
      sums: Object.fromEntries(
        this.#scorer.types.map((type, i) => [type, [...this.#sums.subarray(3 * i, 3 * i + 3)]]),
      ),
    };
  }
}

function scorerOf<Type extends RougeType>({ types, stemmer }: RougeOptions<Type>): RougeScorer<Type> {
  return new RougeScorer<Type>(
    types ?? (defaultRougeTypes as readonly RougeType[] as readonly Type[]),
    stemmer ?? false,
  );
}
