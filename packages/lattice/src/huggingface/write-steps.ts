import { isSame } from "./same-data.ts";

/** A step of a normalizer or a pre-tokenizer, plain data of a few fields in the order in which its reader sets them. */
interface Step {
  readonly type: string;
}

/** Whether steps go on from place `at` with those of `phrase`. */
export function goesOn(steps: readonly Step[], at: number, phrase: readonly Step[]): boolean {
  return phrase.every((step, i) => {
    const found = steps[at + i];
    // A character map, which no phrase has, would take long to spell out.
    return found?.type === step.type && isSame(found, step);
  });
}

/** What stands for a list of steps: null for none, one as it is, more as a Sequence, of which `list` is the field. */
export function sequence(list: string, steps: readonly object[]): object | null {
  return steps.length < 2 ? (steps[0] ?? null) : { type: "Sequence", [list]: steps };
}
