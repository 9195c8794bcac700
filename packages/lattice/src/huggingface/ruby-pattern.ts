import { literalPattern } from "../pipeline/patterns.ts";
import type { JsonField } from "./json-field.ts";

/** Classes as Oniguruma knows them in Unicode text, inside brackets. */
export const CLASSES: Readonly<Record<"s" | "S" | "d" | "D" | "w", string>> = {
  s: String.raw`\p{White_Space}`,
  S: String.raw`\P{White_Space}`,
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  w: String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}`,
};
/** Anchors, which JavaScript has for the whole text alone. */
export const LINE_START: string = String.raw`(?:^|(?<=\n)(?=[^]))`;
export const LINE_END: string = String.raw`(?=\n|$)`;
/** Escapes that mean the same in both languages. */
const SAME = /^[nrtfv]$/;
const GENERAL_CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfos]?)$/;
const SCRIPT = /^(?:Han|Hiragana|Katakana|Hangul|Latin|Cyrillic|Greek|Arabic|Hebrew|Thai|Devanagari)$/;

/**
 * The pattern of a Replace or Split step, `{ "String": … }` or `{ "Regex": … }`, as a JavaScript pattern. The latter is
 * Oniguruma's language in Ruby's syntax; what it says that cannot be said here, or is rare, is refused by its text.
 */
export function readPattern(field: JsonField): string {
  const asIs = field.at("String");
  const text = asIs.isMissing ? field.at("Regex").text() : asIs.text();
  if (text === "") throw field.unsupported("an empty pattern");
  if (!asIs.isMissing) return literalPattern(text);
  const pattern = translate(text);
  if (pattern === undefined || !compiles(pattern))
    throw field.unsupported(`the pattern ${JSON.stringify(text)}`);
  return pattern;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** An Oniguruma pattern as a JavaScript pattern; undefined for one that cannot be said here. */
export function translate(source: string): string | undefined {
  let out = "";
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const part = escape(rest) ?? bracket(rest) ?? group(rest) ?? quantifier(rest) ?? single(rest);
    if (part === undefined) return undefined;
    out += part.pattern;
    at += part.length;
  }
  return out;
}

interface Part {
  readonly pattern: string;
  readonly length: number;
}

/** A backslash and what follows it; undefined also for one that has no counterpart, which `single` then refuses. */
function escape(rest: string, inBrackets = false): Part | undefined {
  if (!rest.startsWith("\\")) return undefined;
  const property = /^\\([pP])\{(\w+)\}/.exec(rest);
  if (property !== null) {
    const [{ length }, letter, name] = property as unknown as [string, string, string];
    if (GENERAL_CATEGORY.test(name)) return { pattern: `\\${letter}{${name}}`, length };
    return SCRIPT.test(name) ? { pattern: `\\${letter}{Script=${name}}`, length } : undefined;
  }
  const letter = rest.length < 2 ? "" : String.fromCodePoint(rest.codePointAt(1)!);
  const length = 1 + letter.length;
  if (letter === "W" && !inBrackets) return { pattern: `[^${CLASSES.w}]`, length };
  if (!inBrackets && letter === "A") return { pattern: "^", length };
  if (!inBrackets && letter === "z") return { pattern: "$", length };
  const inside = Object.hasOwn(CLASSES, letter) ? CLASSES[letter as keyof typeof CLASSES] : undefined;
  if (inside !== undefined) return { pattern: inBrackets ? inside : `[${inside}]`, length };
  if (SAME.test(letter)) return { pattern: `\\${letter}`, length };
  // A letter or a digit that is none of these means something of its own.
  return /^[\p{Alphabetic}\p{N}]?$/u.test(letter)
    ? undefined
    : { pattern: literal(letter, inBrackets), length };
}

function literal(character: string, inBrackets: boolean): string {
  return inBrackets && character === "-" ? String.raw`\-` : literalPattern(character);
}

function bracket(rest: string): Part | undefined {
  if (!rest.startsWith("[")) return undefined;
  const negated = rest.startsWith("[^");
  let pattern = negated ? "[^" : "[";
  for (let at = pattern.length; at < rest.length;) {
    const character = String.fromCodePoint(rest.codePointAt(at)!);
    if (character === "]")
      return at === (negated ? 2 : 1) ? undefined : { pattern: `${pattern}]`, length: at + 1 };
    // Brackets within brackets, and intersections.
    if (character === "[" || rest.startsWith("&&", at)) return undefined;
    const escaped = escape(rest.slice(at), true);
    if (character === "\\" && escaped === undefined) return undefined;
    // A dash stands for itself at the ends, and else for a range.
    const isRange = character === "-" && at > (negated ? 2 : 1) && rest[at + 1] !== "]";
    pattern += escaped?.pattern ?? (isRange ? "-" : literal(character, true));
    at += escaped?.length ?? character.length;
  }
  return undefined;
}

/** Letters beyond ASCII that are one with one of ASCII where case counts for nothing. */
const ALSO: Readonly<Record<string, string>> = { k: "\u212a", s: "\u017f" };

/** A group without regard to case, of ASCII letters and apostrophes. */
function caselessGroup(rest: string): Part | undefined {
  const [whole, inside] = /^\(\?i:([a-zA-Z'|]+)\)/.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const pattern = inside!.replace(/[a-zA-Z]/g, (letter) => {
    const lower = letter.toLowerCase();
    return `[${lower}${lower.toUpperCase()}${ALSO[lower] ?? ""}]`;
  });
  return { pattern: `(?:${pattern})`, length: whole.length };
}

function group(rest: string): Part | undefined {
  if (!rest.startsWith("(")) return undefined;
  const caseless = caselessGroup(rest);
  if (caseless !== undefined) return caseless;
  const [opening] = /^\((?:\?(?:[:=!]|<[=!]))?/.exec(rest)!;
  if (opening === "(" && rest.startsWith("(?")) return undefined;
  return { pattern: opening === "(" ? "(?:" : opening, length: opening.length };
}

const COUNT = /^\{(?:(\d+)(,?)(\d*)|,(\d+))\}(\??)/;

function quantifier(rest: string): Part | undefined {
  const counted = COUNT.exec(rest);
  if (counted !== null) {
    const [{ length }, from = "0", comma, to, upTo, lazy] = counted;
    // In Ruby {n}? is an optional {n}.
    if (lazy === "?" && comma === "" && upTo === undefined) return undefined;
    const range = upTo === undefined ? `${from}${comma}${to}` : `0,${upTo}`;
    return { pattern: `{${range}}${lazy}`, length };
  }
  const [simple] = /^[*+?]\??/.exec(rest) ?? [];
  // A plus after a quantifier makes it possessive.
  return simple === undefined || rest[simple.length] === "+"
    ? undefined
    : { pattern: simple, length: simple.length };
}

function single(rest: string): Part | undefined {
  const character = String.fromCodePoint(rest.codePointAt(0)!);
  switch (character) {
    case "|":
    case ")":
      return { pattern: character, length: 1 };
    case ".":
      return { pattern: String.raw`[^\n]`, length: 1 };
    case "^":
      return { pattern: LINE_START, length: 1 };
    case "$":
      return { pattern: LINE_END, length: 1 };
    case "{":
      // One that counts and came this far is what quantifier refused.
      return COUNT.test(rest) ? undefined : { pattern: literalPattern(character), length: 1 };
    case "\\":
    case "[":
    case "(":
    case "*":
    case "+":
    case "?":
      return undefined;
    default:
      return { pattern: literalPattern(character), length: character.length };
  }
}
