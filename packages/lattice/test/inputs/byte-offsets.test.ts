import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode, encodePair, emit, latticeOf, modelFromPieces, viterbi } from "../../src/index.ts";
import { byteOffsets, encodeTruncated } from "../../src/inputs.ts";

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const isInsidePair = (text: string, at: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));

const text = fc.string({
  unit: fc.constantFrom("a", " ", "é", "ß", "漢", "\uffff", "🍣", "𠮷", "\ud800", "\udc00", "\0"),
  maxLength: 40,
});
const model = modelFromPieces({ "<unk>": -20, a: -1, 漢: -2, 漢a: -2.5, "🍣": -3, " ": -1 });

describe("byteOffsets", () => {
  test("counts the bytes that TextEncoder writes before each offset, in any order", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (whole, places) => {
        const offsets = Int32Array.from(places, (place) => {
          const at = place % (whole.length + 1);
          return isInsidePair(whole, at) ? at - 1 : at;
        });
        const want = Array.from(offsets, (at) => bytesOf(whole.slice(0, at)));
        expect([...byteOffsets(whole, { offsets })]).toEqual(want);
      }),
    );
  });

  test("of an encoding are where its pieces stand in the bytes of the text", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const encoding = encode(model, whole);
        const bytes = new TextEncoder().encode(whole);
        const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
        const found = byteOffsets(whole, encoding);
        encoding.pieces.forEach((piece, i) =>
          expect(utf8.decode(bytes.subarray(found[2 * i], found[2 * i + 1]))).toBe(piece),
        );
        const path = viterbi(latticeOf(model, whole), { ties: "sentencepiece" });
        expect(byteOffsets(whole, emit(model, path))).toEqual(found);
      }),
    );
  });

  test("moves an offset inside a surrogate pair to the beginning of the character", () => {
    expect([...byteOffsets("é🍣a", { offsets: Int32Array.of(0, 1, 2, 3, 4) })]).toEqual([0, 2, 2, 6, 7]);
  });

  test("takes each offset of a pair in the text that its piece is from", () => {
    const pair = ["漢 a", "🍣漢"] as const;
    const encoding = encodePair(model, ...pair);
    expect([...byteOffsets(pair, encoding)]).toEqual([0, 3, 3, 4, 4, 5, 0, 4, 4, 7]);
    const { encoding: cut } = encodeTruncated(model, pair, { maxLength: 3 });
    expect([...byteOffsets(pair, cut)]).toEqual([0, 3, 3, 4, 0, 4]);
  });

  test.each<[string, unknown, unknown, number | undefined]>([
    ["an offset beyond the text", "é", { offsets: Int32Array.of(0, 2) }, 1],
    ["one below 0", "é", { offsets: Int32Array.of(-1) }, 0],
    ["one that is no integer", "é", { offsets: Float64Array.of(0.5) }, 0],
    ["a text that is none", 7, { offsets: Int32Array.of(0) }, undefined],
    ["three texts", ["a", "b", "c"], { offsets: Int32Array.of(0) }, undefined],
    ["no encoding", "a", undefined, undefined],
    ["offsets that are no array", "a", { offsets: "0" }, undefined],
    ["a pair of which nobody tells the parts", ["a", "b"], { offsets: Int32Array.of(0, 1) }, undefined],
    [
      "a pair of which too little is told",
      ["a", "b"],
      { offsets: Int32Array.of(0, 1), texts: Int8Array.of() },
      0,
    ],
    ["a third text", ["a", "b"], { offsets: Int32Array.of(0, 1), texts: Int8Array.of(2) }, 0],
  ])("refuses %s", (_, given, encoding, at) => {
    expect(() => byteOffsets(given as string, encoding as { offsets: Int32Array })).toThrow(
      expect.objectContaining({ name: "LatticeError", code: "argument", at }),
    );
  });
});
