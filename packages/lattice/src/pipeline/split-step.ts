import type { SplitBehavior, SplitStep } from "../model/pipeline.ts";
import { AlignedBuilder, type AlignedText } from "./aligned-text.ts";
import { eachMatch, patternOf } from "./patterns.ts";

/** Stretches of a text in order, none of them empty: from unit `begin[i]` to `end[i]`. */
export interface Stretches {
  readonly source: AlignedText;
  readonly begin: readonly number[];
  readonly end: readonly number[];
  /** What was put before stretch i, aligned with its first character: a mark or nothing; undefined for none at all. */
  readonly lead?: readonly string[];
}

/** Applies one step of pre-tokenisation to each stretch. */
export function splitStep(step: SplitStep, stretches: Stretches): Stretches {
  const written = stretches.lead === undefined ? stretches : withLeads(stretches, stretches.lead);
  if (step.type === "metaspace") return metaspace(step, written);
  return step.type === "split" ? split(step, written) : prefixed(step.content, written);
}

function prefixed(content: string, { source, begin, end }: Stretches): Stretches {
  const lead = begin.map((from) => (source.text.startsWith(content, from) ? "" : content));
  return { source, begin, end, lead };
}

/** Stretches with what was put before them in the text itself, where further steps see it. */
function withLeads({ source, begin: begins, end: ends }: Stretches, lead: readonly string[]): Stretches {
  const builder = new AlignedBuilder(source.text.length + begins.length);
  const begin: number[] = [];
  const end: number[] = [];
  for (let i = 0; i < begins.length; i++) {
    const at = begins[i]!;
    begin.push(builder.size);
    builder.put(lead[i]!, source.from[at]!, source.to[at]!);
    builder.copy(source, at, ends[i]!);
    end.push(builder.size);
  }
  return { source: builder.finish(), begin, end };
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
export function cuts(pattern: RegExp, text: string, invert: boolean, behavior: SplitBehavior): number[] {
  const parts: number[] = [];
  const isMatch: boolean[] = [];
  let done = 0;
  eachMatch(pattern, text, (begin, end) => {
    if (done < begin) {
      parts.push(done, begin);
      isMatch.push(invert);
    }
    parts.push(begin, end);
    isMatch.push(!invert);
    done = end;
  });
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

function metaspace(
  { mark, prepend, split: cutsBefore }: Extract<SplitStep, { type: "metaspace" }>,
  { source, begin: begins, end: ends }: Stretches,
): Stretches {
  // The mark is one unit, as the space is.
  const text = source.text.includes(" ") ? source.text.replaceAll(" ", mark) : source.text;
  const begin: number[] = [];
  const end: number[] = [];
  const lead: string[] = [];
  /** The first mark after the last cut. */
  let next = cutsBefore ? 0 : text.length;
  for (let i = 0; i < begins.length; i++) {
    const first = begins[i]!;
    const to = ends[i]!;
    const prepends = prepend === "always" || (prepend === "first" && source.from[first] === 0);
    for (let from = first; from < to;) {
      if (next <= from) {
        const found = text.indexOf(mark, from + 1);
        next = found < 0 ? text.length : found;
      }
      lead.push(prepends && from === first && text[from] !== mark ? mark : "");
      begin.push(from);
      from = Math.min(next, to);
      end.push(from);
    }
  }
  return { source: { ...source, text }, begin, end, lead };
}
