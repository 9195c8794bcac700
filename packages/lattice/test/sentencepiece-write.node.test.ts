import { readdirSync, readFileSync } from "node:fs";
import { type ModelName, modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { modelFromPieces } from "../src/index.ts";
import { readSentencePiece, writeSentencePiece } from "../src/sentencepiece.ts";

const variants = new URL("golden/variants/", import.meta.url);
const files: [string, () => Uint8Array][] = [
  ...(["spm_test_model", "trained_en_8000", "trained_zh_8000", "spm_test_ja_model"] as ModelName[]).map(
    (name): [string, () => Uint8Array] => [name, () => modelBytes(name)],
  ),
  ...readdirSync(variants)
    .filter((file) => file.endsWith(".model"))
    .map((file): [string, () => Uint8Array] => [
      file,
      () => new Uint8Array(readFileSync(new URL(file, variants))),
    ]),
];

describe("writeSentencePiece", () => {
  // That SentencePiece reads the files and segments alike with them is checked by tools/golden/check_written.py.
  test.each(files)("a model that is written and read is the same: %s", (_, bytes) => {
    const model = readSentencePiece(bytes());
    expect(readSentencePiece(writeSentencePiece(model))).toEqual(model);
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
  });
});
