import { entropy, expectation, latticeOf } from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { modelBytes, textLines } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { recommendAlpha } from "../src/index.ts";

describe("recommendAlpha", () => {
  const model = readSentencePiece(modelBytes("trained_en_8000"));
  const texts = textLines("botchan").slice(200, 240);
  const lattices = texts.map((text) => latticeOf(model, text));
  const pieces = (alpha: number): number =>
    lattices.reduce((sum, lattice) => sum + expectation(lattice, () => 1, { alpha }).mean, 0);

  test("finds the alpha whose expected pieces are those asked for", () => {
    const found = recommendAlpha(model, texts, { inflation: 1.25 });
    expect(found.pieces / found.piecesAtOne).toBeCloseTo(1.25, 9);
    expect(pieces(found.alpha)).toBeCloseTo(1.25 * pieces(1), 6);
    expect(found.alpha).toBeGreaterThan(0.1);
    expect(found.alpha).toBeLessThan(1);
  });

  test("or the alpha whose entropy is", () => {
    const found = recommendAlpha(model, texts, { entropy: 2 });
    const mean =
      lattices.reduce((sum, lattice) => sum + entropy(lattice, { alpha: found.alpha }), 0) / lattices.length;
    expect(mean).toBeCloseTo(2, 9);
    expect(found.entropy).toBeCloseTo(2, 9);
  });

  test("refuses a target that no alpha meets, and says what can be had", () => {
    expect(() => recommendAlpha(model, texts, { inflation: 50 })).toThrow(
      /between 0\.\d+ \(alpha 10\) and \d\.\d+ \(alpha 0\)/,
    );
    expect(() => recommendAlpha(model, texts, { entropy: NaN })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
    const merging = readTokenizerJson({ model: { type: "BPE", vocab: { a: 0 }, merges: [] } });
    expect(() => recommendAlpha(merging, texts, { entropy: 1 })).toThrow(/bpe, whose pieces have no scores/);
    expect(() => recommendAlpha(model, ["", " "], { entropy: 1 })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });
});
