import type { Padding, Side, Truncation } from "../model/pipeline.ts";

const STRATEGIES = {
  longest_first: "LongestFirst",
  only_first: "OnlyFirst",
  only_second: "OnlySecond",
} as const;

export function writeTruncation(truncation: Truncation | null): object | null {
  if (truncation === null) return null;
  const { maxLength, stride, strategy, side } = truncation;
  return {
    direction: direction(side),
    max_length: maxLength,
    strategy: STRATEGIES[strategy],
    stride,
  };
}

/** @param padId - The id of the padding piece, which is one of the pieces called `names`. */
export function writePadding(
  padding: Padding | null,
  padId: number,
  names: readonly string[],
): object | null {
  if (padding === null) return null;
  const { to, multipleOf, side, typeId } = padding;
  return {
    strategy: to === "longest" ? "BatchLongest" : { Fixed: to },
    direction: direction(side),
    pad_to_multiple_of: multipleOf === 1 ? null : multipleOf,
    pad_id: padId,
    pad_type_id: typeId,
    pad_token: names[padId]!,
  };
}

function direction(side: Side): string {
  return side === "left" ? "Left" : "Right";
}
