import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes } from "@lemmata/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { decode, encode, type Model } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { shapeNames, tokenizerJson } from "./golden.ts";

// That Hugging Face reads these files and segments alike with them is checked by tools/golden/check_written_json.py.
test.each(shapeNames)("a tokenizer.json that is read and written is the same model: %s", (shape) => {
  const model = readTokenizerJson(tokenizerJson(shape));
  expect(readTokenizerJson(writeTokenizerJson(model))).toEqual(model);
});

const golden = (file: string): Buffer => readFileSync(new URL(`../golden/${file}`, import.meta.url));
const variant = (name: string): Model => readSentencePiece(golden(`variants/${name}.model`));
const written = (model: Model): Model => readTokenizerJson(writeTokenizerJson(model));

const bundled = (name: ModelName): Model => readSentencePiece(modelBytes(name));
/** The variants that a tokenizer.json can express. */
const EXPRESSIBLE = [
  "byte_fallback",
  "keep_spaces",
  "no_dummy_prefix",
  "no_escape",
  "positive_scores",
  "user_defined",
];

interface Row {
  /** Rows of random ids have no text. */
  readonly text?: string;
  readonly ids: number[];
  readonly pieces: string[];
  readonly decoded: string;
}

const total = ({ labelScore }: Model, ids: ArrayLike<number>): number =>
  Array.from(ids).reduce((sum, id) => sum + labelScore[id]!, 0);

/** Names that a tokenizer.json takes for what they name, wherever they stand. */
const NAMES = /<unk>|<\/?s>|<0x[\dA-F]{2}>/;

describe("a SentencePiece model that is written segments as SentencePiece does", () => {
  test.each<[string, () => Model]>([
    ["spm_test_model.botchan", () => bundled("spm_test_model")],
    ["trained_en_8000.botchan", () => bundled("trained_en_8000")],
    ["trained_zh_8000.sanguo", () => bundled("trained_zh_8000")],
    ["spm_test_ja_model.wagahai", () => bundled("spm_test_ja_model")],
    ...EXPRESSIBLE.map((name): [string, () => Model] => [`variants/${name}`, () => variant(name)]),
  ])("%s", (file, original) => {
    const spm = original();
    const model = written(spm);
    const rows = gunzipSync(golden(`${file}.jsonl.gz`))
      .toString()
      .trimEnd()
      .split("\n");
    let texts = 0;
    let ties = 0;
    for (const line of rows) {
      const { text, ids, pieces, decoded } = JSON.parse(line) as Row;
      if (text === undefined || NAMES.test(text)) continue;
      texts++;
      const got = encode(model, text);
      // SentencePiece adds up in float32, and may choose another of equal paths.
      if (got.ids.join() === ids.join()) expect({ text, pieces: got.pieces }).toEqual({ text, pieces });
      else {
        ties++;
        expect(total(model, got.ids)).toBeCloseTo(total(model, ids), 4);
      }
      const exact = encode(spm, text, { ties: "exact" });
      expect({ text, ids: got.ids, pieces: got.pieces }).toEqual({
        text,
        ids: exact.ids,
        pieces: exact.pieces,
      });
      // The unknown piece is a special token, which decoding leaves out.
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded: decoded.replaceAll(" ⁇ ", "") });
    }
    expect(texts).toBeGreaterThan(150);
    expect(ties).toBeLessThan(texts / 100);
  });

  test.each(EXPRESSIBLE)("on any text: %s", (name) => {
    const spm = variant(name);
    const model = written(spm);
    const part = fc.constantFrom(
      ..." ▁\t\u3000ab<é🍣漢",
      "  ",
      "the",
      "thing",
      "<sep>",
      "<two words>",
      "e\u0301",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join("");
        const want = encode(spm, text, { ties: "exact" });
        const got = encode(model, text);
        expect({ ids: got.ids, pieces: got.pieces }).toEqual({ ids: want.ids, pieces: want.pieces });
        expect(got.score).toBeCloseTo(want.score, 4);
      }),
      { numRuns: 300 },
    );
  });
});

const merged = (name: string): Model =>
  readSentencePiece(gunzipSync(golden(`bpe-variants/${name}.model.gz`)));

test.each(["across_words", "gemma", "llama", "plain", "user_defined"])(
  "a BPE model of SentencePiece that is written segments as SentencePiece does: %s",
  (name) => {
    const spm = merged(name);
    const model = written(spm);
    const lines = gunzipSync(golden(`bpe-variants/${name}.jsonl.gz`))
      .toString()
      .trimEnd()
      .split("\n");
    for (const line of lines) {
      const row = JSON.parse(line) as Required<Row>;
      if (NAMES.test(row.text)) continue;
      const { text, ids } = row;
      const got = encode(model, text);
      // Hugging Face's BPE calls unknown characters by the name of their piece.
      const pieces = row.pieces.map((piece, i) => (ids[i] === spm.unkId ? "<unk>" : piece));
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces });
      const decoded = row.decoded.replaceAll(" ⁇ ", "");
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
    }
  },
);

test.each([
  ["equal_scores", 'that "▁the" and others of the same score are merged from left to right', 9],
  ["suffix", "marks after words", undefined],
  ["unused", "pieces that are not used", 3],
])("what a tokenizer.json cannot express of BPE is refused by name: %s", (name, message, at) => {
  expect(() => writeTokenizerJson(merged(name))).toThrow(
    expect.objectContaining({ code: "unsupported", message: expect.stringContaining(message), at }),
  );
});

test.each(EXPRESSIBLE)("Hugging Face's library for JavaScript can compile the patterns: %s", (name) => {
  const patterns: string[] = [];
  JSON.parse(writeTokenizerJson(variant(name)), (key, value: unknown) => {
    if (key === "Regex") patterns.push(value as string);
    return value;
  });
  for (const pattern of patterns) expect(new RegExp(pattern, "gu")).toBeInstanceOf(RegExp);
  expect(patterns.length > 0).toBe(name !== "keep_spaces");
});

test.each([
  ["case_folding_user_defined", "kept from the model's own rules", 6],
  ["denormalizer", "a denormaliser", undefined],
  ["suffix", "marks after words", undefined],
  ["unused", "pieces that are not used", 3],
])("what a tokenizer.json cannot express is refused by name: %s", (name, message, at) => {
  expect(() => writeTokenizerJson(variant(name))).toThrow(
    expect.objectContaining({ code: "unsupported", message: expect.stringContaining(message), at }),
  );
});
