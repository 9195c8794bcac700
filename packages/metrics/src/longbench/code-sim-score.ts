import { textOf } from "../text-of.ts";
import { roundHalfEven } from "./half-even.ts";
import { sequenceRatio } from "./sequence-ratio.ts";

/**
 * How like the answer the first line of the prediction is that has no backquote, `#` or `//` in it: the ratio of
 * {@link sequenceRatio} in whole hundredths, as fuzzywuzzy rounds it. In [0, 1].
 *
 * @throws {@link MetricsError} `argument`, `text`.
 */
export function codeSimScore(prediction: string, answer: string): number {
  const lines = textOf(prediction, "the prediction").replace(/^\n+/, "").split("\n");
  const line = lines.find((each) => !/[`#]|\/\//.test(each)) ?? "";
  if (line === textOf(answer, "the answer")) return 1;
  if (line === "" || answer === "") return 0;
  return roundHalfEven(100 * sequenceRatio(line, answer)) / 100;
}
