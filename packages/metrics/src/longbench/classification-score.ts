import { MetricsError } from "../metrics-error.ts";
import { textOf } from "../text-of.ts";

/**
 * 1 / n if the answer is among the n names of classes that occur in the prediction, else 0. Names that are part of the
 * answer's do not count, but one that follows such a name in the list is passed over, as LongBench removes names from the
 * list that it goes through.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 * @remarks O(classes · length).
 */
export function classificationScore(prediction: string, answer: string, classes: readonly string[]): number {
  if (!Array.isArray(classes))
    throw new MetricsError("argument", "classes must be an array of the classes' names");
  textOf(prediction, "the prediction");
  textOf(answer, "the answer");
  const found = classes.filter((name, i) => prediction.includes(textOf(name, "a class", i)));
  for (let i = 0; i < found.length; i++) {
    const name = found[i]!;
    if (answer.includes(name) && name !== answer) found.splice(found.indexOf(name), 1);
  }
  return found.includes(answer) ? 1 / found.length : 0;
}
