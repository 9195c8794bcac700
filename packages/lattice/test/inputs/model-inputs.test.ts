import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { type Model, modelFromPieces } from "../../src/index.ts";
import { encodeTruncated, modelInputs, type ModelInputsOptions, type TextOrPair } from "../../src/inputs.ts";
import { added, small } from "../huggingface/small.ts";

/** Ids 1 … 3 for the letters, and a padding piece, 4. */
const vocab = [["<unk>", 0], ...[..."abc"].map((letter) => [letter, -1])];
const bare = { vocab, pre_tokenizer: null };
const model = readTokenizerJson(small({ ...bare, added: [added("<pad>", 4)] }));

const numbersOf = (texts: readonly TextOrPair[], options?: ModelInputsOptions, from: Model = model) => {
  const { input_ids, attention_mask, token_type_ids, dims, sources, cut } = modelInputs(from, texts, options);
  return {
    ids: Array.from(input_ids, Number),
    mask: Array.from(attention_mask, Number),
    types: Array.from(token_type_ids, Number),
    dims,
    sources: [...sources],
    cut: [...cut],
  };
};

describe("modelInputs", () => {
  test("gives rows as long as the longest, with the model's padding and a mask", () => {
    expect(numbersOf(["ab", "abc", ""])).toEqual({
      ids: [1, 2, 4, 1, 2, 3, 4, 4, 4],
      mask: [1, 1, 0, 1, 1, 1, 0, 0, 0],
      types: [0, 0, 0, 0, 0, 0, 0, 0, 0],
      dims: [3, 3],
      sources: [0, 1, 2],
      cut: [0, 0, 0],
    });
  });

  test("tells how much of each text is cut, or gives it rows of its own", () => {
    const { ids, dims, sources, cut } = numbersOf(["abcab", ["c", "abc"]], { maxLength: 3 });
    expect({ ids, dims, sources, cut }).toEqual({
      ids: [1, 2, 3, 3, 1, 2],
      dims: [2, 3],
      sources: [0, 1],
      cut: [2, 1],
    });
    const all = numbersOf(["abcab", ["c", "abc"]], { maxLength: 3, overflow: true });
    expect(all).toEqual({
      ids: [1, 2, 3, 1, 2, 4, 3, 1, 2, 3, 3, 4],
      mask: [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0],
      types: [0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0],
      dims: [4, 3],
      sources: [0, 0, 1, 1],
      cut: [0, 0],
    });
  });

  test("pads on either side, to a length, to a multiple, with any id", () => {
    expect(numbersOf(["ab"], { padTo: 4, paddingSide: "left", padId: 0, padTypeId: 3 })).toMatchObject({
      ids: [0, 0, 1, 2],
      mask: [0, 0, 1, 1],
      types: [3, 3, 0, 0],
    });
    expect(numbersOf(["abc", "a"], { padToMultipleOf: 4 }).dims).toEqual([2, 4]);
    expect(numbersOf(["abc"], { padTo: 5, padToMultipleOf: 4 }).dims).toEqual([1, 8]);
  });

  test("of no texts are no rows, and of an empty text is an empty row", () => {
    expect(numbersOf([])).toMatchObject({ ids: [], dims: [0, 0] });
    expect(numbersOf([], { padTo: 4 })).toMatchObject({ ids: [], dims: [0, 4] });
    expect(numbersOf([""])).toMatchObject({ ids: [], dims: [1, 0] });
  });

  test("needs no padding id where rows are equally long", () => {
    const own = modelFromPieces({ a: -1, b: -2 });
    expect(numbersOf(["ab", "ba"], {}, own).ids).toEqual([0, 1, 1, 0]);
    expect(() => modelInputs(own, ["ab", "a"])).toThrow(expect.objectContaining({ code: "argument", at: 1 }));
    expect(numbersOf(["ab", "a"], { padId: 1 }, own).ids).toEqual([0, 1, 0, 1]);
  });

  test("a text that has no room leaves its special tokens alone", () => {
    expect(numbersOf([["a", "bc"]], { maxLength: 1 }).ids).toEqual([2]);
  });

  test("has the rows of encodeTruncated", () => {
    const text = fc.string({ unit: fc.constantFrom(..."abcx é"), maxLength: 12 });
    const options = fc.record({
      maxLength: fc.integer({ min: 4, max: 12 }),
      stride: fc.nat({ max: 1 }),
      truncationSide: fc.constantFrom("left" as const, "right" as const),
      paddingSide: fc.constantFrom("left" as const, "right" as const),
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, fc.tuple(text, text)), { maxLength: 4 }),
        options,
        (texts, given) => {
          const { ids, types, mask, dims, sources } = numbersOf(texts, { ...given, overflow: true });
          const want = texts.flatMap((one) => {
            const { encoding, overflow } = encodeTruncated(model, one, given);
            return [encoding, ...overflow];
          });
          const kept = (numbers: readonly number[]): number[] => numbers.filter((_, i) => mask[i] === 1);
          expect(dims[0]).toBe(want.length);
          expect(sources).toHaveLength(want.length);
          expect(kept(ids)).toEqual(want.flatMap((row) => [...row.ids]));
          expect(kept(types)).toEqual(want.flatMap((row) => [...row.typeIds]));
        },
      ),
    );
  });

  test("a tokenizer.json's own truncation and padding go, each part unless told", () => {
    const file = {
      ...small({ ...bare, added: [added("<pad>", 4)] }),
      truncation: { max_length: 2, stride: 0, strategy: "LongestFirst" },
      padding: {
        strategy: { Fixed: 3 },
        direction: "Left",
        pad_to_multiple_of: null,
        pad_id: 0,
        pad_type_id: 1,
        pad_token: "<unk>",
      },
    };
    const told = readTokenizerJson(file);
    expect(numbersOf(["abc"], {}, told)).toMatchObject({ ids: [0, 1, 2], types: [1, 0, 0], cut: [1] });
    const other = { maxLength: 3, padTo: "longest", paddingSide: "right", padId: 4, padTypeId: 0 } as const;
    expect(numbersOf(["abc", "a"], other, told)).toMatchObject({ ids: [1, 2, 3, 1, 4, 4], cut: [0, 0] });
  });

  test.each<[string, unknown, object, number | undefined]>([
    ["a text in place of texts", "a", {}, undefined],
    ["nothing", undefined, {}, undefined],
    ["a text that is none", ["a", 7], {}, 1],
    ["a hole", [, "a"], {}, 0], // eslint-disable-line no-sparse-arrays
    ["three texts as one", ["a", ["a", "b", "c"]], {}, 1],
    ["half a pair", [["a", null]], {}, 0],
    [
      "a text that the strategy cannot cut enough",
      ["a", ["a", "abc"]],
      { maxLength: 2, strategy: "only_first" },
      1,
    ],
    [
      "a stride for which one has no room",
      ["ab", ["ab", "ab"]],
      { maxLength: 3, stride: 1, overflow: true },
      1,
    ],
    ["a row that is longer than all may be", ["a", "abc"], { padTo: 2 }, 1],
    ["a length of 0", ["a"], { padTo: 0 }, undefined],
    ["a length in words", ["a"], { padTo: "max_length" }, undefined],
    ["a multiple of 0", ["a"], { padToMultipleOf: 0 }, undefined],
    ["a side that is none", ["a"], { paddingSide: "both" }, undefined],
    ["an id beyond the pieces", ["a"], { padId: 5 }, undefined],
    ["an id below 0", ["a"], { padId: -1 }, undefined],
    ["a type id below 0", ["a"], { padTypeId: -1 }, undefined],
    ["more numbers than an array holds", ["a"], { padTo: 2 ** 29 }, undefined],
    ["a multiple beyond all bounds", ["a"], { padToMultipleOf: Number.MAX_SAFE_INTEGER }, undefined],
    ["a maxLength of 0", ["a"], { maxLength: 0 }, undefined],
    ["a maxLength of 0 for no texts", [], { maxLength: 0 }, undefined],
    ["bos of a model without", ["a"], { bos: true }, undefined],
  ])("refuses %s", (_, texts, options, at) => {
    expect(() => modelInputs(model, texts as string[], options)).toThrow(
      expect.objectContaining({ name: "LatticeError", code: "argument", at }),
    );
  });

  test("refuses what is no model", () => {
    expect(() => modelInputs({} as Model, ["a"])).toThrow(expect.objectContaining({ code: "argument" }));
    expect(() => encodeTruncated(null as unknown as Model, "a")).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });
});
