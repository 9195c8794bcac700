import { MetricsError } from "../metrics-error.ts";
import { type BleuScore, bleuScore, type BleuSmoothing, smoothDefaults } from "./bleu-score.ts";
import { type BleuTokenizer, bleuTokenizers } from "./bleu-tokenizers.ts";
import { ClippedCounts } from "./clipped-counts.ts";
import { type References, requireSegments } from "./references.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { oneOf, wholeNumber } from "./settings.ts";
import { trimEnd } from "./white-space.ts";
import { WordIds } from "./word-ids.ts";

/** Settings of BLEU, by sacrebleu's defaults. */
export interface BleuOptions {
  /** `13a` if left out. */
  readonly tokenize?: BleuTokenizer;
  /** Whether case is ignored; it is not if left out. */
  readonly lowercase?: boolean;
  /** `exp` if left out. */
  readonly smooth?: BleuSmoothing;
  /** For the smoothings `floor` (0.1 if left out) and `add-k` (1). Not negative. */
  readonly smoothValue?: number;
  /** Whether orders that the hypotheses are too short for are left out. No for a corpus, yes for a sentence, if left out. */
  readonly effectiveOrder?: boolean;
  /** The longest n-grams, in words; 4 if left out. From 1 to 16. */
  readonly maxOrder?: number;
}

/**
 * The counts of BLEU over a corpus: an exact accumulator. Scores are sacrebleu's.
 *
 * @throws {@link MetricsError} `argument` for options out of their range.
 */
export class BleuCounts extends SegmentCounts<BleuScore> {
  readonly #order: number;
  readonly #smooth: BleuSmoothing;
  readonly #smoothValue: number;
  readonly #effectiveOrder: boolean;
  readonly #lowercase: boolean;
  readonly #tokenize: (line: string) => string[];
  readonly #ids = new WordIds();
  readonly #clipped: ClippedCounts;

  constructor(options: BleuOptions = {}) {
    const { tokenize = "13a", lowercase = false, smooth = "exp", effectiveOrder = false } = options;
    const order = wholeNumber(options.maxOrder ?? 4, "maxOrder", 1, 16);
    oneOf(tokenize, "tokenize", Object.keys(bleuTokenizers) as BleuTokenizer[]);
    oneOf(smooth, "smooth", Object.keys(smoothDefaults) as BleuSmoothing[]);
    const smoothDefault = smoothDefaults[smooth];
    const smoothValue = options.smoothValue ?? smoothDefault ?? 0;
    if (!(Number.isFinite(smoothValue) && smoothValue >= 0))
      throw new MetricsError("argument", `smoothValue is ${String(smoothValue)}; want a number ≥ 0`);
    const smoothing = smoothDefault === undefined ? smooth : `${smooth}[${smoothValue.toFixed(2)}]`;
    super(
      `case:${lowercase ? "lc" : "mixed"}|eff:${effectiveOrder ? "yes" : "no"}|tok:${tokenize}|smooth:${smoothing}`,
      2 + 2 * order,
    );
    this.#order = order;
    this.#smooth = smooth;
    this.#smoothValue = smoothValue;
    this.#effectiveOrder = effectiveOrder;
    this.#lowercase = lowercase;
    this.#tokenize = bleuTokenizers[tokenize];
    this.#clipped = new ClippedCounts(order);
  }

  override countSegment(
    hypothesis: string,
    references: readonly string[],
    into: Float64Array,
    at: number,
  ): void {
    this.#ids.clear();
    this.#clipped.clear();
    const words = this.#idsOf(hypothesis);
    let closest = Infinity;
    for (const reference of references) {
      const ids = this.#idsOf(reference);
      this.#clipped.addReference(ids);
      const nearer = Math.abs(ids.length - words.length) - Math.abs(closest - words.length);
      if (nearer < 0 || (nearer === 0 && ids.length < closest)) closest = ids.length;
    }
    into[at]! += words.length;
    into[at + 1]! += closest;
    this.#clipped.match(words, into, at + 2);
    for (let n = 0; n < this.#order; n++) into[at + 2 + this.#order + n]! += Math.max(0, words.length - n);
  }

  override scoreOf(counts: Float64Array): BleuScore {
    return {
      ...bleuScore(counts, this.#smooth, this.#smoothValue, this.#effectiveOrder),
      signature: this.signature(),
    };
  }

  #idsOf(text: string): Int32Array {
    return this.#ids.idsOf(this.#tokenize(trimEnd(this.#lowercase ? text.toLowerCase() : text)));
  }
}

/**
 * BLEU of a corpus, in percent (Papineni et al., 2002), as sacrebleu gives it.
 *
 * @param references the references of each hypothesis, at its place. (sacrebleu's own call takes the first reference of all
 *   hypotheses, then the second of all.)
 * @throws {@link MetricsError} `length`, `empty`, `argument`, `text`.
 * @remarks O(n) in the length of the texts.
 */
export function bleu(
  hypotheses: readonly string[],
  references: readonly References[],
  options: BleuOptions = {},
): BleuScore {
  requireSegments(hypotheses, references);
  const counts = new BleuCounts(options);
  hypotheses.forEach((hypothesis, i) => counts.add(hypothesis, references[i]!));
  return counts.finish();
}

/**
 * BLEU of one sentence, with effective order unless `options` say otherwise, as sacrebleu's `sentence_bleu`.
 *
 * @throws {@link MetricsError} `empty`, `argument`, `text`.
 */
export function sentenceBleu(
  hypothesis: string,
  references: References,
  options: BleuOptions = {},
): BleuScore {
  return new BleuCounts({ effectiveOrder: true, ...options }).add(hypothesis, references).finish();
}
