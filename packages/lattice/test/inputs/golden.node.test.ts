import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import {
  encodeTruncated,
  type EncodingRow,
  modelInputs,
  type ModelInputs,
  type ModelInputsOptions,
  type TextOrPair,
} from "../../src/inputs.ts";
import { shapeNames, tokenizerJson } from "../huggingface/golden.ts";

interface Case {
  readonly shape: string;
  readonly texts: readonly TextOrPair[];
  readonly special: boolean;
  readonly truncation: {
    readonly direction: "Left" | "Right";
    readonly max_length: number;
    readonly strategy: keyof typeof STRATEGY;
    readonly stride: number;
  } | null;
  readonly padding: {
    readonly strategy: "BatchLongest" | { readonly Fixed: number };
    readonly direction: "Left" | "Right";
    readonly pad_to_multiple_of: number | null;
    readonly pad_id: number;
    readonly pad_type_id: number;
  };
  /** Null where Hugging Face's library fails. */
  readonly rows: readonly Row[] | null;
}

interface Row {
  readonly source: number;
  readonly ids: number[];
  readonly mask: number[];
  readonly typeIds: number[];
  /** In characters. */
  readonly offsets: number[];
  readonly texts: number[];
}

const read = (file: string): string =>
  gunzipSync(readFileSync(new URL(`../golden/${file}`, import.meta.url))).toString();
const subword = JSON.parse(read("subword-json/shapes.json.gz")) as Record<string, object>;
const cases = read("inputs/cases.jsonl.gz")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const documentOf = (shape: string): object =>
  shapeNames.includes(shape) ? (JSON.parse(tokenizerJson(shape)) as object) : subword[shape]!;

const SIDE = { Left: "left", Right: "right" } as const;
const STRATEGY = {
  LongestFirst: "longest_first",
  OnlyFirst: "only_first",
  OnlySecond: "only_second",
} as const;

function optionsOf({ special, truncation, padding }: Case): ModelInputsOptions {
  return {
    specialTokens: special,
    ...(truncation && {
      maxLength: truncation.max_length,
      stride: truncation.stride,
      strategy: STRATEGY[truncation.strategy],
      truncationSide: SIDE[truncation.direction],
    }),
    padTo: padding.strategy === "BatchLongest" ? "longest" : padding.strategy.Fixed,
    padToMultipleOf: padding.pad_to_multiple_of || 1,
    paddingSide: SIDE[padding.direction],
    padId: padding.pad_id,
    padTypeId: padding.pad_type_id,
  };
}

const rowsOf = ({ dims: [rows, columns] }: ModelInputs, numbers: BigInt64Array): number[][] =>
  Array.from({ length: rows }, (_, i) =>
    Array.from(numbers.subarray(i * columns, (i + 1) * columns), Number),
  );

const isOwn = (rows: readonly Row[], i: number): boolean => rows[i]!.source !== rows[i - 1]?.source;

/**
 * Type ids are compared where Hugging Face fills the template: in overflowing rows it leaves the second text of a pair at
 * 1, whatever the template says.
 */
const comparedTypes = (rows: readonly Row[], typeIds: readonly number[][], shape: string): number[][] =>
  typeIds.filter((_, i) => isOwn(rows, i) || !["t5", "xlm_r", "mbart", "roberta", "words"].includes(shape));

/** UTF-16 offsets as numbers of characters of the text that a piece is from. */
const inCharacters = (text: TextOrPair, { offsets, texts }: EncodingRow): number[] =>
  Array.from(offsets, (offset, i) => {
    const own = typeof text === "string" ? text : text[Math.max(0, texts[i >> 1]!)]!;
    return Array.from(own.slice(0, offset)).length;
  });

