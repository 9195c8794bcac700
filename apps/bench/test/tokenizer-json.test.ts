import { modelBytes } from "@lemmata/data";
import { modelFromPieces } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { describe, expect, test } from "vitest";
import { tokenizerJson } from "../peers/tokenizer-json.ts";

interface TokenizerJson {
  added_tokens: { id: number; content: string; special: boolean }[];
  normalizer: { normalizers: { type: string; precompiled_charsmap?: string }[] };
  pre_tokenizer: { pretokenizers: { type: string; prepend_scheme?: string }[] };
  model: { type: string; unk_id: number; vocab: [string, number][]; byte_fallback: boolean };
}

describe("tokenizerJson of a bundled model", () => {
  const file = modelBytes("trained_en_8000");
  const model = readSentencePiece(file);
  const json = JSON.parse(JSON.stringify(tokenizerJson(model))) as TokenizerJson;

  test("has every piece at its id, with the score of the file", () => {
    expect(json.model).toMatchObject({ type: "Unigram", unk_id: 0, byte_fallback: false });
    expect(json.model.vocab).toHaveLength(8000);
    expect(json.model.vocab[0]).toEqual(["<unk>", 0]);
    const [piece, score] = json.model.vocab[1234]!;
    expect(Buffer.from(file).includes(Buffer.from(piece))).toBe(true);
    expect(Math.fround(score)).toBe(score);
  });

  test("names the unknown and the control pieces as special", () => {
    expect(json.added_tokens.map(({ id, content, special }) => [id, content, special])).toEqual([
      [0, "<unk>", true],
      [1, "<s>", true],
      [2, "</s>", true],
    ]);
  });

  test("carries the character map as it stands in the model file", () => {
    const [first, ...spaces] = json.normalizer.normalizers;
    expect(first?.type).toBe("Precompiled");
    expect(spaces.map(({ type }) => type)).toEqual(["Strip", "Replace"]);
    expect(Buffer.from(file).includes(Buffer.from(first?.precompiled_charsmap ?? "", "base64"))).toBe(true);
  });

  test("cuts at spaces and marks the beginning of words", () => {
    expect(json.pre_tokenizer.pretokenizers).toMatchObject([
      { type: "WhitespaceSplit" },
      { type: "Metaspace", prepend_scheme: "always" },
    ]);
  });
});

test("tokenizerJson refuses a model with a piece that goes over a space", () => {
  const model = modelFromPieces({ "▁a": -1, "▁of▁the": -1 });
  expect(() =>
    tokenizerJson({ ...model, normalizer: readSentencePiece(modelBytes("spm_test_model")).normalizer }),
  ).toThrow(/goes over a space/);
});
