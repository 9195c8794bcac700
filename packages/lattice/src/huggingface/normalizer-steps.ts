import type { Normalizer } from "../model/model.ts";
import type { DecodeStep, NormalizeStep, Pipeline } from "../model/pipeline.ts";
import { CLASSES } from "./ruby-pattern.ts";
import { isSame } from "./same-data.ts";

/** What of a normaliser steps can tell. */
type Flags = Omit<Normalizer, "kept">;

const MARK = "▁";
/** The text's beginning and end, said so that Hugging Face's library for JavaScript, which knows no \A, reads it too. */
const ANY = `[${CLASSES.s}${CLASSES.S}]`;
const BEGIN = `(?<!${ANY})`;
const END = `(?!${ANY})`;

/** What a normaliser of SentencePiece does to a text, but for the spaces that become marks. */
export function rewritingSteps({ rules, replacements, removeExtraSpaces }: Flags): NormalizeStep[] {
  const steps: NormalizeStep[] = [];
  if (rules.length > 0) steps.push({ type: "charsmap", rules, replacements });
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: " {2,}", content: " " });
  return steps;
}

/** What it then does with spaces. */
export function spaceSteps({ addDummyPrefix, removeExtraSpaces, escapeSpaces }: Flags): NormalizeStep[] {
  const steps: NormalizeStep[] = [];
  const space = escapeSpaces ? MARK : " ";
  // Spaces alone, unlike Hugging Face's Strip; and at the end marks that stood in the text too, as SentencePiece does.
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: `${BEGIN} `, content: "" });
  if (addDummyPrefix) steps.push({ type: "prepend", content: space });
  if (escapeSpaces) steps.push({ type: "replace", pattern: " ", content: MARK });
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: `${space}+${END}`, content: "" });
  return steps;
}

/** How pieces become a text again. */
export function decodeSteps(
  { addDummyPrefix, removeExtraSpaces, escapeSpaces }: Flags,
  byteFallback: boolean,
): DecodeStep[] {
  const steps: DecodeStep[] = [];
  if (escapeSpaces) steps.push({ type: "replace", pattern: MARK, content: " " });
  if (byteFallback) steps.push({ type: "bytes" });
  steps.push({ type: "fuse" });
  // Where extra spaces go, all before the text do; else the one that was put there.
  if (escapeSpaces && removeExtraSpaces) steps.push({ type: "replace", pattern: `${BEGIN} +`, content: "" });
  else if (escapeSpaces && addDummyPrefix) steps.push({ type: "strip", content: " ", start: 1, stop: 0 });
  return steps;
}

/** The normaliser of SentencePiece that has these steps, as the functions above give them; undefined if there is none. */
export function normalizerOf(
  { normalizers, decoders }: Pick<Pipeline, "normalizers" | "decoders">,
  byteFallback: boolean,
): Flags | undefined {
  const [first] = normalizers;
  const { rules, replacements } =
    first?.type === "charsmap" ? first : { rules: new Uint32Array(0), replacements: new Uint8Array(0) };
  const BOTH = [false, true];
  return BOTH.flatMap((addDummyPrefix) =>
    BOTH.flatMap((removeExtraSpaces) =>
      BOTH.map((escapeSpaces) => ({
        rules,
        replacements,
        addDummyPrefix,
        removeExtraSpaces,
        escapeSpaces,
        spaceAsSuffix: false,
      })),
    ),
  ).find((normalizer) => {
    const steps = [...rewritingSteps(normalizer), ...spaceSteps(normalizer)];
    return (
      steps.length === normalizers.length &&
      // A character map is what it was taken from, and long.
      steps.every((step, i) => step.type === "charsmap" || isSame(step, normalizers[i])) &&
      isSame(decodeSteps(normalizer, byteFallback), decoders)
    );
  });
}
