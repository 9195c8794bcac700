import { UsageError } from "./faults.ts";

const MOST_THREADS = 256;

/** What `--threads` says. */
export function threadsOf(value: string): number {
  return integerOption("threads", value, 1, MOST_THREADS);
}

/**
 * The integer that an option says.
 *
 * @throws {@link UsageError} if it is none from `least` to `most`.
 */
export function integerOption(
  name: string,
  value: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  const number = /^-?\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(`--${name} must be an integer from ${least} to ${most}, got "${value}"`);
  return number;
}

/**
 * The number that an option says.
 *
 * @throws {@link UsageError} if it is none, or not finite.
 */
export function numberOption(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number))
    throw new UsageError(`--${name} must be a number, got "${value}"`);
  return number;
}
