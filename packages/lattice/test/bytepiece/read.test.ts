import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBytePiece } from "../../src/bytepiece.ts";
import { loadModel } from "../../src/formats.ts";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { decode, encode, encodeBatch, encodeIds, encodePair, LatticeError } from "../../src/index.ts";
import { encodeStream } from "../../src/stream.ts";
import { pieceStrings } from "../../src/model/model.ts";
import { writeSentencePiece } from "../../src/sentencepiece.ts";
import { small } from "../huggingface/small.ts";
import { base64, bytePieceFile, bytesById } from "./tiny.ts";

const utf8 = new TextEncoder();
const file = bytePieceFile([[...utf8.encode("<bos>")], 50], [[...utf8.encode("the")], 9], [[0x20, 0xc3], 3]);
const model = readBytePiece(file);

describe("a BytePiece file", () => {
  test("is read as bytes, text or document, and known by its contents", () => {
    const text = JSON.stringify(file, null, 4);
    for (const source of [file, text, utf8.encode(text)]) {
      expect(readBytePiece(source)).toEqual(model);
      expect(loadModel(source)).toEqual(model);
    }
    expect(loadModel(small())).toEqual(readTokenizerJson(small()));
  });

  test("gives a piece log f − log Σ f, whatever the order of the file", () => {
    const total = 256 + 50 + 9 + 3;
    expect(model.labelScore[3]).toBeCloseTo(-Math.log(total), 12);
    expect(model.labelScore[3 + 256]).toBeCloseTo(Math.log(50 / total), 12);
    const reversed = Object.fromEntries(Object.entries(file).reverse());
    expect(readBytePiece(reversed)).toEqual(model);
  });

  test("has no special token in a text, and none around it unless asked", () => {
    const ids = [...encodeIds(model, "<bos>")];
    expect(ids).toEqual([3 + 256]);
    expect(decode(model, ids)).toBe("<bos>");
    expect(decode(model, [1, 3 + 256, 0, 2])).toBe("<bos>");
    expect(decode(model, [1, 0, 2], { specialTokens: true })).toBe("<bos><pad><eos>");
  });

  test.each([
    [{ bos: true, eos: true }, [1], [2]],
    [{ bos: true }, [1], []],
    [{ eos: true }, [], [2]],
  ])("puts around a text what %j asks for", (options, before, after) => {
    expect(model.special).toEqual({ bos: 1, eos: 2, pad: 0 });
    const bare = [...encodeIds(model, "the")];
    const want = [...before, ...bare, ...after];
    expect([...encodeIds(model, "the", options)]).toEqual(want);
    expect([...encode(model, "the", options).ids]).toEqual(want);
    expect([...encodeBatch(model, ["the", ""], options).ids]).toEqual([...want, ...before, ...after]);
    expect([...encodePair(model, "the", "the", options).ids]).toEqual([
      ...before,
      ...bare,
      ...bare,
      ...after,
    ]);
  });

  test("is cut after runs of line feeds, and nowhere else", () => {
    const pieces = bytePieceFile(
      [[...utf8.encode("a\n")], 99],
      [[...utf8.encode("\nb")], 99],
      [[0x0d, 0x0a], 9],
    );
    expect(encode(readBytePiece(pieces), "\na\n\nb\r\n").pieces).toEqual(["\n", "a\n", "\n", "b", "\r\n"]);
  });

  test("cannot be written in other formats", () => {
    const unsupported = expect.objectContaining({ code: "unsupported" }) as Error;
    expect(() => writeTokenizerJson(model)).toThrow(unsupported);
    expect(() => writeSentencePiece(model)).toThrow(unsupported);
  });

  test("segments a text in parts, after any run of line feeds", () => {
    const text = "the the\n\nthe\nend the\n".repeat(100);
    const stream = encodeStream(model, { bos: true, eos: true });
    const ids = text.split("").flatMap((part) => [...stream.push(part)]);
    expect(stream.pending).toBeLessThan(600);
    expect([...ids, ...stream.end()]).toEqual([...encodeIds(model, text, { bos: true, eos: true })]);
  });

  test("takes lone surrogates for U+FFFD, and long lines", () => {
    expect(encodeIds(model, "\ud800")).toEqual(encodeIds(model, "\ufffd"));
    expect(encodeIds(model, "the".repeat(100_000)).length).toBe(100_000);
  });
});

