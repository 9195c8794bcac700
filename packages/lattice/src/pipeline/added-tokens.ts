import type { AddedToken } from "../model/pipeline.ts";
import { contains, eachMatch, literalPattern } from "./patterns.ts";

/** A stretch of a text, and the added token that it is, if it is one. */
export interface Found {
  readonly begin: number;
  readonly end: number;
  readonly token: AddedToken | undefined;
}

/** The added tokens that are looked for together, and the pattern that finds the longest of them at the first place. */
interface Finder {
  readonly pattern: RegExp;
  readonly byPattern: ReadonlyMap<string, AddedToken>;
}

const finders = new WeakMap<readonly AddedToken[], readonly [Finder | undefined, Finder | undefined]>();

function findersOf(
  added: readonly AddedToken[],
): readonly [asGiven: Finder | undefined, normalized: Finder | undefined] {
  let pair = finders.get(added);
  if (pair === undefined) {
    const finderOf = (normalized: boolean): Finder | undefined => {
      const tokens = added.filter((token) => token.normalized === normalized);
      if (tokens.length === 0) return undefined;
      const byPattern = new Map(tokens.map((token) => [token.pattern, token]));
      const longestFirst = [...byPattern.keys()].sort((a, b) => b.length - a.length);
      return { pattern: new RegExp(longestFirst.map(literalPattern).join("|"), "gu"), byPattern };
    };
    pair = [finderOf(false), finderOf(true)];
    finders.set(added, pair);
  }
  return pair;
}

/**
 * Cuts a text around the added tokens that are looked for in the text as given, or in normalised text: leftmost first,
 * of those the longest.
 */
export function findAdded(added: readonly AddedToken[], normalized: boolean, text: string): Found[] {
  const finder = findersOf(added)[normalized ? 1 : 0];
  if (finder === undefined || !contains(finder.pattern, text))
    return [{ begin: 0, end: text.length, token: undefined }];
  const found: Found[] = [];
  let done = 0;
  eachMatch(finder.pattern, text, (matchBegin, matchEnd) => {
    const token = finder.byPattern.get(text.slice(matchBegin, matchEnd))!;
    let begin = matchBegin;
    let end = matchEnd;
    if (token.singleWord && (endsWithWord(text, begin) || startsWithWord(text, end))) return;
    if (token.lstrip) while (begin > done && WHITE_SPACE.test(text[begin - 1]!)) begin--;
    if (token.rstrip) while (end < text.length && WHITE_SPACE.test(text[end]!)) end++;
    if (done < begin) found.push({ begin: done, end: begin, token: undefined });
    found.push({ begin, end, token });
    done = end;
  });
  if (done < text.length) found.push({ begin: done, end: text.length, token: undefined });
  return found;
}

const WHITE_SPACE = /\p{White_Space}/u;
const WORD = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;

function endsWithWord(text: string, end: number): boolean {
  if (end === 0) return false;
  const low = end > 1 && (text.charCodeAt(end - 1) & 0xfc00) === 0xdc00;
  return WORD.test(text.slice(low ? end - 2 : end - 1, end));
}

function startsWithWord(text: string, begin: number): boolean {
  const code = text.codePointAt(begin);
  return code !== undefined && WORD.test(String.fromCodePoint(code));
}
