import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson, writeTokenizerJson } from "../src/huggingface.ts";
import { decode, encode, LatticeError, type Model } from "../src/index.ts";
import { readSentencePiece, writeSentencePiece } from "../src/sentencepiece.ts";
import { added, small, type SmallOptions, smallVocab } from "./huggingface/small.ts";

const written = (model: Model): Model => readSentencePiece(writeSentencePiece(model));

/** What around a model SentencePiece does as well: marks for spaces, one of them before the text. */
const steps: SmallOptions = {
  normalizer: {
    type: "Sequence",
    normalizers: [
      { type: "Prepend", prepend: "▁" },
      { type: "Replace", pattern: { String: " " }, content: "▁" },
    ],
  },
  pre_tokenizer: null,
  decoder: {
    type: "Sequence",
    decoders: [
      { type: "Replace", pattern: { String: "▁" }, content: " " },
      { type: "Fuse" },
      { type: "Strip", content: " ", start: 1, stop: 0 },
    ],
  },
  added: [added("<unk>", 0)],
};

/** A BPE model with these merges of three letters. */
function bpe(merges: readonly (readonly [string, string])[], model: object = {}): SmallOptions {
  const pieces = ["<unk>", "a", "b", "c", "▁", ...merges.map((pair) => pair.join(""))];
  const vocab = Object.fromEntries([...new Set(pieces)].map((piece, id) => [piece, id]));
  return { ...steps, model: { type: "BPE", vocab, merges, unk_token: "<unk>", fuse_unk: true, ...model } };
}

describe("a tokenizer.json whose steps are SentencePiece's is written as a .model that segments alike", () => {
  const texts = ["", "ab", "a bab x ab", "  ab", "漢a b漢漢"];

  test("Unigram", () => {
    const model = readTokenizerJson(small({ ...steps, added: [...steps.added!, added("<s>", 9)] }));
    const again = written(model);
    expect(again.pieceType[9]).toBe(3);
    for (const text of texts) {
      const { ids, pieces } = encode(model, text);
      expect({ ids, pieces }).toEqual({ ids: encode(again, text).ids, pieces: encode(again, text).pieces });
      expect(decode(again, ids)).toBe(decode(model, ids));
    }
    expect(readTokenizerJson(writeTokenizerJson(again)).pipeline).toEqual(model.pipeline);
  });

  test("BPE, whatever its merges are, or it is refused by name", () => {
    const anyMerges = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((choices) => {
      const pieces = ["a", "b", "c", "▁"];
      const merges = new Map<string, readonly [string, string]>();
      for (const [i, j] of choices) {
        const pair = [pieces[i % pieces.length]!, pieces[j % pieces.length]!] as const;
        merges.set(pair.join(" "), pair);
        if (!pieces.includes(pair.join(""))) pieces.push(pair.join(""));
      }
      return [...merges.values()];
    });
    const anyText = fc.string({ unit: fc.constantFrom("a", "b", "c", "x", " "), maxLength: 30 });
    let kept = 0;
    fc.assert(
      fc.property(anyMerges, fc.array(anyText, { maxLength: 8 }), (merges, some) => {
        const model = readTokenizerJson(small(bpe(merges)));
        let again: Model;
        try {
          again = written(model);
        } catch (error) {
          expect((error as LatticeError).message).toMatch(/no room for other merges of "[abc▁]+"/);
          return;
        }
        kept++;
        for (const text of some)
          expect({ text, ids: encode(again, text).ids }).toEqual({ text, ids: encode(model, text).ids });
      }),
      { numRuns: 300 },
    );
    expect(kept).toBeGreaterThan(60);
  });
});

describe("what SentencePiece does not do is refused by name", () => {
  const bytes = { byte_fallback: true };
  const decoders = [
    { type: "Replace", pattern: { String: "▁" }, content: " " },
    { type: "ByteFallback" },
    { type: "Fuse" },
    { type: "Strip", content: " ", start: 1, stop: 0 },
  ];

  test.each<[string, SmallOptions, string, number | undefined]>([
    [
      "another normalizer",
      { ...steps, normalizer: { type: "NFC" } },
      "the normalizer and decoder",
      undefined,
    ],
    ["another decoder", { ...steps, decoder: null }, "the normalizer and decoder", undefined],
    [
      "a pre-tokenizer",
      { ...steps, pre_tokenizer: { type: "WhitespaceSplit" } },
      "a pre-tokenizer",
      undefined,
    ],
    [
      "a post-processor",
      { ...steps, post_processor: { type: "BertProcessing", cls: ["a", 3], sep: ["b", 4] } },
      "a post-processor",
      undefined,
    ],
    [
      "an added token that is text",
      { ...steps, added: [added("ab", 5, { special: false })] },
      'token "ab"',
      5,
    ],
    ["one that takes spaces along", { ...steps, added: [added("<m>", 9, { lstrip: true })] }, "<m>", 9],
    ["an unknown piece that texts may spell", { ...steps, added: [] }, "spells the unknown piece", 0],
    ["no unknown piece", { ...steps, added: [], model: { unk_id: null } }, "must have an unknown", undefined],
    [
      "bytes of which some are missing",
      {
        ...steps,
        vocab: [...smallVocab, ["<0x41>", -9]],
        model: bytes,
        decoder: { type: "Sequence", decoders },
      },
      "all 256",
      undefined,
    ],
    ["words that are found whole", bpe([["a", "b"]], { ignore_merges: true }), "otherwise", undefined],
    ["what only words end with", bpe([["a", "b"]], { end_of_word_suffix: "c" }), "otherwise", undefined],
    [
      "unknown characters one by one",
      bpe([["a", "b"]], { fuse_unk: false }),
      "unknown characters",
      undefined,
    ],
    ["merges with the unknown piece", bpe([["a", "<unk>"]]), 'merges with "<unk>"', 0],
    [
      "a piece that is made of others than the score would tell",
      bpe([["b", "c"], ["a", "b"], ["ab", "c"]]), // prettier-ignore
      'other merges of "abc"',
      7,
    ],
  ])("%s", (_, options, message, at) => {
    const model = readTokenizerJson(small(options));
    expect(() => writeSentencePiece(model)).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining(message), at }),
    );
  });

  test("WordPiece", () => {
    const model = { type: "WordPiece", vocab: { "<unk>": 0, a: 1 }, unk_token: "<unk>", continuing_subword_prefix: "##", max_input_chars_per_word: 9 }; // prettier-ignore
    expect(() => writeSentencePiece(readTokenizerJson(small({ ...steps, model })))).toThrow(/otherwise/);
  });

  test("a character map that its files cannot have", () => {
    // The second unit says that it has a value, and there is none.
    const blob = [8, 0, 0, 0, 0, 4, 0, 0, 97, 1, 0, 0];
    const charsmap = { type: "Precompiled", precompiled_charsmap: btoa(String.fromCharCode(...blob)) };
    const { normalizers } = steps.normalizer as { normalizers: object[] };
    const normalizer = { type: "Sequence", normalizers: [charsmap, ...normalizers] };
    expect(() => writeSentencePiece(readTokenizerJson(small({ ...steps, normalizer })))).toThrow(
      expect.objectContaining({ code: "format", message: expect.stringContaining("character map") }),
    );
  });
});
