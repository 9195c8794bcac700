import type { SplitStep } from "../model/pipeline.ts";
import type { JsonField } from "./json-field.ts";
import { readPattern } from "./ruby-pattern.ts";

const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"] as const;
const WORD = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;

export const PUNCTUATION: string = String.raw`[!-\/:-@\[-\x60\{-~\p{P}]`;
export const DIGITS: string = String.raw`\p{N}`;

const atWhiteSpace = split(String.raw`\p{White_Space}+`, "Removed");
/** The steps of pre-tokenizers that are told by their names alone; those that begin with another come before it. */
export const NAMED: ReadonlyMap<string, readonly SplitStep[]> = new Map([
  ["BertPreTokenizer", [atWhiteSpace, split(PUNCTUATION, "Isolated")]],
  ["WhitespaceSplit", [atWhiteSpace]],
  ["Whitespace", [split(String.raw`[${WORD}]+|[^${WORD}\p{White_Space}]+`, "Removed", true)]],
]);

/** What ByteLevel's `add_prefix_space` asks for. */
export const PREFIX_SPACE: SplitStep = { type: "prefix", content: " " };
/** What its `use_regex` does, as GPT-2 cuts text: contractions, words, numbers and the rest, each with the space before it. */
export const GPT_2: SplitStep = split(
  String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`,
  "Isolated",
);

/** Whether the pre-tokenizer of a tokenizer.json ends with pieces of bytes. */
export function isByteLevel(field: JsonField): boolean {
  if (field.isMissing) return false;
  const type = field.at("type").text();
  if (type !== "Sequence") return type === "ByteLevel";
  const steps = field.at("pretokenizers").items();
  const place = steps.findIndex(isByteLevel);
  if (place >= 0 && place < steps.length - 1) throw steps[place + 1]!.unsupported("a step after ByteLevel");
  return place >= 0;
}

/** The pre_tokenizer of a tokenizer.json as steps; none for null. */
export function readPreTokenizer(field: JsonField): SplitStep[] {
  if (field.isMissing) return [];
  const type = field.at("type").text();
  switch (type) {
    case "Sequence":
      return field.at("pretokenizers").items().flatMap(readPreTokenizer);
    case "Metaspace": {
      const { mark, prepend } = readMetaspace(field);
      return [{ type: "metaspace", mark, prepend, split: field.at("split").boolean(true) }];
    }
    case "ByteLevel": {
      const steps: SplitStep[] = [];
      if (field.at("add_prefix_space").boolean(true)) steps.push(PREFIX_SPACE);
      if (field.at("use_regex").boolean(true)) steps.push(GPT_2);
      return steps;
    }
    case "Punctuation": {
      const behavior = field.at("behavior");
      return [split(PUNCTUATION, behavior.isMissing ? "Isolated" : behavior.oneOf(BEHAVIORS))];
    }
    case "Digits":
      return [split(DIGITS, field.at("individual_digits").boolean() ? "Isolated" : "Contiguous")];
    case "Split":
      return [
        split(
          readPattern(field.at("pattern")),
          field.at("behavior").oneOf(BEHAVIORS),
          field.at("invert").boolean(),
        ),
      ];
    default: {
      const steps = NAMED.get(type);
      if (steps === undefined) throw field.unsupported(`the pre-tokenizer ${JSON.stringify(type)}`);
      return [...steps];
    }
  }
}

function split(pattern: string, behavior: (typeof BEHAVIORS)[number], invert = false): SplitStep {
  return { type: "split", pattern, invert, behavior };
}

/** What Metaspace says, as a pre-tokenizer and as a decoder alike. */
export function readMetaspace(field: JsonField): {
  readonly mark: string;
  readonly prepend: "always" | "first" | "never";
} {
  const mark = field.at("replacement").character();
  if (mark.length > 1) throw field.at("replacement").unsupported("a mark beyond U+FFFF");
  const scheme = field.at("prepend_scheme");
  const prepend = scheme.isMissing ? "always" : scheme.oneOf(["always", "first", "never"]);
  const prefix = field.at("add_prefix_space");
  // Older files have this instead; where both stand and disagree, none can be followed.
  if (prefix.boolean(true) || prepend === "never") return { mark, prepend };
  throw prefix.fault(`what prepend_scheme, ${prepend}, says`);
}