describe("a piece's name", () => {
  const nameOf = (...bytes: number[]): string | undefined => {
    const made = bytePieceFile([bytes, 1]);
    return pieceStrings(readBytePiece(made))[made[base64(...bytes)]![0]];
  };

  test.each<[number[], string]>([
    [[...utf8.encode("世界")], "世界"],
    [[0x20, 0xc3], " <0xC3>"],
    [[0x80, 0x41], "<0x80>A"],
    [[0xe4, 0xb8], "<0xE4><0xB8>"],
    [[0xf0, 0x9f, 0x8d, 0xa3, 0xf0], "🍣<0xF0>"],
    [[0xed, 0xa0, 0x80], "<0xED><0xA0><0x80>"],
    [[0xef, 0xbf, 0xbd], "\ufffd"],
    [[0xef, 0xbf, 0xbd, 0xff], "\ufffd<0xFF>"],
    [[...utf8.encode("<0xE4>")], "<0x3C>0xE4>"],
    [[...utf8.encode("<0xe4>")], "<0xe4>"],
  ])("of %j is %s", (bytes, name) => {
    expect(nameOf(...bytes)).toBe(name);
  });

  test("tells its bytes, so that decoding finds them again", () => {
    const digits = utf8.encode("<0xE4>é世🍣\ufffd");
    const piece = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(...digits)), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        fc.uniqueArray(piece, { selector: String, maxLength: 12 }),
        fc.array(fc.nat()),
        (pieces, picks) => {
          const made = bytePieceFile(...pieces.map((bytes) => [bytes, 1] as const));
          const byId = bytesById(made);
          const got = readBytePiece(made);
          expect(new Set(pieceStrings(got).slice(3)).size).toBe(byId.length - 3);
          const ids = picks.map((pick) => 3 + (pick % (byId.length - 3)));
          const bytes = Uint8Array.from(ids.flatMap((id) => byId[id]!));
          expect(decode(got, ids)).toBe(withoutStrays(bytes));
        },
      ),
    );
  });
});

/** The text of bytes without those that are no part of a character, by a decoder that puts U+FFFD in their place. */
function withoutStrays(bytes: Uint8Array): string {
  const mark = "\xef\xbf\xbd";
  const latin1 = Array.from(bytes, (value) => String.fromCharCode(value)).join("");
  const decoded = latin1
    .split(mark)
    .map((part) =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(part, (c) => c.charCodeAt(0))),
    )
    .map((part) => part.replaceAll("\ufffd", ""));
  return decoded.join("\ufffd");
}

