import { MetricsError } from "../metrics-error.ts";

/** Cuts a text into words and what stands between them, nothing left out. */
export type Segment = (text: string) => Iterable<string>;

/**
 * Chinese words by `Intl.Segmenter`, which every engine has, with a dictionary of its own (ICU's). LongBench uses jieba,
 * whose words are other ones here and there, so that scores differ somewhat: give a `segment` that calls a jieba for
 * scores to be compared with published ones.
 *
 * @remarks O(n).
 */
export function* chineseWords(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(text)) yield segment;
}

/**
 * The words that `segment` gives.
 *
 * @throws {@link MetricsError} `argument` if it is no function.
 */
export function wordsBy(segment: Segment, text: string): string[] {
  if (typeof segment !== "function")
    throw new MetricsError("argument", "segment is no function that cuts a text into words");
  return [...segment(text)];
}
