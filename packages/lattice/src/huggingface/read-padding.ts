import type { AddedToken, Padding, Side } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { MAX_TYPE_ID } from "./read-post-processor.ts";

/** The padding of a tokenizer.json, but for its piece; null for none. */
export function readPadding(field: JsonField): Padding | null {
  if (field.isMissing) return null;
  field.at("pad_token").text();
  const strategy = field.at("strategy");
  const multiple = field.at("pad_to_multiple_of");
  return {
    to: strategy.value === "BatchLongest" ? "longest" : strategy.at("Fixed").index(Infinity),
    // There, 0 stands for none.
    multipleOf: multiple.isMissing ? 1 : Math.max(1, multiple.index(Infinity)),
    side: readSide(field.at("direction")),
    typeId: field.at("pad_type_id").index(MAX_TYPE_ID),
  };
}

/** What files that do not pad call the piece for it. */
const USUAL_NAMES: ReadonlySet<string> = new Set(["<pad>", "[PAD]"]);

/** The id of the padding piece, below `size`: that of the padding, else the special token with a usual name; −1 for none. */
export function readPadId(field: JsonField, size: number, added: readonly AddedToken[]): number {
  if (!field.isMissing) return field.at("pad_id").index(size);
  return added.find(({ special, pattern }) => special && USUAL_NAMES.has(pattern))?.id ?? -1;
}

export function readSide(field: JsonField): Side {
  return field.oneOf(["Left", "Right"]) === "Left" ? "left" : "right";
}
