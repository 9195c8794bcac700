import { SamplingError } from "./sampling-error.ts";

/** Lines of text, at once or as they come. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/**
 * Lines that are given, or that a function opens.
 *
 * @throws {@link SamplingError} `argument` for what is no iterable of lines; a string is one of characters.
 */
export function opened(lines: Lines | (() => Lines)): Lines {
  const source: unknown = typeof lines === "function" ? lines() : lines;
  if (
    typeof source !== "object" ||
    source === null ||
    !(Symbol.asyncIterator in source || Symbol.iterator in source)
  )
    throw new SamplingError(
      "argument",
      "lines must be an iterable of strings, asynchronous or not, or a function that opens one",
    );
  return source as Lines;
}

/** Whether lines have been opened already, as a generator has, so that they cannot be gone through twice. */
export function isIterator(lines: Lines | (() => Lines)): boolean {
  return typeof lines === "object" && lines !== null && "next" in lines;
}

/** The refusal of lines that cannot be gone through twice; `what` shows it. */
export function readOnce(what: string): SamplingError {
  return new SamplingError(
    "argument",
    `${what}lines that can be read only once do for one epoch; for more, give a function that opens them`,
  );
}
