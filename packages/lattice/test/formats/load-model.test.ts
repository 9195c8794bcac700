import { describe, expect, test } from "vitest";
import { writeCompiledModel } from "../../src/compiled.ts";
import { loadModel } from "../../src/formats.ts";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { modelFromPieces } from "../../src/index.ts";
import { readSentencePiece, writeSentencePiece } from "../../src/sentencepiece.ts";
import { small } from "../huggingface/small.ts";

const utf8 = new TextEncoder();
const spm = writeSentencePiece(modelFromPieces({ "<unk>": -12, a: -2, b: -1 }));

describe("a model is read whatever its format", () => {
  test("SentencePiece's bytes", () => {
    expect(loadModel(spm)).toEqual(readSentencePiece(spm));
    expect(loadModel(spm.slice().buffer)).toEqual(readSentencePiece(spm));
  });

  test("a tokenizer.json as bytes, text or document", () => {
    const want = readTokenizerJson(small());
    const text = JSON.stringify(small(), null, 2);
    const far = `\n${" ".repeat(200)}${text}`;
    for (const source of [
      small(),
      text,
      far,
      utf8.encode(text),
      utf8.encode(`\ufeff\n${text}`),
      utf8.encode(far),
    ])
      expect(loadModel(source)).toEqual(want);
  });

  test("a compiled model of either", () => {
    for (const model of [readSentencePiece(spm), readTokenizerJson(small())])
      expect(loadModel(writeCompiledModel(model))).toEqual(model);
  });

  test("a SentencePiece file that begins like JSON, with a first piece of 123 bytes", () => {
    // The line feed is the tag of a piece, and the brace its size.
    const name = "x".repeat(123 - 2 - 5);
    const piece = Uint8Array.of(0x0a, name.length, ...utf8.encode(name), 0x15, 0, 0, 0x80, 0xbf);
    const file = Uint8Array.of(0x0a, piece.length, ...piece, ...spm);
    expect(String.fromCharCode(file[0]!, file[1]!)).toBe("\n{");
    expect(loadModel(file)).toEqual(readSentencePiece(file));
  });
});

describe("what is no model is told by what it seems to be", () => {
  test.each<[string, string | Uint8Array | object, string]>([
    ["nothing", new Uint8Array(0), "the file is empty"],
    ["no text", "", "the file is empty"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "compressed by gzip"],
    [
      "a Git LFS pointer",
      utf8.encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
      "Git LFS pointer",
    ],
    ["a web page", "\n<!DOCTYPE html><html></html>", "/resolve/, not /blob/"],
    ["a ZIP archive", Uint8Array.of(0x50, 0x4b, 3, 4), "ZIP"],
    ["GGUF", utf8.encode("GGUF\x03"), "GGUF"],
    ["other bytes", Uint8Array.of(0xff, 0, 1), String.raw`it begins with "ÿ\u0000\u0001"`],
    ["other text", "IQ== 0\nIg== 1", 'it begins with "IQ== 0'],
    ["a JSON array", "[1]", 'it begins with "[1]"'],
    ["JSON that is cut short", '{"model": {', "not JSON"],
    [
      "another JSON file",
      '{"bos_token": "<s>", "tokenizer_class": "T5"}',
      'its fields are "bos_token", "tokenizer_class"',
    ],
    ["no fields", {}, "its fields are none"],
  ])("%s", (_, source, message) => {
    const what = expect.stringContaining(message) as string;
    expect(() => loadModel(source)).toThrow(expect.objectContaining({ code: "format", message: what }));
  });

  test.each([undefined, null, 3, true, new Float32Array(4), new DataView(new ArrayBuffer(4))])(
    "%s",
    (source) => {
      expect(() => loadModel(source as object)).toThrow(expect.objectContaining({ code: "argument" }));
    },
  );

  test("a damaged file has its reader's error", () => {
    expect(() => loadModel(spm.subarray(0, 10))).toThrow(/^damaged at byte/);
    expect(() => loadModel({ model: { type: "Unigram", vocab: 3 } })).toThrow(/^model.vocab is 3/);
  });
});
