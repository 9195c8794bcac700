import { MetricsError } from "../metrics-error.ts";
import { textOf } from "../text-of.ts";

/**
 * The share of the numbers in the prediction that are the answer, digit by digit; 0 if there are none.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 */
export function countScore(prediction: string, answer: string): number {
  textOf(answer, "the answer");
  const numbers = textOf(prediction, "the prediction").match(/\p{Nd}+/gu) ?? [];
  return numbers.filter((number) => number === answer).length / Math.max(1, numbers.length);
}

/**
 * The share of the numbers in the prediction that are that of the answer, which has `Paragraph` and a number in it.
 *
 * @throws {@link MetricsError} `text`, `argument`, also if the answer has none.
 */
export function retrievalScore(prediction: string, answer: string): number {
  return countScore(prediction, paragraphOf(answer, /Paragraph (\p{Nd}+)/u));
}

/**
 * The same with 段落 and a number in the answer.
 *
 * @throws {@link MetricsError} `text`, `argument`, also if the answer has none.
 */
export function retrievalZhScore(prediction: string, answer: string): number {
  return countScore(prediction, paragraphOf(answer, /段落(\p{Nd}+)/u));
}

function paragraphOf(answer: string, pattern: RegExp): string {
  const number = pattern.exec(textOf(answer, "the answer"))?.[1];
  if (number === undefined) throw new MetricsError("argument", "the answer names no paragraph by its number");
  return number;
}
