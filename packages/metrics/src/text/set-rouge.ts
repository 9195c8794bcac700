import { CommonSubsequence } from "./common-subsequence.ts";
import { textOf } from "../text-of.ts";
import { splitWords } from "./white-space.ts";
import { WordIds } from "./word-ids.ts";
import { MetricsError } from "../metrics-error.ts";

/** Shares in [0, 1], by the names of the Python package `rouge`: recall, precision, F. */
export interface SetRougeScore {
  readonly r: number;
  readonly p: number;
  readonly f: number;
}

/**
 * ROUGE as the Python package `rouge` 1.0.1 gives it, which LongBench uses. It is another measure than {@link rouge}: an
 * n-gram counts once however often a text has it, words are whatever white space parts, sentences end at each full stop,
 * and `rouge-l` is the set of words in any longest common subsequence of a sentence of each.
 *
 * @throws {@link MetricsError} `empty` for a text that is nothing but full stops, `argument`, `text`.
 * @remarks O(n · m / 32). The package recurses once for each word of two sentences, and fails on long ones; this does not.
 */
export function setRouge(
  prediction: string,
  reference: string,
): Record<"rouge-1" | "rouge-2" | "rouge-l", SetRougeScore> {
  const ids = new WordIds();
  const predicted = sentencesOf(textOf(prediction, "the prediction"), ids);
  const wanted = sentencesOf(textOf(reference, "the reference"), ids);
  return {
    "rouge-1": ofGrams(predicted.flat(), wanted.flat(), 1),
    "rouge-2": ofGrams(predicted.flat(), wanted.flat(), 2),
    "rouge-l": ofSubsequences(predicted, wanted),
  };
}

function sentencesOf(text: string, ids: WordIds): number[][] {
  const sentences = text.split(".").filter((sentence) => sentence !== "");
  if (sentences.length === 0) throw new MetricsError("empty", "a text has no sentence");
  return sentences.map((sentence) => {
    const words = splitWords(sentence);
    // A sentence of white space has one word there, the empty one.
    return [...ids.idsOf(words.length === 0 ? [""] : words)];
  });
}

function ofGrams(predicted: number[], wanted: number[], n: number): SetRougeScore {
  const [ours, theirs] = [predicted, wanted].map((words) => {
    const grams = new Set<number>();
    // Ids are below 2²⁶ for any text that fits in memory, so that a pair is a whole number below 2⁵².
    for (let i = n - 1; i < words.length; i++)
      grams.add(n === 1 ? words[i]! : words[i - 1]! * 2 ** 26 + words[i]!);
    return grams;
  }) as [Set<number>, Set<number>];
  let common = 0;
  for (const gram of ours) if (theirs.has(gram)) common++;
  return shares(common, ours.size, theirs.size);
}

function ofSubsequences(predicted: number[][], wanted: number[][]): SetRougeScore {
  const union = new Set<number>();
  for (const theirs of different(wanted)) {
    const common = new CommonSubsequence(theirs);
    for (const ours of different(predicted))
      for (const place of common.placesIn(ours)) union.add(ours[place]!);
  }
  return shares(union.size, new Set(predicted.flat()).size, new Set(wanted.flat()).size);
}

/** Sentences without those that are there again, which add nothing to a union. */
function different(sentences: number[][]): Iterable<number[]> {
  return new Map(sentences.map((sentence) => [sentence.join(), sentence])).values();
}

function shares(common: number, predicted: number, wanted: number): SetRougeScore {
  const p = predicted === 0 ? 0 : common / predicted;
  const r = wanted === 0 ? 0 : common / wanted;
  return { r, p, f: 2 * ((p * r) / (p + r + 1e-8)) };
}
