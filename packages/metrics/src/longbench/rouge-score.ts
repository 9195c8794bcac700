import { MetricsError } from "../metrics-error.ts";
import { setRouge } from "../text/set-rouge.ts";
import { chineseWords, type Segment, wordsBy } from "./chinese-words.ts";

/**
 * F of `rouge-l` by the Python package `rouge`, see {@link setRouge}; 0 where that fails, as for a text of nothing but full
 * stops.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 */
export function rougeScore(prediction: string, answer: string): number {
  try {
    return setRouge(prediction, answer)["rouge-l"].f;
  } catch (error) {
    if (error instanceof MetricsError && error.code === "empty") return 0;
    throw error;
  }
}

/**
 * The same of Chinese text, its words by `segment`.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 * @remarks LongBench segments by jieba; see {@link chineseWords}.
 */
export function rougeZhScore(prediction: string, answer: string, segment: Segment = chineseWords): number {
  const spaced = (text: string): string =>
    typeof text === "string" ? wordsBy(segment, text).join(" ") : text;
  return rougeScore(spaced(prediction), spaced(answer));
}
