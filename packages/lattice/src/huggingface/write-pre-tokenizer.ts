import { LatticeError } from "../lattice-error.ts";
import type { SplitStep } from "../model/pipeline.ts";
import { DIGITS, GPT_2, NAMED, PREFIX_SPACE, PUNCTUATION } from "./read-pre-tokenizer.ts";
import { writePattern } from "./write-pattern.ts";
import { goesOn, sequence } from "./write-steps.ts";

/** Steps as the pre_tokenizer of a tokenizer.json, which ends with ByteLevel if `byteLevel`; null for none. */
export function writePreTokenizer(steps: readonly SplitStep[], byteLevel: boolean): object | null {
  if (!byteLevel) return sequence("pretokenizers", writeSteps(steps));
  const use_regex = goesOn(steps, steps.length - 1, [GPT_2]);
  const before = use_regex ? steps.slice(0, -1) : steps;
  const add_prefix_space = goesOn(before, before.length - 1, [PREFIX_SPACE]);
  return sequence("pretokenizers", [
    ...writeSteps(add_prefix_space ? before.slice(0, -1) : before),
    { type: "ByteLevel", add_prefix_space, trim_offsets: true, use_regex },
  ]);
}

function writeSteps(steps: readonly SplitStep[]): object[] {
  const pretokenizers: object[] = [];
  for (let at = 0; at < steps.length;) {
    // By their names where they have one: their patterns are not Oniguruma's, but these steps' own.
    const [type, phrase] = [...NAMED].find((named) => goesOn(steps, at, named[1])) ?? [];
    pretokenizers.push(phrase === undefined ? writeStep(steps[at]!) : { type });
    at += phrase?.length ?? 1;
  }
  return pretokenizers;
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
  if (pattern === PUNCTUATION && !invert) return { type: "Punctuation", behavior };
  if (pattern === DIGITS && !invert && (behavior === "Isolated" || behavior === "Contiguous"))
    return { type: "Digits", individual_digits: behavior === "Isolated" };
  return { type: "Split", pattern: writePattern(pattern), behavior, invert };
}
