import { LatticeError } from "../lattice-error.ts";
import type { SplitStep } from "../model/pipeline.ts";
import { DIGITS, PUNCTUATION, WHITE_SPACE, WORDS } from "./read-pre-tokenizer.ts";
import { writePattern } from "./write-pattern.ts";

/** Steps as the pre_tokenizer of a tokenizer.json; null for none. */
export function writePreTokenizer(steps: readonly SplitStep[]): object | null {
  const pretokenizers = steps.map(writeStep);
  return pretokenizers.length < 2 ? (pretokenizers[0] ?? null) : { type: "Sequence", pretokenizers };
}

function writeStep(step: SplitStep): object {
  if (step.type === "metaspace") {
    const { mark, prepend, split } = step;
    return { type: "Metaspace", replacement: mark, prepend_scheme: prepend, split };
  }
  if (step.type === "prefix")
    throw new LatticeError(
      "unsupported",
      `a prefix ${JSON.stringify(step.content)} without a mark cannot be written`,
    );
  const { pattern, invert, behavior } = step;
  // By their names where they have one: their patterns are not Oniguruma's, but these steps' own.
  if (pattern === WHITE_SPACE && !invert && behavior === "Removed") return { type: "WhitespaceSplit" };
  if (pattern === WORDS && invert && behavior === "Removed") return { type: "Whitespace" };
  if (pattern === PUNCTUATION && !invert) return { type: "Punctuation", behavior };
  if (pattern === DIGITS && !invert && (behavior === "Isolated" || behavior === "Contiguous"))
    return { type: "Digits", individual_digits: behavior === "Isolated" };
  return { type: "Split", pattern: writePattern(pattern), behavior, invert };
}