// Made by tools/golden/make_inputs.py with tokenizers 0.23.3 for Python.
describe.each([...new Set(cases.map(({ shape }) => shape))])("%s", (shape) => {
  const own = cases.filter((one) => one.shape === shape);
  const model = readTokenizerJson(documentOf(shape));

  test("rows are Hugging Face's, overflowing ones too", () => {
    let overflowing = 0;
    for (const one of own) {
      const { texts, rows } = one;
      if (rows === null) continue;
      const got = modelInputs(model, texts, { ...optionsOf(one), overflow: true });
      expect([...got.sources]).toEqual(rows.map(({ source }) => source));
      expect({ one, ids: rowsOf(got, got.input_ids) }).toEqual({ one, ids: rows.map(({ ids }) => ids) });
      expect(rowsOf(got, got.attention_mask)).toEqual(rows.map(({ mask }) => mask));
      const typeIds = [rowsOf(got, got.token_type_ids), rows.map((row) => row.typeIds)];
      const [ours, theirs] = typeIds.map((all) => comparedTypes(rows, all, shape));
      expect({ one, typeIds: ours }).toEqual({ one, typeIds: theirs });
      expect([...got.cut]).toEqual(texts.map(() => 0));
      overflowing += rows.length - texts.length;
    }
    expect(overflowing).toBeGreaterThan(20);
  });

  test("without rows for it, what is cut is counted, and each text has its first row", () => {
    for (const one of own) {
      const { texts, rows } = one;
      if (rows === null) continue;
      const options = optionsOf(one);
      const got = modelInputs(model, texts, options);
      const first = rows.filter((_, i) => isOwn(rows, i));
      expect(rowsOf(got, got.input_ids)).toEqual(first.map(({ ids }) => ids));
      expect(rowsOf(got, got.attention_mask)).toEqual(first.map(({ mask }) => mask));
      const uncut = modelInputs(model, texts, {
        ...options,
        maxLength: Infinity,
        stride: 0,
        padTo: "longest",
      });
      const counts = [uncut, got].map((inputs) =>
        rowsOf(inputs, inputs.attention_mask).map((mask) => mask.filter((bit) => bit === 1).length),
      );
      expect([...got.cut]).toEqual(counts[0]!.map((count, i) => count - counts[1]![i]!));
    }
  });

  test("encodeTruncated gives the same rows without padding, with Hugging Face's offsets", () => {
    for (const one of own) {
      const { texts, rows } = one;
      if (rows === null) continue;
      const without = (row: Row, numbers: readonly number[], each = 1): number[] =>
        numbers.filter((_, i) => row.mask[Math.floor(i / each)] === 1);
      texts.forEach((text, source) => {
        const { encoding, overflow } = encodeTruncated(model, text, optionsOf(one));
        const want = rows.filter((row) => row.source === source);
        expect(want).toHaveLength(1 + overflow.length);
        [encoding, ...overflow].forEach((got, i) => {
          const row = want[i]!;
          expect([...got.ids]).toEqual(without(row, row.ids));
          expect(got.pieces).toHaveLength(got.ids.length);
          const place = { text, i, ids: row.ids };
          expect({ place, offsets: inCharacters(text, got) }).toEqual({
            place,
            offsets: without(row, row.offsets, 2),
          });
          // Of overflowing rows Hugging Face does not tell.
          if (i > 0) return;
          expect([...got.texts]).toEqual(without(row, row.texts));
          expect([...got.typeIds]).toEqual(without(row, row.typeIds));
        });
      });
    }
  });

  test("the file's own truncation and padding are what is done if nothing else is told", () => {
    for (const one of own.filter(({ rows }) => rows !== null).slice(0, 3)) {
      const { texts, special: specialTokens, truncation, padding } = one;
      const told = readTokenizerJson({ ...documentOf(shape), truncation, padding });
      expect(modelInputs(told, texts, { specialTokens, overflow: true })).toEqual(
        modelInputs(model, texts, { ...optionsOf(one), overflow: true }),
      );
    }
  });

  test("what Hugging Face cannot do is refused", () => {
    for (const one of own) {
      const { texts, rows } = one;
      if (rows !== null) continue;
      const run = (): unknown => modelInputs(model, texts, { ...optionsOf(one), overflow: true });
      expect(run).toThrow(expect.objectContaining({ name: "LatticeError", code: "argument" }));
    }
  });
});
