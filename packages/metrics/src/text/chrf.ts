import { chrfScore } from "./chrf-score.ts";
import { ClippedCounts } from "./clipped-counts.ts";
import { type References, requireSegments } from "./references.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { wholeNumber } from "./settings.ts";
import { isWhiteSpace, splitWords } from "./white-space.ts";
import { WordIds } from "./word-ids.ts";

/** Settings of chrF, by sacrebleu's defaults. */
export interface ChrfOptions {
  /** The longest n-grams of characters; 6 if left out. From 1 to 64. */
  readonly charOrder?: number;
  /** The longest n-grams of words; 0, none, if left out; 2 is chrF++. Up to 16. */
  readonly wordOrder?: number;
  /** How many times as important recall is as precision; 2 if left out. A whole number from 0. */
  readonly beta?: number;
  /** Whether case is ignored; it is not if left out. */
  readonly lowercase?: boolean;
  /** Whether white space is a character; it is not if left out. */
  readonly whitespace?: boolean;
  /** Whether orders that a text is too short for count as 10⁻¹⁶, as in chrF++.py, Moses and NLTK, and are not left out. */
  readonly epsSmoothing?: boolean;
}

/** A chrF score. */
export interface ChrfScore {
  /** In [0, 100]; rounding may leave it a little above. */
  readonly score: number;
  /** As sacrebleu calls it: `chrF2`, `chrF2++`. */
  readonly name: string;
  /** sacrebleu's signature: report it with the score. */
  readonly signature: string;
}

/**
 * The counts of chrF over a corpus: an exact accumulator. Scores are sacrebleu's. Of several references, that with the best
 * score for its segment counts.
 *
 * @throws {@link MetricsError} `argument` for options out of their range.
 */
export class ChrfCounts extends SegmentCounts<ChrfScore> {
  readonly #charOrder: number;
  readonly #wordOrder: number;
  readonly #beta: number;
  readonly #lowercase: boolean;
  readonly #whitespace: boolean;
  readonly #epsSmoothing: boolean;
  readonly #ids = new WordIds();
  readonly #charCounts: ClippedCounts;
  readonly #wordCounts: ClippedCounts;
  readonly #matches: Float64Array;
  #counts: Float64Array;
  #best: Float64Array;

  constructor(options: ChrfOptions = {}) {
    const { lowercase = false, whitespace = false, epsSmoothing = false } = options;
    const charOrder = wholeNumber(options.charOrder ?? 6, "charOrder", 1, 64);
    const wordOrder = wholeNumber(options.wordOrder ?? 0, "wordOrder", 0, 16);
    const beta = wholeNumber(options.beta ?? 2, "beta", 0, 1000);
    const width = 3 * (charOrder + wordOrder);
    super(
      `case:${lowercase ? "lc" : "mixed"}|eff:${epsSmoothing ? "no" : "yes"}|nc:${charOrder}|nw:${wordOrder}|space:${whitespace ? "yes" : "no"}`,
      width,
    );
    this.#charOrder = charOrder;
    this.#wordOrder = wordOrder;
    this.#beta = beta;
    this.#lowercase = lowercase;
    this.#whitespace = whitespace;
    this.#epsSmoothing = epsSmoothing;
    this.#charCounts = new ClippedCounts(charOrder);
    this.#wordCounts = new ClippedCounts(wordOrder);
    this.#matches = new Float64Array(charOrder + wordOrder);
    this.#counts = new Float64Array(width);
    this.#best = new Float64Array(width);
  }

