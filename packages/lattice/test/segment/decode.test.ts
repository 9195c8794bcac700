import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, decodeStream, encode, type Model, modelFromPieces } from "../../src/index.ts";

describe("decode", () => {
  test("gives back the text that was encoded, where the pieces cover it", () => {
    const model = modelFromPieces({ a: -1, "▁": -1, ab: -1, " ": -2, é: -2, "🍣": -3 });
    const text = fc.string({ unit: fc.constantFrom("a", "ab", " ", "é", "🍣", "▁"), maxLength: 20 });
    fc.assert(
      fc.property(text, (sample) => {
        const { ids } = encode(model, sample.replaceAll(/(?<!a)b/g, ""));
        expect(decode(model, ids)).toBe(sample.replaceAll(/(?<!a)b/g, ""));
      }),
    );
  });

  test("shows what was unknown as the model shows it", () => {
    const model = modelFromPieces({ "<unk>": -9, a: -1 });
    expect(decode(model, encode(model, "a?!a").ids)).toBe("a<unk>a");
  });

  test("takes any array of ids, and refuses one that is not there, by place", () => {
    const model = modelFromPieces({ a: -1, b: -1 });
    expect(decode(model, [0, 1, 1])).toBe("abb");
    expect(decode(model, Uint16Array.of(1, 0))).toBe("ba");
    for (const id of [2, -1, 0.5, NaN])
      expect(() => decode(model, [0, id])).toThrow(expect.objectContaining({ code: "argument", at: 1 }));
  });
});

/** A model whose ids 0 to 255 are the bytes. */
const bytes: Model = {
  ...modelFromPieces(Array.from({ length: 256 }, (_, byte): [string, number] => [`<0x${byte}>`, -1])),
  byteId: Int32Array.from({ length: 256 }, (_, byte) => byte),
};

describe("bytes", () => {
  test("become the characters they spell, however they are cut", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 10 }), (text) => {
        const ids = new TextEncoder().encode(text);
        expect(decode(bytes, ids)).toBe(text);
        const stream = decodeStream(bytes);
        expect(Array.from(ids, (id) => stream.push(id)).join("") + stream.end()).toBe(text);
      }),
    );
  });

  test("that spell nothing become U+FFFD each; the rest of the text is as the platform decodes it", () => {
    const platform = new TextDecoder("utf-8", { ignoreBOM: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (ids) => {
        // The platform puts one U+FFFD for a character that breaks off, SentencePiece one for each of its bytes.
        const squeezed = (text: string): string => text.replaceAll(/\ufffd+/g, "\ufffd");
        expect(squeezed(decode(bytes, ids))).toBe(squeezed(platform.decode(ids)));
      }),
      { numRuns: 2000 },
    );
    expect(decode(bytes, [0xe3, 0x81])).toBe("\ufffd\ufffd");
  });

  test("in a stream come out with the byte that completes them", () => {
    const stream = decodeStream(bytes);
    expect([0xf0, 0x9f, 0x8d, 0xa3, 0x41].map((id) => stream.push(id))).toEqual(["", "", "", "🍣", "A"]);
    expect([0xf0, 0x41].map((id) => stream.push(id))).toEqual(["", "\ufffdA"]);
    expect(stream.push(0xe3)).toBe("");
    expect(stream.end()).toBe("\ufffd");
    expect(stream.end()).toBe("");
  });
});

test("a stream refuses a model whose denormaliser needs the whole text", () => {
  const model = { ...bytes, denormalizer: bytes.normalizer };
  expect(() => decodeStream(model)).toThrow(expect.objectContaining({ code: "unsupported" }));
  expect(() => decodeStream(bytes).push(256)).toThrow(expect.objectContaining({ code: "argument" }));
});