describe("refuses, by code and place", () => {
  const faultOf = (source: unknown): LatticeError => {
    try {
      readBytePiece(source as object);
    } catch (error) {
      if (error instanceof LatticeError) return error;
      throw error;
    }
    throw new Error("no fault found");
  };
  const without = (name: string): object => {
    const rest: Record<string, unknown> = { ...file };
    delete rest[name];
    return rest;
  };
  const changed = (entry: unknown, name = base64(0)): object => ({ ...without(base64(0)), [name]: entry });

  test.each<[string, unknown, string, RegExp]>([
    ["nothing", undefined, "argument", /json must be/],
    ["a number", 7, "argument", /json must be/],
    ["an empty text", "", "format", /not JSON/],
    ["JSON cut short", JSON.stringify(file).slice(0, 99), "format", /not JSON/],
    ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xff, 0x22), "format", /not JSON/],
    ["null in text", "null", "format", /the document is null; want an object/],
    ["a list", [], "format", /the document is an array of 0; want an object/],
    ["no pieces", {}, "format", /256 of the 256 bytes are no pieces, the first of them 0/],
    ["a byte that is missing", bytePieceFileWithout(0x41), "format", /1 of the 256 bytes .* 65$/],
    [
      "an entry that is no list",
      changed({ 0: 3, 1: "", 2: 1 }),
      "format",
      /^"AA==" is .* want an id, a text/,
    ],
    ["an entry of two", changed([3, 1]), "format", /^"AA==" is an array of 2/],
    ["an entry of many", changed(Object.assign([], { length: 2 ** 31 })), "format", /an array of 2147483648/],
    ["null for an entry", changed(null), "format", /^"AA==" is null/],
    ["a number in place of the text", changed([3, 4, 5]), "format", /^"AA==" is an array of 3/],
    [
      "an id in text",
      changed(["3", "", 1]),
      "format",
      /^"AA=="\[0\] is "3"; want an id of its own from 3 to 261/,
    ],
    ["the id of a special token", changed([2, "", 1]), "format", /^"AA=="\[0\] is 2/],
    ["a negative id", changed([-1, "", 1]), "format", /^"AA=="\[0\] is -1/],
    ["half an id", changed([3.5, "", 1]), "format", /^"AA=="\[0\] is 3.5/],
    ["a huge id", changed([2 ** 31, "", 1]), "format", /^"AA=="\[0\] is 2147483648/],
    ["an id beyond the pieces", changed([3 + 259, "", 1]), "format", /^"AA=="\[0\] is 262/],
    ["an id twice", changed([4, "", 1]), "format", /\[0\] is 4; want an id of its own/],
    ["NaN for an id", changed([Number.NaN, "", 1]), "format", /\[0\] is NaN/],
    ["a frequency of 0", changed([3, "", 0]), "format", /^"AA=="\[2\] is 0; want a positive number/],
    ["a negative frequency", changed([3, "", -5]), "format", /^"AA=="\[2\] is -5/],
    ["an infinite frequency", changed([3, "", Infinity]), "format", /^"AA=="\[2\] is Infinity/],
    ["NaN for a frequency", changed([3, "", Number.NaN]), "format", /^"AA=="\[2\] is NaN/],
    ["a frequency in text", changed([3, "", "9"]), "format", /^"AA=="\[2\] is "9"/],
    ["a frequency of 2 ** 64 as a bigint", changed([3, "", 2n ** 64n]), "format", /of the type bigint/],
    [
      "frequencies without a sum",
      bytePieceFile([[1], Number.MAX_VALUE], [[2], Number.MAX_VALUE]),
      "format",
      /no finite number/,
    ],
    [
      "a name that is not base64",
      changed([3, "", 1], "A"),
      "format",
      /the name "A" is not a piece in base64/,
    ],
    ["a name of other signs", changed([3, "", 1], "A-_="), "format", /the name "A-_="/],
    ["a name with a space", changed([3, "", 1], "A A=="), "format", /the name "A A=="/],
    ["another spelling of a name", changed([3, "", 1], "AB=="), "format", /the name "AB=="/],
    ["an empty name", changed([3, "", 1], ""), "format", /the name "" is not/],
    ["a long name that is none", changed([3, "", 1], "*".repeat(9999)), "format", /^.{40,140}$/],
    ["__proto__ for a name", `{"__proto__": [3, "", 1]}`, "format", /the name "__proto__"/],
    ["constructor for a name", { constructor: [3, "", 1] }, "format", /the name "constructor"/],
    ["pieces that are inherited", Object.create(file), "format", /256 of the 256/],
    ["a map", new Map(Object.entries(file)), "format", /256 of the 256/],
  ])("%s", (_, source, code, message) => {
    const fault = faultOf(source);
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test("or reads, whatever an entry is", () => {
    const entry = fc.oneof(
      fc.anything(),
      fc.tuple(fc.anything(), fc.anything(), fc.anything()),
      fc.tuple(fc.nat(300), fc.string(), fc.double()),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...Object.keys(file))), entry, (name, value) => {
        try {
          readBytePiece({ ...file, [name]: value });
        } catch (error) {
          if (!(error instanceof LatticeError)) throw error;
        }
      }),
    );
  });
});

/** A file in which a byte is missing, with ids without a gap. */
function bytePieceFileWithout(byte: number): object {
  const names = Object.keys(bytePieceFile()).filter((name) => name !== base64(byte));
  return Object.fromEntries(names.map((name, i) => [name, [i + 3, "", 1]]));
}
