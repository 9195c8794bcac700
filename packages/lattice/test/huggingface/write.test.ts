import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { encode, type Model, modelFromPieces } from "../../src/index.ts";
import { added, metaspace, small, type SmallOptions, smallVocab } from "./small.ts";

const parsed = (options: SmallOptions): Record<string, unknown> =>
  JSON.parse(writeTokenizerJson(readTokenizerJson(small(options)))) as Record<string, unknown>;

/** Reads, writes, reads again: the model must be the same. */
function rewritten(options: SmallOptions): Model {
  const model = readTokenizerJson(small(options));
  expect(readTokenizerJson(writeTokenizerJson(model))).toEqual(model);
  return model;
}

const padding = {
  direction: "Right",
  pad_to_multiple_of: null,
  pad_id: 4,
  pad_type_id: 3,
  pad_token: "b",
};

describe("every part is written as it was read", () => {
  const replace = (pattern: object, content: string): object => ({ type: "Replace", pattern, content });
  const split = (Regex: string, behavior: string, invert = false): object => ({
    type: "Split",
    pattern: { Regex },
    behavior,
    invert,
  });
  const surround = (type: string, more: object = {}): object => ({
    type,
    cls: ["a", 3],
    sep: ["b", 4],
    ...more,
  });
  const bert = (flags: object): object => {
    const all = { clean_text: true, handle_chinese_chars: true, strip_accents: false, lowercase: false };
    return { type: "BertNormalizer", ...all, ...flags };
  };
  const byteLevel = (add_prefix_space: boolean): object => ({
    type: "ByteLevel",
    add_prefix_space,
    trim_offsets: true,
    use_regex: true,
  });
  /** One that puts something around pairs alone. */
  const anyTemplate = {
    type: "TemplateProcessing",
    single: [{ Sequence: { id: "A", type_id: 0 } }],
    pair: [
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "ab", type_id: 0 } },
      { Sequence: { id: "B", type_id: 1 } },
    ],
    special_tokens: { ab: { id: "ab", ids: [5], tokens: ["ab"] } },
  };
  const roberta = (add_prefix_space: boolean): object =>
    surround("RobertaProcessing", { trim_offsets: true, add_prefix_space });

  test.each<["truncation" | "padding", object]>([
    ["truncation", { direction: "Left", max_length: 128, strategy: "OnlySecond", stride: 16 }],
    ["truncation", { direction: "Right", max_length: 512, strategy: "LongestFirst", stride: 0 }],
    ["padding", { ...padding, strategy: "BatchLongest" }],
    ["padding", { ...padding, strategy: { Fixed: 128 }, direction: "Left", pad_to_multiple_of: 8 }],
  ])("%s %j", (member, value) => {
    const model = readTokenizerJson({ ...small(), [member]: value });
    const written = JSON.parse(writeTokenizerJson(model)) as Record<string, unknown>;
    expect(written[member]).toEqual(value);
    expect(readTokenizerJson(written)).toEqual(model);
  });

  test("what truncation and padding may leave out is as Hugging Face has it", () => {
    const { direction: _, ...truncation } = { ...padding, max_length: 9, strategy: "OnlyFirst", stride: 1 };
    const { pipeline, special } = readTokenizerJson({
      ...small(),
      truncation,
      padding: { ...padding, strategy: "BatchLongest", pad_to_multiple_of: 0 },
    });
    expect(pipeline!.truncation).toEqual({ maxLength: 9, stride: 1, strategy: "only_first", side: "right" });
    expect(pipeline!.padding).toEqual({ to: "longest", multipleOf: 1, side: "right", typeId: 3 });
    expect(special).toEqual({ bos: -1, eos: -1, pad: 4 });
  });

  test("the padding piece of a file that does not pad is the special token with a usual name", () => {
    const padOf = (...tokens: object[]): number => readTokenizerJson(small({ added: tokens })).special.pad;
    expect(padOf(added("<s>", 9), added("<pad>", 10))).toBe(10);
    expect(padOf(added("[PAD]", 9))).toBe(9);
    expect(padOf(added("<pad>", 9, { special: false }))).toBe(-1);
    expect(padOf(added("<s>", 9))).toBe(-1);
  });

  test.each<[keyof SmallOptions, object]>([
    ["normalizer", { type: "Nmt" }],
    ["normalizer", { type: "StripAccents" }],
    ["normalizer", { type: "Lowercase" }],
    ["normalizer", { type: "NFKC" }],
    ["normalizer", { type: "Strip", strip_left: true, strip_right: false }],
    ["normalizer", { type: "Prepend", prepend: "▁" }],
    ["normalizer", { type: "Precompiled", precompiled_charsmap: "" }],
    ["normalizer", replace({ String: "a.b\\n" }, "x")],
    ["normalizer", replace({ Regex: " {2,}|^a+?$" }, "")],
    [
      "normalizer",
      { type: "Sequence", normalizers: [{ type: "Lowercase" }, { type: "Nmt" }, { type: "NFC" }] },
    ],
    ["normalizer", bert({ lowercase: true })],
    ["normalizer", bert({ clean_text: false, strip_accents: true })],
    ["normalizer", { type: "Sequence", normalizers: [bert({ lowercase: false }), { type: "NFC" }] }],
    ["pre_tokenizer", { type: "BertPreTokenizer" }],
    ["pre_tokenizer", { type: "WhitespaceSplit" }],
    ["pre_tokenizer", { type: "Whitespace" }],
    ["pre_tokenizer", { type: "Punctuation", behavior: "Contiguous" }],
    ["pre_tokenizer", { type: "Digits", individual_digits: true }],
    ["pre_tokenizer", { type: "Digits", individual_digits: false }],
    ["pre_tokenizer", { ...metaspace, split: false }],
    ["pre_tokenizer", split("\\p{N}", "MergedWithNext")],
    ["pre_tokenizer", split("a|\\p{Han}", "Removed", true)],
    [
      "pre_tokenizer",
      { type: "Sequence", pretokenizers: [{ type: "Whitespace" }, { ...metaspace, split: true }] },
    ],
    ["post_processor", roberta(true)],
    ["post_processor", roberta(false)],
    ["post_processor", byteLevel(true)],
    ["post_processor", { type: "Sequence", processors: [byteLevel(false), anyTemplate] }],
    ["decoder", { ...metaspace, split: true }],
    ["decoder", { ...metaspace, prepend_scheme: "never", split: true }],
    ["decoder", { type: "Sequence", decoders: [] }],
    ["decoder", { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true }],
    ["decoder", { type: "WordPiece", prefix: "##", cleanup: true }],
    ["decoder", { type: "BPEDecoder", suffix: "</w>" }],
    [
      "decoder",
      {
        type: "Sequence",
        decoders: [
          { type: "ByteFallback" },
          { type: "Fuse" },
          { type: "Strip", content: "x", start: 1, stop: 2 },
        ],
      },
    ],
  ])("%s %j", (part, value) => {
    expect(parsed({ [part]: value })[part]).toEqual(value);
  });

  test.each<[keyof SmallOptions, object]>([
    ["normalizer", { type: "Sequence", normalizers: [] }],
    ["pre_tokenizer", { type: "Sequence", pretokenizers: [] }],
    ["post_processor", { type: "Sequence", processors: [] }],
  ])("%s of no steps is null", (part, value) => {
    expect(parsed({ [part]: value })[part]).toBeNull();
    rewritten({ [part]: value });
  });

  test("BertProcessing, and one of Roberta that trims nothing, become templates", () => {
    rewritten({ post_processor: surround("BertProcessing") });
    rewritten({
      post_processor: surround("RobertaProcessing", { trim_offsets: false, add_prefix_space: true }),
    });
  });

  test("special tokens of a template keep apart though they are called alike", () => {
    const special = (id: number): object => ({ id: `${id}`, ids: [id], tokens: ["a"] });
    const items = [
      { SpecialToken: { id: "3", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "4", type_id: 1 } },
    ];
    rewritten({
      post_processor: {
        type: "TemplateProcessing",
        single: items,
        pair: [...items, { Sequence: { id: "B", type_id: 1 } }],
        special_tokens: { 3: special(3), 4: special(4) },
      },
    });
  });

  test("added tokens in the vocabulary and after it, and models without an unknown piece", () => {
    const tokens = [
      added("ab", 5, { normalized: true, single_word: true }),
      added("<m>", 9, { lstrip: true }),
    ];
    rewritten({ added: tokens, normalizer: { type: "Lowercase" } });
    rewritten({
      added: [...tokens, added("<n>", 10, { rstrip: true, special: false })],
      model: { unk_id: null },
    });
    rewritten({ vocab: [...smallVocab, ["<0x41>", -9]], model: { byte_fallback: true } });
  });
});

