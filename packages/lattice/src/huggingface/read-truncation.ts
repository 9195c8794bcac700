import type { Truncation } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { readSide } from "./read-padding.ts";

const STRATEGIES = {
  LongestFirst: "longest_first",
  OnlyFirst: "only_first",
  OnlySecond: "only_second",
} as const;

/** The truncation of a tokenizer.json; null for none. */
export function readTruncation(field: JsonField): Truncation | null {
  if (field.isMissing) return null;
  const side = field.at("direction");
  return {
    maxLength: field.at("max_length").index(Infinity),
    stride: field.at("stride").index(Infinity),
    strategy: STRATEGIES[field.at("strategy").oneOf(["LongestFirst", "OnlyFirst", "OnlySecond"])],
    // Files from before there was a choice do not tell.
    side: side.isMissing ? "right" : readSide(side),
  };
}
