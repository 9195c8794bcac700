import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { encodeIds, type Model } from "../../src/index.ts";
import { encodeStream, type StreamOptions } from "../../src/stream.ts";
import { added, metaspace, small } from "../huggingface/small.ts";

const template = {
  type: "BertProcessing",
  cls: ["▁a", 1],
  sep: ["b", 4],
};
const words = readTokenizerJson(
  small({
    pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
    added: [added("<m>", 9, { lstrip: true, rstrip: true }), added("aba", 10)],
    post_processor: template,
  }),
);
const streamed = (model: Model, parts: readonly string[], options?: StreamOptions): number[] => {
  const stream = encodeStream(model, options);
  return [...parts.flatMap((part) => [...stream.push(part)]), ...stream.end()];
};

describe("a text in parts, of a model that cuts it by steps", () => {
  const unit = fc.constantFrom(
    "a",
    "b",
    "ab ",
    " ",
    "\n",
    "漢",
    "🍣",
    " <m> ",
    "<m",
    ">",
    "ba",
    "é",
    "\ud83c",
    "\udf63",
  );

  test("has the ids of the whole, however it is cut, with special tokens around it all, once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit, maxLength: 200 }), { maxLength: 20 }),
        fc.constantFrom<StreamOptions>({}, { specialTokens: false }, { ties: "sentencepiece" }),
        (parts, options) => {
          expect(streamed(words, parts, options)).toEqual([...encodeIds(words, parts.join(""), options)]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("has them unit by unit, and again after the end", () => {
    const text = "ab aba a🍣b <m> bb<m>aba\n".repeat(200);
    const stream = encodeStream(words);
    for (let round = 0; round < 2; round++) {
      const ids = text.split("").flatMap((one) => [...stream.push(one)]);
      expect(stream.pending).toBeLessThan(600);
      expect([...ids, ...stream.end()]).toEqual([...encodeIds(words, text)]);
      expect(stream.pending).toBe(0);
    }
    expect([...stream.end()]).toEqual([...encodeIds(words, "")]);
  });

  test("waits for a place to cut it: beyond maxPending that is an error, or the text is cut there", () => {
    const options = { maxPending: 1000 };
    const parts = Array.from({ length: 2000 }, () => "b");
    expect(() => streamed(words, parts, options)).toThrow(
      expect.objectContaining({ code: "pending", at: 1001 }),
    );
    const ids = streamed(words, parts, { ...options, overflow: "cut", specialTokens: false });
    expect(ids.filter((id) => id === 4)).toHaveLength(2000);
    expect(streamed(words, [...parts.slice(0, 999), " ", ...parts.slice(0, 999)], options)).toHaveLength(
      2002,
    );
  });

  test("cut by force, is not cut inside a character", () => {
    const options: StreamOptions = { maxPending: 1, overflow: "cut", specialTokens: false };
    const made = readTokenizerJson(
      small({
        vocab: [
          ["<unk>", 0],
          ["🍣", -1],
          ["▁", -1],
        ],
        pre_tokenizer: null,
      }),
    );
    expect(() => encodeStream(made, options)).toThrow(expect.objectContaining({ code: "unsupported" }));
    const cut = readTokenizerJson(
      small({
        vocab: [
          ["<unk>", 0],
          ["🍣", -1],
          ["▁", -1],
        ],
        pre_tokenizer: { type: "WhitespaceSplit" },
      }),
    );
    expect(streamed(cut, "🍣🍣".split(""), options)).toEqual([1, 1]);
  });
});

describe("what a step does at a text's beginning it does there alone", () => {
  test.each<[string, object]>([
    [
      "Prepend",
      { normalizer: { type: "Prepend", prepend: "▁" }, pre_tokenizer: { type: "WhitespaceSplit" } },
    ],
    ["Strip", { normalizer: { type: "Strip", strip_left: true, strip_right: true } }],
    ["Metaspace, first", { pre_tokenizer: { ...metaspace, prepend_scheme: "first" } }],
  ])("%s", (_, parts) => {
    const made = readTokenizerJson(small({ ...parts, added: [added("<m>", 9)] }));
    const text = "  ab a<m> ab a b ab".repeat(100) + "  ";
    for (const size of [1, 7, 600]) {
      const cut = Array.from({ length: Math.ceil(text.length / size) }, (__, i) =>
        text.slice(i * size, (i + 1) * size),
      );
      expect(streamed(made, cut)).toEqual([...encodeIds(made, text)]);
    }
  });
});

describe("a word of BPE that goes on", () => {
  const bpe = (more: object = {}): Model =>
    readTokenizerJson({
      ...small({
        pre_tokenizer: null,
        normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" },
      }),
      model: {
        type: "BPE",
        vocab: { "<unk>": 0, a: 1, b: 2, "▁": 3, ab: 4, "▁a": 5, "▁ab": 6, "▁▁": 7 },
        merges: ["a b", "▁ a", "▁ ab", "▁ ▁"],
        unk_token: "<unk>",
        fuse_unk: true,
        ...more,
      },
    });

  test("is cut where no merge and no run of unknown characters goes across", () => {
    const made = bpe();
    const unit = fc.constantFrom("a", "b", " ", "ab", "漢", "語");
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 300 }), { maxLength: 8 }), (parts) => {
        expect(streamed(made, parts)).toEqual([...encodeIds(made, parts.join(""))]);
      }),
      { numRuns: 200 },
    );
    const stream = encodeStream(made);
    stream.push("ab ab ".repeat(1000));
    expect(stream.pending).toBeLessThan(600);
    stream.push("漢".repeat(1000));
    expect(stream.pending).toBeGreaterThan(999);
  });

  test("has no such places that could be told if its pieces are those of words", () => {
    for (const more of [
      { continuing_subword_prefix: "##", merges: [] },
      { end_of_word_suffix: "</w>", merges: [] },
    ])
      expect(() => encodeStream(bpe(more))).toThrow(
        expect.objectContaining({ code: "unsupported", message: expect.stringContaining("those of words") }),
      );
  });
});

test("bad options and pushes are refused", () => {
  for (const options of [
    { maxPending: 0 },
    { overflow: "drop" as "cut" },
    { ties: "first" as "exact" },
    { bos: true },
  ])
    expect(() => encodeStream(words, options)).toThrow(expect.objectContaining({ code: "argument" }));
  expect(() => encodeStream(words).push(1 as unknown as string)).toThrow(
    expect.objectContaining({ code: "argument" }),
  );
});
