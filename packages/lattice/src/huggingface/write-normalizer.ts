import { LatticeError } from "../lattice-error.ts";
import type { NormalizeStep } from "../model/pipeline.ts";
import { charsmapBlob } from "../text/charsmap-blob.ts";
import { MARKS, NMT_REMOVED, NMT_SPACES } from "./read-normalizer.ts";
import { writePattern } from "./write-pattern.ts";

/** Steps as the normalizer of a tokenizer.json; null for none. */
export function writeNormalizer(steps: readonly NormalizeStep[]): object | null {
  const normalizers: object[] = [];
  for (let i = 0; i < steps.length; i++) {
    const isNmt = isRemoving(steps[i], NMT_REMOVED) && isReplacing(steps[i + 1], NMT_SPACES, " ");
    normalizers.push(isNmt ? { type: "Nmt" } : writeStep(steps[i]!));
    if (isNmt) i++;
  }
  return normalizers.length < 2 ? (normalizers[0] ?? null) : { type: "Sequence", normalizers };
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
      throw new LatticeError("unsupported", "the spaces around Chinese characters cannot be written");
    default:
      return { type: "Prepend", prepend: step.content };
  }
}

function isRemoving(step: NormalizeStep | undefined, pattern: string): boolean {
  return step?.type === "remove" && step.pattern === pattern;
}

function isReplacing(step: NormalizeStep | undefined, pattern: string, content: string): boolean {
  return step?.type === "replace" && step.pattern === pattern && step.content === content;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
