import { type AlignedText, isPair, Realigner } from "./aligned-text.ts";

interface Charsmap {
  readonly rules: Uint32Array;
  readonly replacements: Uint8Array;
}

/**
 * Rewrites by a character map as Hugging Face's `Precompiled` does, which is not quite as SentencePiece does: a
 * grapheme of less than six bytes is rewritten as a whole by the *shortest* rule that it begins with; else each of its
 * characters by itself.
 */
export function applyCharsmap(map: Charsmap, source: AlignedText): AlignedText {
  const { text } = source;
  const singles = singlesOf(map);
  const clustered = CLUSTERED.test(text);
  if (!clustered && !rewrites(map, singles, text)) return source;
  const realigner = new Realigner(source);
  const replace = (old: string, replacement: string): void => {
    const characters = [...replacement];
    const gained = characters.length - [...old].length;
    characters.forEach((character, i) => realigner.put(character, characters.length - i <= gained ? 1 : 0));
    if (gained < 0) realigner.leaveOut(-gained);
  };
  const single = (character: string): void => {
    const replacement = singleRule(map, singles, character.codePointAt(0)!);
    if (replacement === undefined) realigner.put(character, 0);
    else replace(character, replacement);
  };
  if (!clustered) for (const character of text) single(character);
  else
    for (const { segment } of graphemes().segment(text)) {
      const bytes = segment.length > 5 ? undefined : utf8.encode(segment);
      const replacement = bytes === undefined || bytes.length > 5 ? undefined : shortestRule(map, bytes);
      if (replacement !== undefined) replace(segment, replacement);
      else for (const character of segment) single(character);
    }
  return realigner.finish();
}

/**
 * What a grapheme of several characters and less than six bytes has in it: a mark, a joiner or another format
 * character, a modifier, a vowel of Thai or Lao that joins what stands before it, one of the letters that join what
 * follows, or both halves of a line end.
 */
export const CLUSTERED: RegExp =
  /[\p{M}\p{Cf}\u0e33\u0eb3\p{Grapheme_Extend}\p{Emoji_Modifier}\u0d4e\u{111c2}-\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]|\r\n/u;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
let segmenter: Intl.Segmenter | undefined;

function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter;
}

/** For each UTF-16 unit, 1 if a rule rewrites it as a character by itself, 2 if none does, 0 if that is not known yet. */
type Singles = Uint8Array;
const tables = new WeakMap<Uint32Array, Singles>();

function singlesOf({ rules }: Charsmap): Singles {
  let table = tables.get(rules);
  if (table === undefined) {
    table = new Uint8Array(0x10000);
    tables.set(rules, table);
  }
  return table;
}

/** Whether any character of a text is rewritten. */
function rewrites(map: Charsmap, singles: Singles, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (singles[text.charCodeAt(at)] === 2) continue;
    if (singleRule(map, singles, text.codePointAt(at)!) !== undefined) return true;
    if (isPair(text, at)) at++;
  }
  return false;
}

function singleRule(map: Charsmap, singles: Singles, code: number): string | undefined {
  if (singles[code] === 2) return undefined;
  const replacement = shortestRule(map, utf8.encode(String.fromCodePoint(code)));
  if (code < 0x10000) singles[code] = replacement === undefined ? 2 : 1;
  return replacement;
}

/** What the shortest rule that these bytes begin with puts in place; the layout is told in text/normalize.ts. */
function shortestRule({ rules, replacements }: Charsmap, bytes: Uint8Array): string | undefined {
  if (rules.length === 0) return undefined;
  let node = offsetOf(rules[0]!);
  for (const byte of bytes) {
    node ^= byte;
    const unit = rules[node];
    if (byte === 0 || unit === undefined || (unit & 0x800000ff) !== byte) return undefined;
    node ^= offsetOf(unit);
    if ((unit & 0x100) !== 0 && node < rules.length) {
      const begin = rules[node]! & 0x7fffffff;
      const end = replacements.indexOf(0, begin);
      return fromUtf8.decode(replacements.subarray(begin, end < 0 ? replacements.length : end));
    }
  }
  return undefined;
}

/** What a character by itself becomes. */
export function rewritten(map: Charsmap, character: string): string {
  return singleRule(map, singlesOf(map), character.codePointAt(0)!) ?? character;
}

/** Whether a rule begins with a character and goes on, where none is for the character alone. */
export function beginsLongerRule({ rules, replacements }: Charsmap, character: string): boolean {
  const bytes = utf8.encode(character);
  if (shortestRule({ rules, replacements }, bytes) !== undefined) return false;
  return Array.from({ length: 255 }, (_, i) => i + 1).some((byte) => stepsDown(rules, [...bytes, byte]));
}

/** Whether some rule begins with these bytes. */
function stepsDown(rules: Uint32Array, bytes: readonly number[]): boolean {
  if (rules.length === 0) return false;
  let node = offsetOf(rules[0]!);
  for (const byte of bytes) {
    node ^= byte;
    const unit = rules[node];
    if (unit === undefined || (unit & 0x800000ff) !== byte) return false;
    node ^= offsetOf(unit);
  }
  return true;
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
