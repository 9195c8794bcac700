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
  const terms = new Terms();
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const part = escape(rest) ?? bracket(rest) ?? group(rest) ?? quantifier(rest) ?? single(rest);
    if (part === undefined || !terms.add(part)) return undefined;
    at += part.length;
  }
  return terms.pattern();
}

interface Part {
  readonly pattern: string;
  /** How much of the source it stands for. */
  readonly length: number;
  /** What it is, if it is no term by itself. Of what is held nothing is given back once it has matched. */
  readonly role?:
    | "open"
    | "openHeld"
    | "openBehind"
    | "close"
    | "bar"
    | "repeat"
    | "repeatHeld"
    | "repeatWhole";
}

/** A pattern that grows from left to right. */
class Terms {
  private readonly terms: string[] = [];
  /** The groups that are open: where they begin, and how. */
  private readonly groups: { readonly from: number; readonly role: Part["role"] }[] = [];
  /** Where the last whole term begins; −1 if none can be repeated here. */
  private last = -1;
  private held = 0;
  /** How many of the open groups look behind: there the search goes backward. */
  private behind = 0;

  /** Whether the part can be said here. */
  add({ pattern, role }: Part): boolean {
    const { terms, groups } = this;
    const size = terms.length;
    const before = this.last;
    if (role !== "openHeld") terms.push(pattern);
    this.last = role === undefined ? size : -1;
    switch (role) {
      case "open":
      case "openBehind":
      case "openHeld":
        groups.push({ from: size, role });
        if (role === "openBehind") this.behind++;
        return true;
      case "close": {
        const closed = groups.pop();
        if (closed === undefined) return false;
        this.last = closed.from;
        if (closed.role === "openBehind") this.behind--;
        if (closed.role !== "openHeld") return true;
        terms.pop();
        return this.hold();
      }
      case "repeatHeld":
        this.last = before;
        return this.hold();
      case "repeatWhole":
        this.last = before;
        return this.replace((term) => `(?:${term})`);
      default:
        return true;
    }
  }

  /** Has the last term keep what it has matched, as a lookahead does: what that has found is then found once more. */
  private hold(): boolean {
    if (this.behind > 0) return false;
    const name = `held${++this.held}`;
    return this.replace((term) => `(?:(?=(?<${name}>${term}))\\k<${name}>)`);
  }

  private replace(change: (term: string) => string): boolean {
    if (this.last < 0) return false;
    this.terms.push(change(this.terms.splice(this.last).reduce((term, part) => term + part, "")));
    return true;
  }

  pattern(): string | undefined {
    return this.groups.length === 0 ? this.terms.join("") : undefined;
  }
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

/** Letters side by side, by themselves or in brackets, that are one with a ligature where case counts for nothing. */
const LIGATURES =
  /(?:s(?!\w*\])|\[\w*s\w*\])(?:[st]|\[\w*[st])|(?:f(?!\w*\])|\[\w*f\w*\])(?:[fil]|\[\w*[fil])/i;

/** A group without regard to case, of ASCII letters, brackets of them, and apostrophes. */
function caselessGroup(rest: string): Part | undefined {
  const [whole, inside] = /^\(\?i:((?:[a-zA-Z'|]|\[[a-zA-Z]+\])+)\)/.exec(rest) ?? [];
  if (whole === undefined || LIGATURES.test(inside!)) return undefined;
  const pattern = inside!.replace(/\[([a-zA-Z]+)\]|[a-zA-Z]/g, (letter, letters: string | undefined) => {
    const forms = [...(letters ?? letter)].map((form) => {
      const lower = form.toLowerCase();
      return lower + lower.toUpperCase() + (ALSO[lower] ?? "");
    });
    return `[${forms.join("")}]`;
  });
  return { pattern: `(?:${pattern})`, length: whole.length };
}

function group(rest: string): Part | undefined {
  if (!rest.startsWith("(")) return undefined;
  const caseless = caselessGroup(rest);
  if (caseless !== undefined) return caseless;
  const [opening] = /^\((?:\?(?:[:=!>]|<[=!]))?/.exec(rest)!;
  if (opening === "(" && rest.startsWith("(?")) return undefined;
  const role = opening === "(?>" ? "openHeld" : opening.startsWith("(?<") ? "openBehind" : "open";
  return { pattern: opening === "(" ? "(?:" : opening, length: opening.length, role };
}

const COUNT = /^\{(?:(\d+)(,?)(\d*)|,(\d+))\}(\??)/;

function quantifier(rest: string): Part | undefined {
  const counted = COUNT.exec(rest);
  if (counted !== null) {
    const [{ length }, from = "0", comma, to, upTo, lazy] = counted;
    // In Ruby {n}? is an optional {n}.
    if (lazy === "?" && comma === "" && upTo === undefined) return undefined;
    const range = upTo === undefined ? `${from}${comma}${to}` : `0,${upTo}`;
    // A plus after a range repeats the whole.
    const role = lazy === "" && rest[length] === "+" ? "repeatWhole" : "repeat";
    return { pattern: `{${range}}${lazy}`, length, role };
  }
  const [simple, sign, manner] = /^([*+?])([?+]?)/.exec(rest) ?? [];
  if (simple === undefined) return undefined;
  return manner === "+"
    ? { pattern: sign!, length: 2, role: "repeatHeld" }
    : { pattern: simple, length: simple.length, role: "repeat" };
}

function single(rest: string): Part | undefined {
  const character = String.fromCodePoint(rest.codePointAt(0)!);
  switch (character) {
    case "|":
      return { pattern: character, length: 1, role: "bar" };
    case ")":
      return { pattern: character, length: 1, role: "close" };
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
