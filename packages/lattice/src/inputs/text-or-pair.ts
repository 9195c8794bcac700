import { LatticeError } from "../lattice-error.ts";

/** A text, or a pair such as a question and a passage. */
export type TextOrPair = string | readonly [first: string, second: string];

/**
 * The one or two texts.
 *
 * @throws {@link LatticeError} `argument` (at: `index`, if it is one of many) for anything else.
 */
export function textsOf(given: TextOrPair, index?: number): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(given) && given.length === 2 ? given : [given];
  if (!texts.every((text) => typeof text === "string"))
    throw new LatticeError(
      "argument",
      `${index === undefined ? "text" : `text ${index}`} must be a string or a pair of strings`,
      index,
    );
  return texts;
}
