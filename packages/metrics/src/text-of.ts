import { MetricsError } from "./metrics-error.ts";

/**
 * Refuses what is not a string, and a string with a lone surrogate: half a character, which no file in UTF-8 can hold, so
 * that no reference implementation could be asked for the same score.
 *
 * @throws {@link MetricsError} `argument`, `text`.
 */
export function textOf(value: string, name: string, at?: number): string {
  if (typeof value !== "string")
    throw new MetricsError(
      "argument",
      `${name} is ${value === null ? "null" : typeof value}, not a string`,
      at,
    );
  if (!value.isWellFormed())
    throw new MetricsError(
      "text",
      `${name} has a lone surrogate at ${value.search(/\p{Surrogate}/u)}: it was cut inside a character; cut it elsewhere, or take its toWellFormed()`,
      at,
    );
  return value;
}
