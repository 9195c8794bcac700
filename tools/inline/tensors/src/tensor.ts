import type { ElementType } from "./element-type.ts";

/** Where the numbers of a tensor lie in a file, and what they are. */
export interface Tensor {
  /** Undefined for a type of which no numbers can be read; `dtype` tells which. */
  readonly type: ElementType | undefined;
  /** The type by the name that the file gives it. */
  readonly dtype: string;
  /** Its sizes; none for a single number. */
  readonly shape: readonly number[];
  /** How many numbers it has: the product of the sizes. */
  readonly length: number;
  /** Where its bytes begin and end, counted from the start of the file. */
  readonly start: number;
  readonly end: number;
  /** Whether the first byte of a number is the most significant one. */
  readonly bigEndian: boolean;
  /** Whether the first index is the one that changes fastest, as in Fortran, and not the last. */
  readonly firstIndexFastest: boolean;
}

/**
 * What is wrong with a file:
 *
 * - `format`: it is not what it says, or damaged (`at`: the byte, where one can be told);
 * - `unsupported`: it may be sound, and holds something else than arrays of numbers.
 */
export type TensorErrorCode = "format" | "unsupported";

/** Thrown for files that cannot be read, for the package that reads one to say in its own words. */
export class TensorError extends Error {
  readonly code: TensorErrorCode;
  readonly at: number | undefined;

  constructor(code: TensorErrorCode, message: string, at?: number) {
    super(message);
    this.name = "TensorError";
    this.code = code;
    this.at = at;
  }
}

/** As many as numpy can have; other libraries have fewer. */
const MOST_SIZES = 64;

/** How many numbers a shape has; undefined for what is none, or has more than can be counted in bytes. */
export function lengthOf(shape: readonly unknown[]): number | undefined {
  if (shape.length > MOST_SIZES) return undefined;
  let length = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || (size as number) < 0) return undefined;
    length *= size as number;
    // Not even if a size of 0 follows.
    if (length > Number.MAX_SAFE_INTEGER / 8) return undefined;
  }
  return length;
}

/** A name from a file in a message: in quotes, and no longer than can be read. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
