import { MetricsError } from "../metrics-error.ts";

/**
 * Refuses an option that is not a whole number in a range.
 *
 * @throws {@link MetricsError} `argument`.
 */
export function wholeNumber(value: number, name: string, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new MetricsError(
      "argument",
      `${name} is ${String(value)}; want a whole number from ${least} to ${most}`,
    );
  return value;
}

/**
 * Refuses an option that is not among the given words.
 *
 * @throws {@link MetricsError} `argument`.
 */
export function oneOf<Word extends string>(value: Word, name: string, words: readonly Word[]): Word {
  if (!words.includes(value))
    throw new MetricsError("argument", `${name} is ${value}; want one of ${words.join(", ")}`);
  return value;
}
