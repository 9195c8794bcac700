import { modelBytes, textLines } from "@lemmata/data";
import { encodeIds } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { expect, test } from "vitest";
import { withoutMemory } from "../src/without-memory.ts";

test("a model without memory of words gives the same ids", () => {
  const file = modelBytes("trained_en_8000");
  const model = readSentencePiece(file);
  const plain = readSentencePiece(withoutMemory(file));
  expect(plain.pieceType.length).toBe(model.pieceType.length + 1);
  for (const line of textLines("botchan").slice(0, 300))
    expect(encodeIds(plain, line)).toEqual(encodeIds(model, line));
});
