import { MetricsError } from "../metrics-error.ts";
import { ClippedCounts } from "./clipped-counts.ts";
import { CommonSubsequence } from "./common-subsequence.ts";
import { rougeWords } from "./rouge-words.ts";
import { WordIds } from "./word-ids.ts";

/**
 * What ROUGE compares:
 *
 * - `rouge1` … `rouge9`: n-grams of so many words;
 * - `rougeL`: the longest common subsequence of the whole texts;
 * - `rougeLsum`: for each line of the reference, the union of its longest common subsequences with the lines of the
 *   prediction.
 */
export type RougeType = `rouge${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | "L" | "Lsum"}`;

/** Shares in [0, 1]. */
export interface RougeScore {
  /** Of the prediction, what the reference has. */
  readonly precision: number;
  /** Of the reference, what the prediction has. */
  readonly recall: number;
  /** Their harmonic mean. */
  readonly fmeasure: number;
}

/** Settings of ROUGE. */
export interface RougeOptions<Type extends RougeType = RougeType> {
  /** `rouge1`, `rouge2`, `rougeL` and `rougeLsum` if left out. */
  readonly types?: readonly Type[];
  /** Whether words are compared by their stems (Porter's, as NLTK has it); they are not if left out. */
  readonly stemmer?: boolean;
}

export const defaultRougeTypes = ["rouge1", "rouge2", "rougeL", "rougeLsum"] as const;

/** A text as ids of words: whole, and by line. */
interface Words {
  readonly all: Int32Array;
  readonly lines: readonly Int32Array[];
}

/** Compares one pair of texts after another with the same settings and the same memory. */
export class RougeScorer<Type extends RougeType> {
  readonly types: readonly Type[];
  readonly #stems: Map<string, string> | undefined;
  readonly #ids = new WordIds();
  readonly #order: number;
  readonly #clipped: ClippedCounts;
  readonly #matches: Float64Array;

  /** @throws {@link MetricsError} `argument`, `empty`. */
  constructor(types: readonly Type[], stemmer: boolean) {
    if (!Array.isArray(types)) throw new MetricsError("argument", "types must be an array");
    if (types.length === 0) throw new MetricsError("empty", "there are no types of ROUGE to compute");
    for (const type of types)
      if (!/^rouge(?:[1-9]|L|Lsum)$/.test(type))
        throw new MetricsError(
          "argument",
          `${String(type)} is no type of ROUGE; want rouge1 … rouge9, rougeL, rougeLsum`,
        );
    this.types = types;
    this.#stems = stemmer ? new Map() : undefined;
    this.#order = Math.max(0, ...types.map(orderOf));
    this.#clipped = new ClippedCounts(this.#order);
    this.#matches = new Float64Array(this.#order);
  }

  /** For each type, the score against the reference that it is highest against. */
  score(prediction: string, references: readonly string[]): Record<Type, RougeScore> {
    this.#ids.clear();
    const predicted = this.#wordsOf(prediction);
    const best = {} as Record<Type, RougeScore>;
    for (const reference of references) {
      const wanted = this.#wordsOf(reference);
      this.#clipped.clear();
      this.#clipped.addReference(wanted.all);
      this.#matches.fill(0);
      this.#clipped.match(predicted.all, this.#matches, 0);
      for (const type of this.types) {
        const score = this.#scoreOf(type, predicted, wanted);
        if (!(best[type]?.fmeasure >= score.fmeasure)) best[type] = score;
      }
    }
    return best;
  }

  #scoreOf(type: RougeType, predicted: Words, wanted: Words): RougeScore {
    const n = orderOf(type);
    if (n > 0)
      return shares(
        this.#matches[n - 1]!,
        Math.max(0, predicted.all.length - n + 1),
        Math.max(0, wanted.all.length - n + 1),
      );
    const common =
      type === "rougeL"
        ? new CommonSubsequence(wanted.all).length(predicted.all)
        : this.#commonByLine(predicted, wanted);
    return shares(common, predicted.all.length, wanted.all.length);
  }

  /** Words of the reference that are in the union of common subsequences, none more often than either text has it. */
  #commonByLine(predicted: Words, wanted: Words): number {
    // A line that is there again adds nothing to a union.
    const different = new Map(predicted.lines.map((line) => [line.join(), line]));
    const lines = Array.from(different.values(), (line) => new CommonSubsequence(line));
    const left = [predicted, wanted].map(({ all }) => {
      const counts = new Int32Array(this.#ids.size);
      for (const word of all) counts[word]!++;
      return counts;
    });
    const [inPrediction, inReference] = left as [Int32Array, Int32Array];
    let common = 0;
    for (const line of wanted.lines) {
      const union = new Uint8Array(line.length);
      for (const theirs of lines) for (const place of theirs.placesIn(line)) union[place] = 1;
      for (let i = 0; i < line.length; i++) {
        const word = line[i]!;
        if (union[i] === 0 || inPrediction[word] === 0 || inReference[word] === 0) continue;
        common++;
        inPrediction[word]!--;
        inReference[word]!--;
      }
    }
    return common;
  }

  #wordsOf(text: string): Words {
    const lines = text
      .split("\n")
      .map((line) => this.#ids.idsOf(rougeWords(line, this.#stems)))
      .filter((line) => line.length > 0);
    if (lines.length === 1) return { all: lines[0]!, lines };
    const all = new Int32Array(lines.reduce((sum, line) => sum + line.length, 0));
    let at = 0;
    for (const line of lines) {
      all.set(line, at);
      at += line.length;
    }
    return { all, lines };
  }
}

/** The n of an n-gram type, 0 for the others. */
function orderOf(type: RougeType): number {
  return Number(/\d/.exec(type) ?? 0);
}

function shares(common: number, predicted: number, wanted: number): RougeScore {
  const precision = common / Math.max(1, predicted);
  const recall = common / Math.max(1, wanted);
  const fmeasure = common > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, fmeasure };
}
