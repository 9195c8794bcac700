import type { SplitStep } from "../model/pipeline.ts";
import { contains, patternOf } from "./patterns.ts";
import { cuts } from "./split-step.ts";

/**
 * The pre-tokens of a text as strings, without their alignment: those of {@link splitStep}.
 *
 * @param atStart - Whether the text begins where the text as given does.
 */
export function splitText(steps: readonly SplitStep[], text: string, atStart: boolean): readonly string[] {
  let words: readonly string[] = [text];
  for (const step of steps) {
    if (words.length === 1) words = splitWord(step, words[0]!, atStart);
    else words = words.flatMap((word) => splitWord(step, word, false));
  }
  return words;
}

function splitWord(step: SplitStep, word: string, atStart: boolean): readonly string[] {
  switch (step.type) {
    case "split":
      return split(step, word);
    case "prefix":
      return [word.startsWith(step.content) ? word : step.content + word];
    default:
      return metaspace(step, word, atStart);
  }
}

function split(step: Extract<SplitStep, { type: "split" }>, text: string): readonly string[] {
  const pattern = patternOf(step);
  if (step.behavior === (step.invert ? "Removed" : "Isolated")) {
    const matches = text.match(pattern);
    if (matches === null) return step.invert ? [] : [text];
    // Where matches leave nothing out, they are the parts.
    if ((step.invert || totalLength(matches) === text.length) && !matches.includes("")) return matches;
  } else if (!contains(pattern, text)) return [text];
  const words: string[] = [];
  const parts = cuts(pattern, text, step.invert, step.behavior);
  for (let i = 0; i < parts.length; i += 2)
    if (parts[i]! < parts[i + 1]!) words.push(text.slice(parts[i], parts[i + 1]));
  return words;
}

function totalLength(words: readonly string[]): number {
  let sum = 0;
  for (const word of words) sum += word.length;
  return sum;
}

function metaspace(
  { mark, prepend, split: cutsBefore }: Extract<SplitStep, { type: "metaspace" }>,
  word: string,
  atStart: boolean,
): readonly string[] {
  const marked = word.replaceAll(" ", mark);
  const prepends = (prepend === "always" || (prepend === "first" && atStart)) && !marked.startsWith(mark);
  const text = prepends ? mark + marked : marked;
  if (!cutsBefore) return [text];
  const words: string[] = [];
  let from = 0;
  while (from < text.length) {
    const next = text.indexOf(mark, from + 1);
    const to = next < 0 ? text.length : next;
    words.push(text.slice(from, to));
    from = to;
  }
  return words;
}
