import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { encode, encodePair, type Model, modelFromPieces } from "../../src/index.ts";
import {
  encodeTruncated,
  type EncodingRow,
  type TextOrPair,
  type TruncationOptions,
} from "../../src/inputs.ts";
import { added, small } from "../huggingface/small.ts";

/** Each character is a piece. */
const letters = modelFromPieces({ "<unk>": -9, a: -1, b: -1, c: -1, d: -1, e: -1, f: -1, g: -1, h: -1 });
/** The same with one token before each text and one at the end. */
const framed = readTokenizerJson(
  small({
    vocab: [["<unk>", 0], ...[..."abcdefgh"].map((letter) => [letter, -1])],
    pre_tokenizer: null,
    added: [added("<s>", 9), added("</s>", 10)],
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "<s>", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "</s>", type_id: 0 } },
      ],
      pair: [
        { SpecialToken: { id: "<s>", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "<s>", type_id: 1 } },
        { Sequence: { id: "B", type_id: 1 } },
        { SpecialToken: { id: "</s>", type_id: 1 } },
      ],
      special_tokens: {
        "<s>": { id: "<s>", ids: [9], tokens: ["<s>"] },
        "</s>": { id: "</s>", ids: [10], tokens: ["</s>"] },
      },
    },
  }),
);

const shown = ({ pieces }: EncodingRow): string => pieces.join("");
const rowsOf = (text: TextOrPair, options: TruncationOptions, model: Model = framed): string[] => {
  const { encoding, overflow } = encodeTruncated(model, text, options);
  return [encoding, ...overflow].map(shown);
};

