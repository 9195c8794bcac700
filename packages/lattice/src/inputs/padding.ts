import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import type { Padding, Side } from "../model/pipeline.ts";
import { requireOneOf, SIDES } from "./truncation.ts";

/** How rows are made equally long. What is left out is as a tokenizer.json has it, or else as told here. */
export interface PaddingOptions {
  /** The length of all rows, or that of the longest (if not told). */
  readonly padTo?: number | "longest";
  /** The length is rounded up to a multiple of this; 1 if not told. */
  readonly padToMultipleOf?: number;
  /** Where the padding goes; "right" if not told. */
  readonly paddingSide?: Side;
  /** The id of the padding; the model's own if not told. */
  readonly padId?: number;
  /** The type id of the padding; 0 if not told. */
  readonly padTypeId?: number;
}

/** A padding, and the id of its piece, −1 where nobody tells. */
export interface IdPadding extends Padding {
  readonly id: number;
}

/** @throws {@link LatticeError} `argument` for an option out of its range. */
export function paddingOf(model: Model, options: PaddingOptions | undefined): IdPadding {
  const file = model.pipeline?.padding;
  const to = options?.padTo ?? file?.to ?? "longest";
  const multipleOf = options?.padToMultipleOf ?? file?.multipleOf ?? 1;
  const side = options?.paddingSide ?? file?.side ?? "right";
  const id = options?.padId ?? model.special.pad;
  const typeId = options?.padTypeId ?? file?.typeId ?? 0;
  if (to !== "longest") requireInteger("padTo", to, 1, Infinity);
  requireInteger("padToMultipleOf", multipleOf, 1, Infinity);
  requireOneOf("paddingSide", side, SIDES);
  if (options?.padId !== undefined) requireInteger("padId", id, 0, model.pieceType.length - 1);
  requireInteger("padTypeId", typeId, 0, 2 ** 31 - 1);
  return { to, multipleOf, side, id, typeId };
}

function requireInteger(option: string, value: unknown, least: number, most: number): void {
  if (!(Number.isInteger(value) && (value as number) >= least && (value as number) <= most))
    throw new LatticeError(
      "argument",
      `${option} must be an integer ${most === Infinity ? `from ${least} on` : `from ${least} to ${most}`}, got ${String(value)}`,
    );
}

/** 512 MiB for each array, which is more than a model takes at once. */
const MOST_NUMBERS = 2 ** 26;

/**
 * The length that padding gives rows of these lengths.
 *
 * @param sources - The index of the text that each is of.
 * @throws {@link LatticeError} `argument` (at: index of a text) for a row that is longer, or that needs padding of which
 * nobody tells the id; `argument` for more than 2²⁶ numbers.
 */
export function columnsOf(
  { to, multipleOf, id }: IdPadding,
  lengths: readonly number[],
  sources: ArrayLike<number>,
): number {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const columns = Math.ceil((to === "longest" ? longest : to) / multipleOf) * multipleOf;
  const beyond = lengths.findIndex((length) => length > columns);
  if (beyond >= 0)
    throw new LatticeError(
      "argument",
      `a row of text ${sources[beyond]} has ${lengths[beyond]} ids, more than padTo allows: set maxLength to ${columns}`,
      sources[beyond],
    );
  const padded = lengths.findIndex((length) => length < columns);
  if (padded >= 0 && id < 0)
    throw new LatticeError(
      "argument",
      `the rows of text ${sources[padded]} need padding, and the model names no piece for it: tell padId`,
      sources[padded],
    );
  if (lengths.length * columns > MOST_NUMBERS)
    throw new LatticeError(
      "argument",
      `${lengths.length} rows of ${columns} numbers are too many for an array`,
    );
  return columns;
}