test.each([
  "^a|b$",
  String.raw`\A +|\s+\z`,
  String.raw`[^\w\s&]+|\W`,
  String.raw`(?<!\d)[\p{Lu}\p{Han}]{1,3}|\P{Latin}*?`,
  String.raw`a&&b|[\&\&]`,
  String.raw`[\^$][-a][a\-z]|\^\$`,
  String.raw`(th|he)(?=\S)`,
  String.raw`\{|{x|\/|\.`,
  "[🍣-🍥]|😀+",
  String.raw`(?=\n|$)`,
  String.raw`(?:^|(?<=\n)a)`,
  String.raw`\t[\r\n]\f\v`,
  "e{1,2}?t{,2}s{3}",
  String.raw`(?>a|\)+)++b?+|\s*+$`,
  String.raw`(?:x(?>[()]++y)*)?+\p{N}{1,3}+`,
])("a pattern in Ruby's syntax is written so that it reads the same: %s", (Regex) => {
  const pre_tokenizer = { type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false };
  rewritten({ pre_tokenizer });
});

test("a pattern that no reader has made is refused", () => {
  const model = readTokenizerJson(
    small({ normalizer: { type: "Replace", pattern: { String: "a" }, content: "b" } }),
  );
  const [step] = model.pipeline!.normalizers;
  for (const pattern of ["a(?i:b)", String.raw`\b`, String.raw`(a)\1`, ""]) {
    const pipeline = { ...model.pipeline!, normalizers: [{ ...step!, pattern } as typeof step & object] };
    expect(() => writeTokenizerJson({ ...model, pipeline })).toThrow(
      expect.objectContaining({
        code: "unsupported",
        message: expect.stringContaining(JSON.stringify(pattern)),
      }),
    );
  }
});

