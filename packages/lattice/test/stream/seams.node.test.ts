import fc from "fast-check";
import { expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { LatticeError, type Model } from "../../src/index.ts";
import { pipelineParts } from "../../src/stream/pipeline-stream.ts";
import { tokenizerJson } from "../huggingface/golden.ts";
import { added } from "../huggingface/small.ts";
import { shapes } from "../huggingface/subword-golden.ts";

const units = [
  ..."abBst12.',`-x \n\r\t\u3000é漢かﬁ‗İΣ가🍣👨🇯\0▁\u0600\u200d\u0001\u0301\u0323\u3099각",
  "  ",
  "e\u0301",
  "``",
  "ab",
  "'s",
  "<m>",
  "\ud800",
  "\udf63",
];
/** Every character that a text of these may become. */
const characters = new Set(
  units.flatMap((unit) =>
    ["NFC", "NFD", "NFKC", "NFKD"].flatMap((form) => [
      ...unit.toWellFormed().normalize(form),
      ...unit.toWellFormed().normalize(form).toLowerCase(),
    ]),
  ),
);
/** Names each character, and whether it begins a word: ids tell all that the steps have done. */
const names = ["[UNK]", ...[..."Xa█", ...characters].flatMap((character) => [character, `##${character}`])];
const vocab = Object.fromEntries([...new Set(names)].map((name, id) => [name, id]));
const size = Object.keys(vocab).length;

const patternsOf = (name: string): unknown[] => {
  const { pre_tokenizer } = shapes[name] as { pre_tokenizer: { pretokenizers: { pattern: unknown }[] } };
  return pre_tokenizer.pretokenizers.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
};
const pattern = fc.constantFrom<unknown>(
  ...["llama3", "qwen2", "o200k", "cl100k", "clip"].flatMap(patternsOf),
  {
    Regex: String.raw`'s|'t| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  },
  { Regex: "a+" },
  { Regex: "b|ab" },
  { Regex: " {2,}|x$" },
  { Regex: String.raw`\s+(?!\S)|\s` },
  { Regex: "a?+a|b" },
  { Regex: "[ab]++b?|(?!b)[b1]" },
  { Regex: "(?:a|ab)(?:b1|1)?" },
  { Regex: String.raw`[^\s]|\n+` },
  { String: " " },
  { String: "``" },
);
const normalizer = fc.oneof(
  fc.constantFrom<object>(
    { type: "NFC" },
    { type: "NFD" },
    { type: "NFKC" },
    { type: "NFKD" },
    { type: "Nmt" },
    { type: "Lowercase" },
    { type: "StripAccents" },
    { type: "Strip", strip_left: true, strip_right: false },
    { type: "Strip", strip_left: false, strip_right: true },
    { type: "Strip", strip_left: true, strip_right: true },
    { type: "Prepend", prepend: "▁" },
    { type: "Prepend", prepend: "a" },
    {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    (JSON.parse(tokenizerJson("xlm_r")) as { normalizer: object }).normalizer,
  ),
  fc.record({ type: fc.constant("Replace"), pattern, content: fc.constantFrom("", "X", "a ", "▁", " ") }),
);
const splitter = fc.oneof(
  fc.constantFrom<object>({ type: "WhitespaceSplit" }, { type: "BertPreTokenizer" }, { type: "Whitespace" }),
  fc.record({
    type: fc.constant("Metaspace"),
    replacement: fc.constant("▁"),
    prepend_scheme: fc.constantFrom("always", "first", "never"),
    split: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("Punctuation"),
    behavior: fc.constantFrom("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"),
  }),
  fc.record({ type: fc.constant("Digits"), individual_digits: fc.boolean() }),
  fc.record({
    type: fc.constant("Split"),
    pattern,
    behavior: fc.constantFrom("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"),
    invert: fc.boolean(),
  }),
);
const flags = {
  single_word: fc.boolean(),
  lstrip: fc.boolean(),
  rstrip: fc.boolean(),
  normalized: fc.boolean(),
};
const token = fc.record({ content: fc.constantFrom("<m>", "ab", "b", " ", "s", "éb"), ...flags });
const model = fc
  .record({
    normalizers: fc.array(normalizer, { maxLength: 3 }),
    pretokenizers: fc.array(splitter, { minLength: 1, maxLength: 2 }),
    tokens: fc.uniqueArray(token, { maxLength: 2, selector: ({ content }) => content }),
  })
  .map(({ normalizers, pretokenizers, tokens }): Model | undefined => {
    let next = size;
    const added_tokens = tokens.map(({ content, ...more }) =>
      added(content, vocab[content] ?? next++, { ...more, special: false }),
    );
    try {
      return readTokenizerJson({
        added_tokens,
        normalizer: { type: "Sequence", normalizers },
        pre_tokenizer: { type: "Sequence", pretokenizers },
        post_processor: null,
        decoder: null,
        model: {
          type: "WordPiece",
          vocab,
          unk_token: "[UNK]",
          continuing_subword_prefix: "##",
          max_input_chars_per_word: 100,
        },
      });
    } catch (error) {
      // A token that normalisation leaves nothing of.
      if (!(error instanceof LatticeError)) throw error;
      return undefined;
    }
  });

test("a seam parts a text into two that have its ids together, for any steps, tokens and text", () => {
  let seams = 0;
  fc.assert(
    fc.property(model, fc.array(fc.constantFrom(...units), { maxLength: 10 }), (made, drawn) => {
      if (made === undefined) return;
      let parts: ReturnType<typeof pipelineParts>;
      try {
        parts = pipelineParts(made);
      } catch (error) {
        expect(error).toMatchObject({ name: "LatticeError", code: "unsupported" });
        return;
      }
      const text = drawn.join("");
      const want = [...parts.idsOf(text, true)];
      const all = [...text];
      let cut = 0;
      const found: number[] = [];
      let at = 0;
      for (let i = 1; i < all.length; i++) {
        at += all[i - 1]!.length;
        const [before, left, right, after] = [i - 2, i - 1, i, i + 1].map((j) =>
          (all[j] ?? "").toWellFormed(),
        );
        // The last pair is looked at before what follows has come.
        const isSeam = [after!, ""].some((next) => parts.isSeam(left!, right!, before!, next));
        if (!isSeam) continue;
        seams++;
        const two = [...parts.idsOf(text.slice(0, at), true), ...parts.idsOf(text.slice(at), false)];
        expect({ text, at, ids: two }).toEqual({ text, at, ids: want });
        found.push(...parts.idsOf(text.slice(cut, at), cut === 0));
        cut = at;
      }
      expect({ text, ids: [...found, ...parts.idsOf(text.slice(cut), cut === 0)] }).toEqual({
        text,
        ids: want,
      });
    }),
    { numRuns: Number(process.env["RUNS"] ?? 3000) },
  );
  expect(seams).toBeGreaterThan(1000);
});
