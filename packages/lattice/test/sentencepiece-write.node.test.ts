import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { decode, encode, type Model, modelFromPieces } from "../src/index.ts";
import { readTokenizerJson, writeTokenizerJson } from "../src/huggingface.ts";
import { readSentencePiece, writeSentencePiece } from "../src/sentencepiece.ts";

interface Row {
  readonly text: string;
  readonly ids: number[];
  readonly pieces: string[];
  readonly decoded: string;
}

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`golden/${name}`, import.meta.url)));
const merged = readdirSync(new URL("golden/bpe-variants/", import.meta.url))
  .filter((name) => name.endsWith(".model.gz"))
  .map((name) => name.replace(".model.gz", ""));
const variants = new URL("golden/variants/", import.meta.url);
const files: [string, () => Uint8Array][] = [
  ...(["spm_test_model", "trained_en_8000", "trained_zh_8000", "spm_test_ja_model"] as ModelName[]).map(
    (name): [string, () => Uint8Array] => [name, () => modelBytes(name)],
  ),
  ...readdirSync(variants)
    .filter((name) => name.endsWith(".model"))
    .map((name): [string, () => Uint8Array] => [name, () => file(`variants/${name}`)]),
];

describe("writeSentencePiece", () => {
  // That SentencePiece reads the files and segments alike with them is checked by tools/golden/check_written.py.
  test.each(files)("a model that is written and read is the same: %s", (_, bytes) => {
    const model = readSentencePiece(bytes());
    expect(readSentencePiece(writeSentencePiece(model))).toEqual(model);
  });

  test.each(merged)("so is a BPE model, whose golden results it gives: %s", (name) => {
    const model = readSentencePiece(gunzipSync(file(`bpe-variants/${name}.model.gz`)));
    const again = readSentencePiece(writeSentencePiece(model));
    expect(again).toEqual(model);
    const rows = gunzipSync(file(`bpe-variants/${name}.jsonl.gz`))
      .toString()
      .trimEnd()
      .split("\n");
    for (const row of rows) {
      const { text, ids, pieces, decoded } = JSON.parse(row) as Row;
      const got = encode(again, text);
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces });
      expect({ ids, decoded: decode(again, ids) }).toEqual({ ids, decoded });
    }
  });

  test.each<[string, () => Uint8Array]>([
    ...files.filter(([name]) => !/suffix|unused|denormalizer|case_folding/.test(name)),
    ...["across_words", "llama", "plain"].map((name): [string, () => Uint8Array] => [
      name,
      () => gunzipSync(file(`bpe-variants/${name}.model.gz`)),
    ]),
  ])("a model that became a tokenizer.json becomes itself again: %s", (_, bytes) => {
    const model = readSentencePiece(bytes());
    const json = writeTokenizerJson(model);
    const again = readSentencePiece(writeSentencePiece(readTokenizerJson(json)));
    const { pieceBytes, trie, normalizer, byteId, subword } = again;
    expect({ pieceBytes, trie, byteId }).toEqual({
      pieceBytes: model.pieceBytes,
      trie: model.trie,
      byteId: model.byteId,
    });
    // Symbols of users have become pieces like others.
    expect({ ...normalizer, kept: model.normalizer.kept }).toEqual(model.normalizer);
    expect(subword?.merges.result).toEqual(model.subword?.merges.result);
    for (const text of [" the quick  brown <sep> thing", "三國演義 上卷。", "吾輩は猫である。x🍣", ""])
      expect({ text, ids: encode(again, text).ids }).toEqual({ text, ids: encode(model, text).ids });
  });

  test("takes a model of one's own, if its unknown piece scores what SentencePiece gives it", () => {
    const model = modelFromPieces({ "<unk>": -12.5, a: -1, b: -2.5 });
    const { normalizer, ...rest } = readSentencePiece(writeSentencePiece(model));
    expect({ ...rest, unkSurface: "<unk>" }).toEqual({ ...rest, unkSurface: model.unkSurface });
    expect(normalizer).toEqual(model.normalizer);
  });

  test("refuses what the format cannot hold, by name", () => {
    expect(() => writeSentencePiece(modelFromPieces({ a: -1 }))).toThrow(
      expect.objectContaining({ code: "unsupported" }),
    );
    expect(() => writeSentencePiece(modelFromPieces({ a: -1, "<unk>": -3 }))).toThrow(
      expect.objectContaining({ code: "unsupported", at: 1 }),
    );
    expect(() => writeSentencePiece({} as Model)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});
