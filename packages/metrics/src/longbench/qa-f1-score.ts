import { textOf } from "../text-of.ts";
import { splitWords } from "../text/white-space.ts";
import { chineseWords, type Segment, wordsBy } from "./chinese-words.ts";

/**
 * F1 of the words of a short answer, of which each counts as often as both have it, as for SQuAD: in lower case, without
 * ASCII punctuation and the articles a, an, the. In [0, 1]; 0 if a text has no words.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 * @remarks O(n).
 */
export function qaF1Score(prediction: string, answer: string): number {
  return wordF1(answerWords(textOf(prediction, "the prediction")), answerWords(textOf(answer, "the answer")));
}

/**
 * The same of Chinese text: words by `segment`, in lower case, without ASCII and some Chinese punctuation and white space.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 * @remarks LongBench segments by jieba; see {@link chineseWords}. O(n).
 */
export function qaF1ZhScore(prediction: string, answer: string, segment: Segment = chineseWords): number {
  const wordsOf = (text: string): string[] =>
    wordsBy(segment, text)
      .map((word) =>
        splitWords(word.toLowerCase().replace(ASCII_PUNCTUATION, "").replace(CHINESE_PUNCTUATION, "")).join(
          "",
        ),
      )
      .filter((word) => word !== "");
  return wordF1(wordsOf(textOf(prediction, "the prediction")), wordsOf(textOf(answer, "the answer")));
}

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** What LongBench lists: 《, 〈, 〉 and ． are not in it. */
const CHINESE_PUNCTUATION =
  /[\u2013\u2014\u2018\u2019\u201b-\u201f\u2026\u2027\u3001-\u3003\u300b-\u3011\u3014-\u301f\u3030\u303e\u303f\ufe4f\uff01-\uff0d\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff64]/g;
/** Not beside what Python takes for part of a word. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:an?|the)(?![\p{L}\p{N}_])/gu;

function answerWords(text: string): string[] {
  return splitWords(text.toLowerCase().replace(ASCII_PUNCTUATION, "").replace(ARTICLES, " "));
}

function wordF1(predicted: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of predicted) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common++;
  }
  if (common === 0) return 0;
  const precision = common / predicted.length;
  const recall = common / wanted.length;
  return (2 * precision * recall) / (precision + recall);
}