  override countSegment(
    hypothesis: string,
    references: readonly string[],
    into: Float64Array,
    at: number,
  ): void {
    this.#ids.clear();
    const characters = this.#charactersOf(hypothesis);
    const words = this.#wordsOf(hypothesis);
    let bestScore = -1;
    for (const reference of references) {
      this.#compare(characters, words, reference);
      const score = references.length === 1 ? 0 : this.#fScore(this.#counts);
      if (score <= bestScore) continue;
      bestScore = score;
      [this.#counts, this.#best] = [this.#best, this.#counts];
    }
    for (let i = 0; i < this.#best.length; i++) into[at + i]! += this.#best[i]!;
  }

  override scoreOf(counts: Float64Array): ChrfScore {
    return {
      score: this.#fScore(counts),
      name: `chrF${this.#beta}${"+".repeat(this.#wordOrder)}`,
      signature: this.signature(),
    };
  }

  #fScore(counts: Float64Array): number {
    return chrfScore(counts, this.#beta, this.#epsSmoothing);
  }

  /** Counts n-grams of the hypothesis, of the reference, and matches, for each order. */
  #compare(characters: Int32Array, words: Int32Array, reference: string): void {
    const theirCharacters = this.#charactersOf(reference);
    const theirWords = this.#wordsOf(reference);
    this.#matches.fill(0);
    this.#charCounts.clear();
    this.#charCounts.addReference(theirCharacters);
    this.#charCounts.match(characters, this.#matches, 0);
    this.#wordCounts.clear();
    this.#wordCounts.addReference(theirWords);
    this.#wordCounts.match(words, this.#matches, this.#charOrder);
    this.#matches.forEach((matches, i) => {
      const n = i < this.#charOrder ? i : i - this.#charOrder;
      const [ours, theirs] =
        i < this.#charOrder
          ? [characters.length - n, theirCharacters.length - n]
          : [words.length - n, theirWords.length - n];
      // Where the reference is too short to have any, those of the hypothesis are not counted either.
      this.#counts[3 * i] = theirs > 0 ? Math.max(0, ours) : 0;
      this.#counts[3 * i + 1] = Math.max(0, theirs);
      this.#counts[3 * i + 2] = matches;
    });
  }

  #charactersOf(text: string): Int32Array {
    const cased = this.#lowercase ? text.toLowerCase() : text;
    const characters = new Int32Array(cased.length);
    let length = 0;
    for (let i = 0; i < cased.length; i++) {
      const character = cased.codePointAt(i)!;
      if (character > 0xffff) i++;
      if (this.#whitespace || !isWhiteSpace(character)) characters[length++] = character;
    }
    return characters.subarray(0, length);
  }

  #wordsOf(text: string): Int32Array {
    if (this.#wordOrder === 0) return NONE;
    return this.#ids.idsOf(chrfWords(this.#lowercase ? text.toLowerCase() : text));
  }
}

const NONE = new Int32Array(0);

/** Words, with one mark of punctuation split off at the end or else at the start, as chrF++ does. */
function chrfWords(text: string): string[] {
  return splitWords(text).flatMap((word) => {
    const last = word.length - 1;
    if (last === 0) return word;
    if (isPunctuation(word.charCodeAt(last))) return [word.slice(0, last), word.slice(last)];
    if (isPunctuation(word.charCodeAt(0))) return [word.slice(0, 1), word.slice(1)];
    return word;
  });
}

/** Whether a UTF-16 code unit is a mark of punctuation or a symbol of ASCII. */
function isPunctuation(unit: number): boolean {
  return (
    (unit >= 0x21 && unit <= 0x2f) ||
    (unit >= 0x3a && unit <= 0x40) ||
    (unit >= 0x5b && unit <= 0x60) ||
    (unit >= 0x7b && unit <= 0x7e)
  );
}

/**
 * chrF of a corpus, in percent (Popović, 2015 and 2017), as sacrebleu gives it.
 *
 * @param references the references of each hypothesis, at its place. (sacrebleu's own call takes the first reference of all
 *   hypotheses, then the second of all.)
 * @throws {@link MetricsError} `length`, `empty`, `argument`, `text`.
 * @remarks O(n) in the length of the texts.
 */
export function chrf(
  hypotheses: readonly string[],
  references: readonly References[],
  options: ChrfOptions = {},
): ChrfScore {
  requireSegments(hypotheses, references);
  const counts = new ChrfCounts(options);
  hypotheses.forEach((hypothesis, i) => counts.add(hypothesis, references[i]!));
  return counts.finish();
}

/**
 * chrF of one sentence.
 *
 * @throws {@link MetricsError} `empty`, `argument`, `text`.
 */
export function sentenceChrf(
  hypothesis: string,
  references: References,
  options: ChrfOptions = {},
): ChrfScore {
  return new ChrfCounts(options).add(hypothesis, references).finish();
}
