import type { Merges, Model, Normalizer, SpecialIds, Subword } from "../model/model.ts";
import type {
  AddedToken,
  DecodeStep,
  NormalizeStep,
  Padding,
  Pipeline,
  Side,
  SplitStep,
  Template,
  TemplateItem,
  Truncation,
} from "../model/pipeline.ts";
import {
  arrayOf,
  count,
  kindOf,
  listOf,
  oneOf,
  orNull,
  pattern,
  record,
  type Shape,
  someText,
  stepOf,
  text,
  truth,
} from "./shape.ts";

// What fields a model has, and of what kind each is. A field that is added to a model must be added here to compile.

const bytes = arrayOf<Uint8Array>("Uint8Array");
const integers = arrayOf<Int32Array>("Int32Array");
const id: Shape<number> = kindOf("an id", Number.isInteger);
/** A character that stands for a space, and is one UTF-16 unit as that is. */
const mark: Shape<string> = kindOf(
  "a character below U+10000",
  (value) => typeof value === "string" && value.length === 1 && value.isWellFormed(),
);

const normalizer = record<Normalizer>({
  rules: arrayOf("Uint32Array"),
  replacements: bytes,
  kept: integers,
  addDummyPrefix: truth,
  removeExtraSpaces: truth,
  escapeSpaces: truth,
  spaceAsSuffix: truth,
});

const subword = record<Subword>({
  merges: record<Merges>({ left: integers, right: integers, result: integers, rank: integers }),
  wholeFirst: truth,
  continuing: bytes,
  ending: bytes,
  longestWord: count,
  fuseUnknown: truth,
});

const addedToken = record<AddedToken>({
  id,
  pattern: someText,
  normalized: truth,
  lstrip: truth,
  rstrip: truth,
  singleWord: truth,
  special: truth,
});

const normalizeStep = stepOf<NormalizeStep>({
  charsmap: { rules: arrayOf("Uint32Array"), replacements: bytes },
  replace: { pattern, content: text },
  unicode: { form: oneOf("NFC", "NFD", "NFKC", "NFKD") },
  lowercase: {},
  remove: { pattern },
  strip: { left: truth, right: truth },
  prepend: { content: text },
  isolate: { pattern },
});

const splitStep = stepOf<SplitStep>({
  metaspace: { mark, prepend: oneOf("always", "first", "never"), split: truth },
  prefix: { content: text },
  split: {
    pattern,
    invert: truth,
    behavior: oneOf("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"),
  },
});

const decodeStep = stepOf<DecodeStep>({
  metaspace: { mark, prefixed: truth },
  replace: { pattern, content: text },
  fuse: {},
  strip: { content: someText, start: count, stop: count },
  bytes: {},
  byteLevel: {},
  byteNames: {},
  wordPiece: { prefix: text, cleanup: truth },
  suffix: { suffix: text },
});

const templateText = record<Extract<TemplateItem, { text: unknown }>>({ text: oneOf(0, 1), typeId: count });
const templateTokens = record<Extract<TemplateItem, { ids: unknown }>>({
  ids: listOf(id),
  pieces: listOf(text),
  typeId: count,
});
const templateItem: Shape<TemplateItem> = (value, place) =>
  (typeof value === "object" && value !== null && "text" in value ? templateText : templateTokens)(
    value,
    place,
  );

/** A whole number that is not negative, however large. */
const whole: Shape<number> = kindOf(
  "a whole number",
  (value) => Number.isInteger(value) && (value as number) >= 0,
);
const side: Shape<Side> = oneOf("left", "right");

const pipeline = record<Pipeline>({
  added: listOf(addedToken),
  normalizers: listOf(normalizeStep),
  splitters: listOf(splitStep),
  template: record<Template>({
    single: listOf(templateItem),
    pair: listOf(templateItem),
    trim: orNull(record({ keepsFirst: truth })),
  }),
  decoders: orNull(listOf(decodeStep)),
  truncation: orNull(
    record<Truncation>({
      maxLength: whole,
      stride: whole,
      strategy: oneOf("longest_first", "only_first", "only_second"),
      side,
    }),
  ),
  padding: orNull(
    record<Padding>({
      to: (value, place) => (value === "longest" ? undefined : whole(value, place)),
      multipleOf: kindOf("a whole number from 1", (value) => whole(value, "") === undefined && value !== 0),
      side,
      typeId: count,
    }),
  ),
});

export const modelShape: Shape<Model> = record<Model>({
  kind: oneOf("unigram", "bpe", "wordpiece"),
  pieceBytes: bytes,
  pieceStart: integers,
  pieceType: bytes,
  labelScore: arrayOf("Float64Array"),
  trie: integers,
  longestPiece: count,
  unkId: id,
  byteId: integers,
  normalizer,
  pipeline: orNull(pipeline),
  denormalizer: orNull(normalizer),
  unkSurface: text,
  byteLevel: truth,
  subword: orNull(subword),
  special: record<SpecialIds>({ bos: id, eos: id, pad: id }),
});
