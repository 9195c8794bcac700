import { MetricsError } from "../metrics-error.ts";
import { type References, referencesOf } from "./references.ts";
import { textOf } from "../text-of.ts";

/** The sacrebleu whose numbers these are; its signatures end with it. */
const SACREBLEU = "2.6.0";

/** What is left of a corpus when its texts are gone: sums of counts, as JSON. */
export interface CountsJson {
  /** The settings, in the words of sacrebleu's signature: sums under different ones cannot be added. */
  readonly settings: string;
  readonly segments: number;
  /** How many references each segment has; −1 if that varies, 0 if there are no segments. */
  readonly references: number;
  readonly counts: readonly number[];
}

/**
 * Integer counts over the segments of a corpus, from which a score is computed at the end. Adding and merging are exact: any
 * split of a corpus, in any order, gives the same score to the bit.
 */
export abstract class SegmentCounts<Score extends { readonly score: number }> {
  readonly settings: string;
  readonly #counts: Float64Array;
  #segments = 0;
  #references = 0;

  protected constructor(settings: string, width: number) {
    this.settings = settings;
    this.#counts = new Float64Array(width);
  }

  /** How many counts a segment has. */
  get width(): number {
    return this.#counts.length;
  }

  /** Adds the counts of one segment to `into`, from `at` on. */
  abstract countSegment(
    hypothesis: string,
    references: readonly string[],
    into: Float64Array,
    at: number,
  ): void;

  /** The score of sums of counts. */
  abstract scoreOf(counts: Float64Array): Score;

  /**
   * Adds a segment.
   *
   * @throws {@link MetricsError} `argument`, `text`, `empty` if there is no reference.
   */
  add(hypothesis: string, references: References): this {
    const list = referencesOf(references);
    this.countSegment(textOf(hypothesis, "the hypothesis"), list, this.#counts, 0);
    this.#note(1, list.length);
    return this;
  }

  /**
   * Adds what another accumulator of the same settings has counted, or its JSON form.
   *
   * @throws {@link MetricsError} `argument` if the settings differ, or for what is not such a form.
   */
  merge(other: CountsJson | SegmentCounts<Score>): this {
    const json = other instanceof SegmentCounts ? other.toJSON() : other;
    this.#requireAlike(json);
    json.counts.forEach((count, i) => (this.#counts[i]! += count));
    if (json.segments > 0) this.#note(json.segments, json.references);
    return this;
  }

  /**
   * The score of all segments so far.
   *
   * @throws {@link MetricsError} `empty` if there are none.
   */
  finish(): Score {
    if (this.#segments === 0) throw new MetricsError("empty", "there are no segments");
    return this.scoreOf(this.#counts);
  }

  /**
   * sacrebleu's signature, to be reported with the score.
   *
   * @param references how many each segment has, −1 if that varies; of the segments so far if left out.
   * @param resampled what a bootstrap adds, as `bs:1000|seed:12345`.
   */
  signature(references: number = this.#references, resampled?: string): string {
    return [
      `nrefs:${references === -1 ? "var" : references}`,
      resampled,
      this.settings,
      `version:${SACREBLEU}`,
    ]
      .filter((part) => part !== undefined)
      .join("|");
  }

  toJSON(): CountsJson {
    return {
      settings: this.settings,
      segments: this.#segments,
      references: this.#references,
      counts: [...this.#counts],
    };
  }

  #note(segments: number, references: number): void {
    this.#references = this.#segments === 0 || this.#references === references ? references : -1;
    this.#segments += segments;
  }

  #requireAlike(json: CountsJson): void {
    const natural = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
    if (
      typeof json !== "object" ||
      json === null ||
      !Array.isArray(json.counts) ||
      json.counts.length !== this.width ||
      !json.counts.every(natural) ||
      !natural(json.segments) ||
      !(json.references === -1 || natural(json.references))
    )
      throw new MetricsError("argument", "these are not counts that such an accumulator has written");
    if (json.settings !== this.settings)
      throw new MetricsError(
        "argument",
        `counts of ${json.settings} cannot be added to those of ${this.settings}`,
      );
  }
}
