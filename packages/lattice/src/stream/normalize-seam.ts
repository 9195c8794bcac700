import { LatticeError } from "../lattice-error.ts";
import type { NormalizeStep } from "../model/pipeline.ts";
import { beginsLongerRule, CLUSTERED, rewritten } from "../pipeline/charsmap.ts";
import { PatternSeam } from "./pattern-seam.ts";
import { holdsFor, type Seam, WHITE_SPACE } from "./seam.ts";

/**
 * Follows a seam through a step of normalisation: undefined if the whole may become something else than its two sides
 * one after the other, or if it is not certain what stands at the seam then. The right side is normalised as one that
 * goes on: nothing is put before it, and nothing stripped from its beginning.
 */
export type NormalizeSeam = (seam: Seam) => Seam | undefined;

/** @throws {@link LatticeError} `unsupported` for a pattern of which nothing is certain. */
export function normalizeSeam(step: NormalizeStep): NormalizeSeam {
  switch (step.type) {
    case "prepend":
      return (seam) => seam;
    case "strip":
      // What is stripped from the ends is then all on one side.
      return (seam) => (seam.left.some((left) => WHITE_SPACE.test(left)) ? undefined : seam);
    case "lowercase":
      return (seam) => mapped(seam, (character) => [character.toLowerCase()]);
    case "unicode":
      return (seam) => (isApart(seam) ? mapped(seam, (character, side) => form(character, step.form, side)) : undefined);
    case "charsmap":
      return (seam) =>
        isApart(seam) &&
        [...seam.before, ...seam.left].every((character) => !CLUSTERED.test(character)) &&
        !seam.right.some((right) => beginsLongerRule(step, right))
          ? mapped(seam, (character) => [rewritten(step, character)])
          : undefined;
    default: {
      const pattern = seamOf(step.pattern);
      const content = step.type === "replace" ? step.content : step.type === "remove" ? "" : " ";
      return (seam) =>
        holdsFor(seam, (left, right) => pattern.parts(left, right))
          ? mapped(seam, (character) => {
              const covered = pattern.covers(character);
              return covered === true ? [content] : covered === false ? [character] : [character, content];
            })
          : undefined;
    }
  }
}

/** @throws {@link LatticeError} `unsupported`. */
export function seamOf(pattern: string): PatternSeam {
  const seam = PatternSeam.of(pattern);
  if (seam === undefined)
    throw new LatticeError(
      "unsupported",
      `a text in parts cannot be searched for ${JSON.stringify(pattern)}, which looks behind, far ahead or for nothing: use encodeIds`,
    );
  return seam;
}

/** A seam between what its characters become; undefined if one becomes nothing, or what cannot be told. */
function mapped(
  { before, left, right }: Seam,
  become: (character: string, side: "left" | "right") => readonly string[] | undefined,
): Seam | undefined {
  const all = (characters: readonly string[], side: "left" | "right"): string[] | undefined => {
    const ends = characters.flatMap(
      (character) =>
        become(character, side)?.map((text) => (side === "left" ? [...text].at(-1) : [...text][0])) ?? [undefined],
    );
    return ends.includes(undefined) ? undefined : [...new Set(ends as string[])];
  };
  const [beforeNow, leftNow, rightNow] = [all(before, "left"), all(left, "left"), all(right, "right")];
  return beforeNow && leftNow && rightNow && { before: beforeNow, left: leftNow, right: rightNow };
}

/** Punctuation and white space, which compose with nothing after them. */
const SEPARATOR = /^[\p{P}\p{Z}\t-\r]$/u;
/** What may compose with what stands before it, or belong to one character with it. */
const JOINING = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u{11000}-\u{1dfff}]/u;

/** Whether no composition, order of marks or grapheme goes across. */
function isApart(seam: Seam): boolean {
  return (
    holdsFor(seam, (left, right) => left !== "\r" || right !== "\n") &&
    seam.right.every((right) => SEPARATOR.test(right) && !CLUSTERED.test(right)) &&
    seam.left.every((left) => !/\p{M}/u.test(left) && !JOINING.test(left))
  );
}

/** What a character becomes that composes with nothing beside it; undefined if the outcome could. */
function form(character: string, name: "NFC" | "NFD" | "NFKC" | "NFKD", side: "left" | "right"): string[] | undefined {
  const text = character.normalize(name);
  const inert = side === "left" ? !/\p{M}/u.test(text) && !JOINING.test(text) : [...text].every((one) => SEPARATOR.test(one));
  return inert ? [text] : undefined;
}