describe("a byte-level or word-level model", () => {
  const bpe = { type: "BPE", vocab: { a: 0, Ġ: 1, Ġa: 2, é: 3, "<s>": 4, "<e>": 5 }, merges: [["Ġ", "a"]] };
  const level = (add_prefix_space: boolean, use_regex: boolean): object => ({
    type: "ByteLevel",
    add_prefix_space,
    trim_offsets: true,
    use_regex,
  });
  const isolated = { type: "Split", pattern: { String: "a" }, behavior: "Isolated", invert: false };

  test.each([
    level(true, true),
    level(true, false),
    level(false, true),
    level(false, false),
    { type: "Sequence", pretokenizers: [{ type: "Digits", individual_digits: true }, level(true, true)] },
    { type: "Sequence", pretokenizers: [isolated, level(false, true)] },
  ])("has its pre-tokenizer written as it was read: %j", (pre_tokenizer) => {
    expect(parsed({ model: bpe, pre_tokenizer })["pre_tokenizer"]).toEqual(pre_tokenizer);
    rewritten({ model: bpe, pre_tokenizer });
  });

  test("keeps the ids of special tokens, in the vocabulary in whatever order and after it", () => {
    rewritten({ model: bpe, added: [added("<e>", 5), added("<s>", 4), added("<m>", 6)] });
    rewritten({ model: bpe, added: [added("<s>", 4), added("<e>", 5), added("<m>", 6, { special: false })] });
    rewritten({ model: bpe, added: [added("<e>", 5), added("<e>", 5, { normalized: true })] });
    const merges = [["<s>", "<s>"]];
    const vocab = { a: 0, "<s>": 1, "<s><s>": 2 };
    const both = [added("<s>", 1), added("<s><s>", 2)];
    rewritten({ model: { type: "BPE", vocab, merges }, added: both });
    rewritten({ model: { type: "BPE", vocab: { "<s>": 0 }, merges: [] }, added: [added("<s>", 0)] });
  });

  test("has the merges in their order, of two that join the same pieces the last", () => {
    const vocab = { a: 0, b: 1, ab: 2, ba: 3, aba: 4, __proto__: 5 };
    const merges = ["b a", "a b", "ab a", "b a"];
    const model = readTokenizerJson(small({ model: { type: "BPE", vocab, merges, unk_token: "b" } }));
    const written = JSON.parse(writeTokenizerJson(model)) as {
      model: { merges: unknown; unk_token: unknown };
    };
    expect(written.model.merges).toEqual([["a", "b"], ["ab", "a"], ["b", "a"]]); // prettier-ignore
    expect(written.model.unk_token).toBe("b");
    for (const text of ["abab", "baba", "aabba"])
      expect(encode(readTokenizerJson(written), text)).toEqual(encode(model, text));
  });
});

test("steps that no file has are refused", () => {
  const model = readTokenizerJson(small({ pre_tokenizer: { type: "WhitespaceSplit" } }));
  const { pipeline } = model;
  const normalizers = [{ type: "isolate", pattern: "a" }] as const;
  const splitters = [{ type: "prefix", content: " " }] as const;
  for (const steps of [{ normalizers }, { splitters }])
    expect(() => writeTokenizerJson({ ...model, pipeline: { ...pipeline!, ...steps } })).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining("cannot be written") }),
    );
});

describe("a model of one's own pieces", () => {
  const piece = fc.stringMatching(/^[ab ]{1,3}$/);

  test("segments alike", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(piece, fc.double({ min: -20, max: 0, noNaN: true })), {
          selector: ([name]) => name,
          minLength: 1,
          maxLength: 6,
        }),
        fc.boolean(),
        fc.string({ unit: fc.constantFrom("a", "b", " ", "x"), maxLength: 12 }),
        (pieces, knowsUnknown, text) => {
          const lowest = Math.min(...pieces.map(([, score]) => score));
          const original = modelFromPieces(knowsUnknown ? [["<unk>", lowest - 10], ...pieces] : pieces);
          const model = readTokenizerJson(writeTokenizerJson(original));
          const ids = (of: Model): string => {
            try {
              return encode(of, text, { ties: "exact" }).ids.join();
            } catch (error) {
              return (error as Error).message;
            }
          };
          expect(ids(model)).toBe(ids(original));
        },
      ),
    );
  });

  test("whose unknown piece scores otherwise is refused", () => {
    expect(() => writeTokenizerJson(modelFromPieces({ a: -1, "<unk>": -3 }))).toThrow(
      expect.objectContaining({ code: "unsupported", at: 1 }),
    );
  });
});

test("what is no model is refused", () => {
  expect(() => writeTokenizerJson({} as Model)).toThrow(expect.objectContaining({ code: "argument" }));
});
