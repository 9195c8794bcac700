import { LatticeError } from "../lattice-error.ts";
import type { NormalizeStep } from "../model/pipeline.ts";
import { charsmapBlob } from "../text/charsmap-blob.ts";
import { BERT, MARKS, NMT } from "./read-normalizer.ts";
import { writePattern } from "./write-pattern.ts";
import { goesOn, sequence } from "./write-steps.ts";

/** Steps as the normalizer of a tokenizer.json; null for none. */
export function writeNormalizer(steps: readonly NormalizeStep[]): object | null {
  const normalizers: object[] = [];
  for (let at = 0; at < steps.length;) {
    const { normalizer, length } = bertAt(steps, at) ?? nmtAt(steps, at) ?? stepAt(steps, at);
    normalizers.push(normalizer);
    at += length;
  }
  return sequence("normalizers", normalizers);
}

/** A normalizer, and how many steps it stands for. */
interface Written {
  readonly normalizer: object;
  readonly length: number;
}

/** Those of BERT's that only its own normalizer does, with what that does besides. */
function bertAt(steps: readonly NormalizeStep[], from: number): Written | undefined {
  let at = from;
  const flags = BERT.map(([flag, phrase]): [string, boolean] => {
    const isSet = goesOn(steps, at, phrase);
    if (isSet) at += phrase.length;
    return [flag, isSet];
  });
  return flags.some(([flag, isSet]) => isSet && flag !== "lowercase")
    ? { normalizer: { type: "BertNormalizer", ...Object.fromEntries(flags) }, length: at - from }
    : undefined;
}

function nmtAt(steps: readonly NormalizeStep[], at: number): Written | undefined {
  return goesOn(steps, at, NMT) ? { normalizer: { type: "Nmt" }, length: NMT.length } : undefined;
}

function stepAt(steps: readonly NormalizeStep[], at: number): Written {
  return { normalizer: writeStep(steps[at]!), length: 1 };
}

function writeStep(step: NormalizeStep): object {
  switch (step.type) {
    case "charsmap":
      return { type: "Precompiled", precompiled_charsmap: toBase64(charsmapBlob(step)) };
    case "replace":
      return { type: "Replace", pattern: writePattern(step.pattern), content: step.content };
    case "unicode":
      return { type: step.form };
    case "lowercase":
      return { type: "Lowercase" };
    case "remove":
      return step.pattern === MARKS
        ? { type: "StripAccents" }
        : { type: "Replace", pattern: writePattern(step.pattern), content: "" };
    case "strip":
      return { type: "Strip", strip_left: step.left, strip_right: step.right };
    case "isolate":
      throw new LatticeError(
        "unsupported",
        `spaces around what ${JSON.stringify(step.pattern)} matches cannot be written`,
      );
    default:
      return { type: "Prepend", prepend: step.content };
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
