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
      return (seam) =>
        isApart(seam, (right) => SEPARATOR.test(right))
          ? composed(mapped(seam, (character) => [character.normalize(step.form)]))
          : undefined;
    case "charsmap":
      return (seam) => {
        const isAlone = (right: string): boolean => SEPARATOR.test(right) && !beginsLongerRule(step, right);
        if (!seam.before.every(isInert) || !isApart(seam, isAlone)) return undefined;
        const next = composed(mapped(seam, (character) => [rewritten(step, character)]));
        return next && { ...next, before: [UNCERTAIN] };
      };
    default: {
      const content = step.type === "replace" ? step.content : step.type === "remove" ? "" : " ";
      return searchedSeam(seamOf(step.pattern), content);
    }
  }
}

/** Follows a seam through a search whose matches begin and end with `content` afterwards. */
function searchedSeam(pattern: PatternSeam, content: string): NormalizeSeam {
  const mayMatch = (character: string): boolean => pattern.covers(character) !== false;
  return (seam) => {
    if (!holdsFor(seam, (left, right) => pattern.parts(left, right))) return undefined;
    const next = mapped(seam, (character) => {
      const covered = pattern.covers(character);
      return covered === true ? [content] : covered === false ? [character] : [character, content];
    });
    // A match may have taken what stands beside the seam's own characters too.
    return (
      next && {
        ...next,
        before: seam.left.some(mayMatch) ? [UNCERTAIN] : next.before,
        after: seam.right.some(mayMatch) ? [] : next.after,
      }
    );
  };
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

/** A seam between what its characters become; undefined if one of them becomes nothing. */
function mapped(seam: Seam, become: (character: string) => readonly string[]): Seam | undefined {
  const all = (characters: readonly string[]): string[][] =>
    characters.flatMap((character) => become(character).map((text) => [...text]));
  const [before, left, right, after] = [seam.before, seam.left, seam.right, seam.after].map(all) as [
    string[][],
    string[][],
    string[][],
    string[][],
  ];
  if ([...before, ...left, ...right].some(({ length }) => length === 0)) return undefined;
  // A neighbour may come from the same character.
  const isLong = (text: readonly string[]): boolean => text.length > 1;
  return {
    before: distinct([
      ...left.filter(isLong).map((text) => text.at(-2)!),
      ...before.map((text) => text.at(-1)!),
    ]),
    left: distinct(left.map((text) => text.at(-1)!)),
    right: distinct(right.map(([first]) => first!)),
    after: after.every(({ length }) => length > 0)
      ? distinct([...right.filter(isLong).map(([, second]) => second!), ...after.map(([first]) => first!)])
      : [],
  };
}

function distinct(characters: readonly string[]): string[] {
  return [...new Set(characters)];
}

/** Punctuation, white space, digits and ideographs, which compose with nothing after them. */
const SEPARATOR = /^[\p{P}\p{Z}\t-\r\p{Nd}\p{Script=Han}]$/u;
/** What may compose with what stands before it, or belong to one grapheme with a neighbour. */
const JOINING = new RegExp(
  String.raw`${CLUSTERED.source}|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u{11000}-\u{1dfff}]`,
  "u",
);

/** Stands for a character that may join the next one. */
const UNCERTAIN = "\u200d";

const isInert = (character: string): boolean => !JOINING.test(character);

/**
 * Whether no composition, order of marks or grapheme goes across, nor any from the right side's character to what
 * follows it: if that is not known, `isAlone` must tell.
 */
function isApart(seam: Seam, isAlone: (right: string) => boolean): boolean {
  const { left, right, after } = seam;
  const followed = after.length > 0 && after.every(isInert);
  return (
    left.every(isInert) &&
    right.every((one) => isInert(one) && ((followed && one !== "\r") || isAlone(one))) &&
    holdsFor(seam, (one, other) => one !== "\r" || other !== "\n")
  );
}

/** A seam after what stands beside it may have composed: what is not certain to be there any more is left out. */
function composed(seam: Seam | undefined): Seam | undefined {
  if (seam === undefined || ![...seam.left, ...seam.right].every(isInert)) return undefined;
  return seam.after.every((after) => SEPARATOR.test(after)) ? seam : { ...seam, after: [] };
}