describe("encodeTruncated", () => {
  test("cuts the text, not what goes around it, and gives what was cut in rows of the same form", () => {
    expect(rowsOf("abcdefgh", { maxLength: 5 })).toEqual(["<s>abc</s>", "<s>def</s>", "<s>gh</s>"]);
    expect(rowsOf("abcdefgh", { maxLength: 5 }, letters)).toEqual(["abcde", "fgh"]);
    expect(rowsOf("abc", { maxLength: 5 })).toEqual(["<s>abc</s>"]);
    expect(rowsOf("", { maxLength: 5 })).toEqual(["<s></s>"]);
  });

  test("a stride is how many pieces of a row the next one begins with", () => {
    expect(rowsOf("abcdefgh", { maxLength: 6, stride: 2 })).toEqual([
      "<s>abcd</s>",
      "<s>cdef</s>",
      "<s>efgh</s>",
    ]);
    expect(rowsOf("abcde", { maxLength: 6, stride: 3 })).toEqual(["<s>abcd</s>", "<s>bcde</s>"]);
  });

  test("the left end may be cut in place of the right one", () => {
    expect(rowsOf("abcdefgh", { maxLength: 6, stride: 1, truncationSide: "left" })).toEqual([
      "<s>efgh</s>",
      "<s>bcde</s>",
      "<s>ab</s>",
    ]);
  });

  test("of a pair the longer text is cut, then both alike, or the one that is named", () => {
    expect(rowsOf(["ab", "cdefgh"], { maxLength: 8 })).toEqual(["<s>ab<s>cde</s>", "<s>ab<s>fgh</s>"]);
    expect(rowsOf(["abcd", "efgh"], { maxLength: 8 })[0]).toBe("<s>ab<s>efg</s>");
    expect(rowsOf(["abcde", "fgh"], { maxLength: 8 })[0]).toBe("<s>abc<s>fg</s>");
    expect(rowsOf(["abcde", "fgh"], { maxLength: 8, strategy: "only_first" })).toEqual([
      "<s>ab<s>fgh</s>",
      "<s>cd<s>fgh</s>",
      "<s>e<s>fgh</s>",
    ]);
    expect(rowsOf(["ab", "cdefgh"], { maxLength: 8, strategy: "only_second" })[1]).toBe("<s>ab<s>fgh</s>");
  });

  test("where both are cut, each part of the one meets each part of the other, the kept ones first", () => {
    expect(rowsOf(["abcd", "efgh"], { maxLength: 4 }, letters)).toEqual(["abef", "cdef", "cdgh", "abgh"]);
  });

  test("without a bound nothing is cut, and the row is the encoding", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcx é🍣<s>") }), (text) => {
        const { score: _, ...want } = encodePair(framed, text, "ab");
        expect(encodeTruncated(framed, [text, "ab"])).toEqual({ encoding: want, overflow: [] });
        const { ids, pieces, offsets } = encode(framed, text);
        const { encoding } = encodeTruncated(framed, text, { maxLength: Infinity });
        expect(encoding).toMatchObject({ ids, pieces, offsets });
      }),
    );
  });

  test("rows are at most maxLength long, and put together without what they share they are the text", () => {
    const options = fc.record({
      maxLength: fc.integer({ min: 1, max: 9 }),
      stride: fc.nat({ max: 8 }),
      truncationSide: fc.constantFrom("left" as const, "right" as const),
    });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abc"), maxLength: 40 }), options, (text, given) => {
        const { maxLength, truncationSide } = given;
        const stride = Math.min(given.stride, maxLength - 1);
        const rows = rowsOf(text, { maxLength, stride, truncationSide }, letters);
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(maxLength);
        const whole = rows.reduce((sum, row) => {
          if (truncationSide === "right") {
            expect(row.slice(0, stride)).toBe(sum.slice(sum.length - stride));
            return sum + row.slice(stride);
          }
          expect(row.slice(row.length - stride)).toBe(sum.slice(0, stride));
          return row.slice(0, row.length - stride) + sum;
        });
        expect(whole).toBe(text);
      }),
    );
  });

  test("a tokenizer.json's own truncation goes, each part unless told", () => {
    const truncation = { max_length: 5, stride: 1, strategy: "OnlySecond", direction: "Left" };
    const model = readTokenizerJson({
      ...small({
        vocab: [["<unk>", 0], ...[..."abcdefgh"].map((letter) => [letter, -1])],
        pre_tokenizer: null,
      }),
      truncation,
    });
    expect(rowsOf(["ab", "cdefg"], {}, model)).toEqual(["abefg", "abcde"]);
    expect(rowsOf(["ab", "cdefg"], { truncationSide: "right" }, model)).toEqual(["abcde", "abefg"]);
    expect(rowsOf(["ab", "cdefg"], { maxLength: Infinity }, model)).toEqual(["abcdefg"]);
    expect(encode(model, "abcdefgh").pieces.join("")).toBe("abcdefgh");
  });

  test.each<[string, unknown, object]>([
    ["a text that is none", 7, {}],
    ["a list of one", ["a"], {}],
    ["a pair with a hole", ["a", undefined], {}],
    ["no room for special tokens", "a", { maxLength: 1 }],
    ["no room for special tokens of a pair", ["a", "b"], { maxLength: 2 }],
    ["a maxLength of 0", "a", { maxLength: 0 }],
    ["a maxLength between integers", "a", { maxLength: 2.5 }],
    ["a maxLength that is no number", "a", { maxLength: "5" }],
    ["NaN", "a", { maxLength: Number.NaN }],
    ["a negative stride", "a", { maxLength: 5, stride: -1 }],
    ["a stride that is the room for pieces", "a", { maxLength: 5, stride: 3 }],
    ["a stride that is one text's room", ["abcd", "abcd"], { maxLength: 7, stride: 2 }],
    ["what was cut without room for any piece of it", "a", { maxLength: 2 }],
    ["a strategy that is none", "a", { strategy: "longest" }],
    ["a side that is none", "a", { truncationSide: "Right" }],
    ["a text that alone is cut and too short", ["a", "bcdefgh"], { maxLength: 6, strategy: "only_first" }],
    ["the second of one text", "abcdefgh", { maxLength: 5, strategy: "only_second" }],
    ["bos of a tokenizer.json", "a", { bos: true }],
  ])("refuses %s", (_, text, options) => {
    expect(() => encodeTruncated(framed, text as string, options)).toThrow(
      expect.objectContaining({ name: "LatticeError", code: "argument" }),
    );
  });
});
