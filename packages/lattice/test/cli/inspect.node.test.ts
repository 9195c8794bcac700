import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { modelBytes } from "@lemmata/data";
import { expect, test } from "vitest";
import { PieceType } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { modelPath, run } from "./run.ts";

const variant = (name: string): string =>
  fileURLToPath(new URL(`../golden/variants/${name}.model`, import.meta.url));

test("--json says what the model is", () => {
  const file = modelBytes("trained_en_8000");
  const model = readSentencePiece(file);
  const { status, text } = run(["inspect", "--json", "--model", modelPath("trained_en_8000")]);
  expect(status).toBe(0);
  const normal = [...model.labelScore].filter((_, id) => model.pieceType[id] === PieceType.normal);
  expect(JSON.parse(text)).toEqual({
    format: "SentencePiece",
    bytes: file.length,
    kind: "unigram",
    pieces: 8000,
    piecesByType: { normal: 7997, unknown: 1, control: 2, userDefined: 0, unused: 0, byte: 0 },
    longestPiece: { id: 3012, piece: "▁Notwithstanding", bytes: 18 },
    scores: { lowest: Math.min(...normal), highest: Math.max(...normal) },
    byteFallback: false,
    special: {
      unk: { id: 0, piece: "<unk>" },
      bos: { id: 1, piece: "<s>" },
      eos: { id: 2, piece: "</s>" },
      pad: null,
    },
    normalizer: {
      rewritingRules: true,
      addDummyPrefix: true,
      removeExtraSpaces: true,
      escapeSpaces: true,
      spaceAsSuffix: false,
    },
    pipeline: null,
    denormalizer: false,
  });
});

test.each([
  ["byte_fallback", /^byte fallback +yes$/m],
  ["suffix", /^special pieces +unk <unk> \(id 0\), bos <s> \(id 1\), eos <\/s> \(id 2\)$/m],
  ["suffix", /^space after the text +yes$/m],
])("as text it tells what the variant %s has", (name, line) => {
  const { status, text } = run(["inspect", "--model", variant(name)]);
  expect(status).toBe(0);
  expect(text).toMatch(line);
  expect(text).toContain(`SentencePiece, ${readFileSync(variant(name)).length} bytes`);
});
