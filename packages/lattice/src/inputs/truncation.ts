import { LatticeError } from "../lattice-error.ts";
import type { Model } from "../model/model.ts";
import type { Side, TemplateItem, Truncation, TruncationStrategy } from "../model/pipeline.ts";
import type { EncodeOptions } from "../segment/searcher.ts";
import { templateFor } from "../segment/special-tokens.ts";

/** How texts are encoded and cut. What is left out is as a tokenizer.json has it, or else nothing is cut. */
export interface TruncationOptions extends EncodeOptions {
  /** The most ids of a row, special tokens included; Infinity for no bound. */
  readonly maxLength?: number;
  /** How many pieces of a row begin the next one too, where what is cut goes into rows of its own; 0 if not told. */
  readonly stride?: number;
  /**
   * Which text of a pair is cut: the longer one, down to the length of the other and then both alike (if not told), or
   * always the first or the second.
   */
  readonly strategy?: TruncationStrategy;
  /** The end that is cut; "right" if not told. */
  readonly truncationSide?: Side;
}

/** Which pieces of a text a row has, from the first number to before the second. */
export type Window = readonly [begin: number, end: number];

/** How texts of one kind, single or pairs, become rows. */
export interface RowPlan {
  /** What a row is filled by. */
  readonly template: readonly TemplateItem[];
  /** How many ids of a row are special tokens. */
  readonly special: number;
  /**
   * The rows of texts of these lengths: for each its window into each text, the row that is kept first.
   *
   * @throws {@link LatticeError} `argument` (at: `index`).
   */
  readonly rows: (lengths: readonly number[], index?: number) => (readonly Window[])[];
}

/**
 * Plans the rows of single texts and of pairs, each when it is first asked for.
 *
 * @param overflow - Whether what is cut goes into rows too.
 * @throws {@link LatticeError} `argument` for options out of their range; so do the plans, for what special tokens leave.
 */
export function rowPlans(
  model: Model,
  options: TruncationOptions | undefined,
  overflow: boolean,
): (kind: "single" | "pair") => RowPlan {
  const truncation = truncationOf(model, options);
  const plans: Partial<Record<"single" | "pair", RowPlan>> = {};
  return (kind) => (plans[kind] ??= rowPlan(templateFor(model, kind, options), truncation, overflow));
}

function rowPlan(
  template: readonly TemplateItem[],
  { maxLength, stride, strategy, side }: Truncation,
  overflow: boolean,
): RowPlan {
  const special = template.reduce((sum, item) => sum + ("ids" in item ? item.ids.length : 0), 0);
  const room = maxLength - special;
  if (room < 0)
    throw new LatticeError("argument", `maxLength is ${maxLength}, and there are ${special} special tokens`);
  if (stride > 0 && stride >= room)
    throw new LatticeError(
      "argument",
      `stride must be less than ${room}, the room that maxLength leaves for pieces, got ${stride}`,
    );
  const order = template.flatMap((item) => ("text" in item ? [item.text] : []));
  return {
    template,
    special,
    rows(lengths, index) {
      const shares = sharesOf(lengths, room, strategy, index);
      if (!overflow) return [lengths.map((length, i) => keptWindow(length, shares[i]!, side))];
      const windows = lengths.map((length, i) => {
        if (length > shares[i]! && stride >= shares[i]!)
          throw new LatticeError(
            "argument",
            `rows of ${shares[i]} pieces of the ${ORDINALS[i]} text, with a stride of ${stride}, never come to its end`,
            index,
          );
        return windowsOf(length, shares[i]!, stride, side);
      });
      return combined(windows, order);
    },
  };
}

function truncationOf(model: Model, options: TruncationOptions | undefined): Truncation {
  const file = model.pipeline?.truncation;
  const maxLength = options?.maxLength ?? file?.maxLength ?? Infinity;
  const stride = options?.stride ?? file?.stride ?? 0;
  const strategy = options?.strategy ?? file?.strategy ?? "longest_first";
  const side = options?.truncationSide ?? file?.side ?? "right";
  if (maxLength !== Infinity && !(Number.isInteger(maxLength) && maxLength > 0))
    throw new LatticeError("argument", `maxLength must be a positive integer, got ${String(maxLength)}`);
  if (!Number.isInteger(stride) || stride < 0)
    throw new LatticeError("argument", `stride must be an integer from 0 on, got ${String(stride)}`);
  requireOneOf("strategy", strategy, ["longest_first", "only_first", "only_second"]);
  requireOneOf("truncationSide", side, SIDES);
  return { maxLength, stride, strategy, side };
}

const ORDINALS = ["first", "second"];

export const SIDES: readonly Side[] = ["left", "right"];

/** @throws {@link LatticeError} `argument` for another word than these. */
export function requireOneOf(option: string, word: unknown, words: readonly string[]): void {
  if (!words.includes(word as string))
    throw new LatticeError(
      "argument",
      `${option} must be ${words.map((one) => JSON.stringify(one)).join(" or ")}, got ${JSON.stringify(word)}`,
    );
}

/** How many pieces of each text a row has room for. */
function sharesOf(
  lengths: readonly number[],
  room: number,
  strategy: TruncationStrategy,
  index: number | undefined,
): readonly number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= room) return lengths;
  if (room === 0) return lengths.map(() => 0);
  const [first = 0, second] = lengths;
  if (strategy === "longest_first") {
    if (second === undefined) return [room];
    const shorter = Math.min(first, second, Math.floor(room / 2));
    return first <= second ? [shorter, room - shorter] : [room - shorter, shorter];
  }
  const only = strategy === "only_first" ? 0 : 1;
  const there = lengths[only] ?? 0;
  const left = there - (total - room);
  if (left <= 0)
    throw new LatticeError(
      "argument",
      `${total - room} pieces must go, and of the ${ORDINALS[only]} text, which alone ${strategy} cuts, there are ${there}`,
      index,
    );
  return lengths.map((length, i) => (i === only ? left : length));
}

function keptWindow(length: number, most: number, side: Side): Window {
  const kept = Math.min(most, length);
  return side === "right" ? [0, kept] : [length - kept, length];
}

/**
 * The windows of at most `most` pieces into a text, from the end that is kept, each with the last `stride` pieces of the
 * one before.
 */
function windowsOf(length: number, most: number, stride: number, side: Side): Window[] {
  const windows = [keptWindow(length, most, side)];
  for (let near = most - stride; near + stride < length; near += most - stride) {
    const far = Math.min(near + most, length);
    windows.push(side === "right" ? [near, far] : [length - far, length - near]);
  }
  return windows;
}

/**
 * Every window of one text with every one of the other. Hugging Face goes through those of the text that stands first in
 * the template, the kept one last, but for the row of both kept ones, which is the first of all.
 */
function combined(windows: readonly (readonly Window[])[], order: readonly (0 | 1)[]): (readonly Window[])[] {
  const [outer = 0, inner] = order;
  const [kept, ...cut] = windows[outer]!;
  if (inner === undefined) return [kept!, ...cut].map((window) => [window]);
  const row = (a: Window, b: Window): readonly Window[] => (outer === 0 ? [a, b] : [b, a]);
  const [keptInner, ...cutInner] = windows[inner]!;
  return [
    row(kept!, keptInner!),
    ...cut.flatMap((a) => windows[inner]!.map((b) => row(a, b))),
    ...cutInner.map((b) => row(kept!, b)),
  ];
}
