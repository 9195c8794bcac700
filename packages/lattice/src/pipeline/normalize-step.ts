import type { NormalizeStep } from "../model/pipeline.ts";
import {
  AlignedBuilder,
  type AlignedText,
  alignedSlice,
  alignedText,
  isPair,
  Realigner,
} from "./aligned-text.ts";
import { normalizeForm } from "./canonical.ts";
import { applyCharsmap } from "./charsmap.ts";
import { contains, eachMatch, patternOf } from "./patterns.ts";

/** Applies one step of normalisation. What it leaves alone keeps its alignment. */
export function normalizeStep(step: NormalizeStep, source: AlignedText): AlignedText {
  switch (step.type) {
    case "charsmap":
      return applyCharsmap(step, source);
    case "unicode":
      return normalizeForm(source, step.form);
    case "replace":
      return replaced(source, patternOf(step), step.content);
    case "remove":
      return replaced(source, patternOf(step), "");
    case "lowercase":
      return lowercased(source);
    case "strip":
      return stripped(source, step.left, step.right);
    case "isolate":
      return isolated(source, patternOf(step));
    default:
      return prepended(source, step.content);
  }
}

/** {@link normalizeStep} of a text alone. */
export function normalizedText(step: NormalizeStep, text: string): string {
  switch (step.type) {
    case "unicode":
      return text.normalize(step.form);
    case "replace":
      return text.replace(patternOf(step), () => step.content);
    case "remove":
      return text.replace(patternOf(step), "");
    case "isolate":
      return text.replace(patternOf(step), " $& ");
    case "prepend":
      return text === "" ? text : step.content + text;
    default:
      return normalizeStep(step, alignedText(text, 0, text.length)).text;
  }
}

/** Spaces around the characters that match, aligned with them. */
function isolated(source: AlignedText, pattern: RegExp): AlignedText {
  const { text } = source;
  if (!contains(pattern, text)) return source;
  const realigner = new Realigner(source);
  for (const character of text) {
    if (!contains(pattern, character)) realigner.put(character, 0);
    else {
      realigner.put(" ", 0);
      realigner.put(character, 1);
      realigner.put(" ", 1);
    }
  }
  return realigner.finish();
}

function prepended(source: AlignedText, content: string): AlignedText {
  if (source.text === "") return source;
  const builder = new AlignedBuilder(content.length + source.text.length);
  builder.put(content, source.from[0]!, source.to[0]!);
  builder.copy(source, 0, source.text.length);
  return builder.finish();
}

/** Each match gives way to `content`, which is aligned with the last character of the match. */
function replaced(source: AlignedText, pattern: RegExp, content: string): AlignedText {
  const { text, from, to } = source;
  if (!contains(pattern, text)) return source;
  const builder = new AlignedBuilder(text.length + content.length);
  let done = 0;
  eachMatch(pattern, text, (begin, end) => {
    builder.copy(source, done, begin);
    const last = Math.max(0, end - 1);
    builder.put(content, from[last] ?? 0, to[last] ?? 0);
    done = end;
  });
  builder.copy(source, done, text.length);
  return builder.finish();
}

/** Each character by itself, so that a final sigma is a sigma like any other. */
function lowercased(source: AlignedText): AlignedText {
  const { text, from, to } = source;
  if (text.toLowerCase() === text) return source;
  const builder = new AlignedBuilder(text.length);
  for (let at = 0; at < text.length;) {
    const length = isPair(text, at) ? 2 : 1;
    builder.put(text.slice(at, at + length).toLowerCase(), from[at]!, to[at]!);
    at += length;
  }
  return builder.finish();
}

function stripped(source: AlignedText, left: boolean, right: boolean): AlignedText {
  const { text } = source;
  const begin = left ? /^\p{White_Space}*/u.exec(text)![0].length : 0;
  let end = text.length;
  if (right) while (end > begin && WHITE_SPACE.test(text[end - 1]!)) end--;
  return begin === 0 && end === text.length ? source : alignedSlice(source, begin, end);
}

const WHITE_SPACE = /\p{White_Space}/u;
