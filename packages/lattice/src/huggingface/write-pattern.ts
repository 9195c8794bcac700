import { LatticeError } from "../lattice-error.ts";
import { literalPattern } from "../pipeline/patterns.ts";
import { CLASSES, LINE_END, LINE_START, translate } from "./ruby-pattern.ts";

/** A pattern as a tokenizer.json has it. */
export type JsonPattern = { readonly String: string } | { readonly Regex: string };

/**
 * A JavaScript pattern as that of a Replace or Split step: the other way of `readPattern`.
 *
 * @throws {@link LatticeError} `unsupported` for a pattern that `readPattern` could not have made.
 */
export function writePattern(pattern: string): JsonPattern {
  const literal = pattern.replaceAll(/\\(.)/gsu, "$1");
  if (literal !== "" && literalPattern(literal) === pattern) return { String: literal };
  const ruby = pattern.replaceAll(
    DIFFERENT,
    (part) => PHRASES.get(part) ?? CHARACTERS.get(part) ?? heldGroup(part) ?? part.replace("Script=", ""),
  );
  // What reads back as the same pattern is what was meant.
  if (pattern !== "" && translate(ruby) === pattern) return { Regex: ruby };
  throw new LatticeError(
    "unsupported",
    `a tokenizer.json cannot hold the pattern ${JSON.stringify(pattern)} in its own language`,
  );
}

/** What Ruby's syntax says otherwise: longer things, and single characters. */
const PHRASES: ReadonlyMap<string, string> = new Map([
  [LINE_START, "^"],
  [LINE_END, "$"],
  ...Object.entries(CLASSES).map(([letter, inside]) => [`[${inside}]`, `\\${letter}`] as const),
  [CLASSES.w, String.raw`\w`],
  [CLASSES.s, String.raw`\s`],
  [CLASSES.S, String.raw`\S`],
]);
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["^", String.raw`\A`],
  ["$", String.raw`\z`],
  // Two of them would be an intersection.
  ["&", String.raw`\&`],
]);

/** What begins and ends a group that gives nothing back. */
const HELD = String.raw`\(\?:\(\?=\(\?<held\d+>|\)\)\\k<held\d+>\)`;

function heldGroup(part: string): string | undefined {
  if (!part.includes("<held")) return undefined;
  return part.startsWith("(") ? "(?>" : ")";
}

/** Finds what may differ, the longest first; what begins brackets, and other escapes, are passed over. */
const DIFFERENT = new RegExp(
  [HELD, ...[...PHRASES.keys()].map(literalPattern), String.raw`\[\^|\\[pP]\{Script=|\\[^]|[\^$&]`].join("|"),
  "gu",
);
