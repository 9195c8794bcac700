import type { SplitBehavior, SplitStep } from "../model/pipeline.ts";
import { AlignedBuilder, type AlignedText } from "./aligned-text.ts";
import { matchesOf, patternOf } from "./patterns.ts";

/** Stretches of a text in order, none of them empty: from unit `begin[i]` to `end[i]`. */
export interface Stretches {
  readonly source: AlignedText;
  readonly begin: readonly number[];
  readonly end: readonly number[];
}

/** Applies one step of pre-tokenisation to each stretch. */
export function splitStep(step: SplitStep, stretches: Stretches): Stretches {
  return step.type === "split" ? split(step, stretches) : metaspace(step, stretches);
}

function split(
  step: Extract<SplitStep, { type: "split" }>,
  { source, begin: begins, end: ends }: Stretches,
): Stretches {
  const pattern = patternOf(step);
  const begin: number[] = [];
  const end: number[] = [];
  for (let i = 0; i < begins.length; i++) {
    const from = begins[i]!;
    const to = ends[i]!;
    const whole = from === 0 && to === source.text.length;
    const text = whole ? source.text : source.text.slice(from, to);
    const cut = cuts(pattern, text, step.invert, step.behavior);
    for (let c = 0; c < cut.length; c += 2) {
      if (cut[c] === cut[c + 1]) continue;
      begin.push(from + cut[c]!);
      end.push(from + cut[c + 1]!);
    }
  }
  return { source, begin, end };
}

/** Begins and ends of the parts of a text, by what becomes of the matches. */
function cuts(pattern: RegExp, text: string, invert: boolean, behavior: SplitBehavior): number[] {
  const parts: number[] = [];
  const isMatch: boolean[] = [];
  let done = 0;
  for (const { begin, end } of matchesOf(pattern, text)) {
    if (done < begin) {
      parts.push(done, begin);
      isMatch.push(invert);
    }
    parts.push(begin, end);
    isMatch.push(!invert);
    done = end;
  }
  if (done < text.length) {
    parts.push(done, text.length);
    isMatch.push(invert);
  }
  if (behavior === "Isolated") return parts;
  const kept: number[] = [];
  /** Whether part i goes with part i − 1. */
  const joins = (i: number): boolean => {
    if (i === 0) return false;
    if (behavior === "Contiguous") return isMatch[i] === isMatch[i - 1];
    // Of matches side by side only the one next to the other part joins it.
    return behavior === "MergedWithPrevious"
      ? isMatch[i]! && !isMatch[i - 1]!
      : isMatch[i - 1]! && !isMatch[i]!;
  };
  for (let i = 0; i < isMatch.length; i++) {
    if (behavior === "Removed" ? isMatch[i]! : false) continue;
    if (behavior !== "Removed" && joins(i)) kept[kept.length - 1] = parts[2 * i + 1]!;
    else kept.push(parts[2 * i]!, parts[2 * i + 1]!);
  }
  return kept;
}

function metaspace(step: Extract<SplitStep, { type: "metaspace" }>, stretches: Stretches): Stretches {
  const { mark, prepend, split: cutsBefore } = step;
  const { begin: begins, end: ends } = stretches;
  // The mark is one unit, as the space is.
  const source = { ...stretches.source, text: stretches.source.text.replaceAll(" ", mark) };
  const { text, from, to } = source;
  const builder = new AlignedBuilder(text.length + begins.length);
  const begin: number[] = [];
  const end: number[] = [];
  for (let i = 0; i < begins.length; i++) {
    const at = begins[i]!;
    begin.push(builder.size);
    if (text[at] !== mark && (prepend === "always" || (prepend === "first" && from[at] === 0)))
      builder.put(mark, from[at]!, to[at]!);
    builder.copy(source, at, ends[i]!);
    end.push(builder.size);
  }
  const marked = { source: builder.finish(), begin, end };
  return cutsBefore ? splitBefore(mark, marked) : marked;
}

/** A pre-token begins wherever the mark stands. */
function splitBefore(mark: string, { source, begin: begins, end: ends }: Stretches): Stretches {
  const begin: number[] = [];
  const end: number[] = [];
  /** The first mark after the last cut. */
  let next = 0;
  for (let i = 0; i < begins.length; i++)
    for (let from = begins[i]!, to = ends[i]!; from < to;) {
      if (next <= from) {
        const found = source.text.indexOf(mark, from + 1);
        next = found < 0 ? source.text.length : found;
      }
      begin.push(from);
      from = Math.min(next, to);
      end.push(from);
    }
  return { source, begin, end };
}
