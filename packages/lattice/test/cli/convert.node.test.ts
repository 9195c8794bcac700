import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { readCompiledModel } from "../../src/compiled.ts";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { encode } from "../../src/index.ts";
import { readSentencePiece, writeSentencePiece } from "../../src/sentencepiece.ts";
import { shapeNames, tokenizerJson } from "../huggingface/golden.ts";
import { modelPath, run, temporaryDirectory } from "./run.ts";

const model = readSentencePiece(modelBytes("spm_test_model"));
const variant = (name: string): string =>
  fileURLToPath(new URL(`../golden/variants/${name}.model`, import.meta.url));

describe("the format", () => {
  test.each<[string, string[]]>([
    ["tokenizer.json", []],
    ["TOKENIZER.JSON", []],
    ["out", ["--to", "tokenizer-json"]],
    ["out.model", ["--to", "tokenizer-json"]],
  ])("tokenizer.json: %s %j", (name, options) => {
    const path = temporaryDirectory();
    const { status, text, stderr } = run(["convert", modelPath("spm_test_model"), path(name), ...options]);
    expect({ status, text, stderr }).toEqual({ status: 0, text: "", stderr: "" });
    expect(readFileSync(path(name), "utf8")).toBe(writeTokenizerJson(model));
    expect(readdirSync(path("."))).toEqual([name]);
  });

  test.each<[string, string[]]>([
    ["out.model", []],
    ["out.json", ["--to", "sentencepiece"]],
  ])("SentencePiece: %s %j", (name, options) => {
    const path = temporaryDirectory();
    expect(run(["convert", modelPath("spm_test_model"), path(name), ...options]).status).toBe(0);
    expect(readSentencePiece(readFileSync(path(name)))).toEqual(model);
  });

  test("may be the one and then the other: BPE in a tokenizer.json is a .model again", () => {
    const path = temporaryDirectory();
    const file = new URL("../golden/bpe-variants/llama.model.gz", import.meta.url);
    const llama = readSentencePiece(gunzipSync(readFileSync(file)));
    writeFileSync(path("llama.model"), writeSentencePiece(llama));
    for (const [from, to] of [
      ["llama.model", "tokenizer.json"],
      ["tokenizer.json", "again.model"],
    ] as const)
      // prettier-ignore
      expect(run(["convert", path(from), path(to)])).toMatchObject({ status: 0, stderr: "" });
    const again = readSentencePiece(readFileSync(path("again.model")));
    expect({ ...again, subword: null, unkSurface: "" }).toEqual({ ...llama, subword: null, unkSurface: "" });
    expect(encode(again, "Hello world 漢🍣").ids).toEqual(encode(llama, "Hello world 漢🍣").ids);
  });

  test("compiled: out.lattice, which the other commands read", () => {
    const path = temporaryDirectory();
    expect(run(["convert", modelPath("spm_test_model"), path("out.lattice")]).status).toBe(0);
    expect(readCompiledModel(readFileSync(path("out.lattice")))).toEqual(model);
    const idsWith = (file: string): string => run(["encode", "--model", file], "Hello world\n").text;
    expect(idsWith(path("out.lattice"))).toBe(idsWith(modelPath("spm_test_model")));
    expect(run(["inspect", "--model", path("out.lattice")]).text).toContain("compiled model, ");
    expect(run(["convert", path("out.lattice"), path("out.model")]).status).toBe(0);
    expect(readSentencePiece(readFileSync(path("out.model")))).toEqual(model);
  });

  test("of the input is seen from its contents, and a tokenizer.json is written again", () => {
    const path = temporaryDirectory();
    const json = tokenizerJson(shapeNames[0]!);
    writeFileSync(path("some.model"), json);
    expect(run(["convert", path("some.model"), path("out.json")]).status).toBe(0);
    expect(readTokenizerJson(readFileSync(path("out.json")))).toEqual(readTokenizerJson(json));
  });
});

test("the output may be the input, and what a link leads to", () => {
  const path = temporaryDirectory();
  writeFileSync(path("file"), modelBytes("spm_test_model"));
  symlinkSync("file", path("link.json"));
  expect(run(["convert", path("file"), path("link.json")]).status).toBe(0);
  expect(readTokenizerJson(readFileSync(path("file")))).toEqual(readTokenizerJson(writeTokenizerJson(model)));
  expect(readdirSync(path(".")).sort()).toEqual(["file", "link.json"]);
});

describe("what cannot be done is said in one line, and leaves what was there", () => {
  test.each([
    [
      "suffix",
      "out.json",
      "cannot be written as tokenizer-json: a tokenizer.json cannot express marks after words",
    ],
    ["unused", "out.json", "(unsupported, at 3)"],
  ])("a model that the format cannot express: %s", (name, out, message) => {
    const path = temporaryDirectory();
    writeFileSync(path(out), "before");
    const { status, stderr } = run(["convert", variant(name), path(out)]);
    expect(stderr).toMatch(/^lemmata-lattice: [^\n]+$/);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
    expect(readFileSync(path(out), "utf8")).toBe("before");
  });

  test("a tokenizer.json with steps of its own has no SentencePiece file", () => {
    const path = temporaryDirectory();
    writeFileSync(path("tokenizer.json"), tokenizerJson(shapeNames[0]!));
    const { status, stderr } = run(["convert", path("tokenizer.json"), path("out.model")]);
    expect(stderr).toMatch(
      /tokenizer\.json cannot be written as sentencepiece: [^\n]+ the normalizer and decoder [^\n]+ \(unsupported\)$/,
    );
    expect(status).toBe(1);
    expect(existsSync(path("out.model"))).toBe(false);
  });

  test("an input that is no model, or not there", () => {
    const path = temporaryDirectory();
    writeFileSync(path("page.model"), "<!doctype html>");
    expect(run(["convert", path("page.model"), path("out.json")]).stderr).toMatch(
      /page\.model: the file is a web page/,
    );
    const { status, stderr } = run(["convert", path("missing"), path("out.json")]);
    expect(stderr).toMatch(/^lemmata-lattice: no such file or directory, open [^\n]+$/);
    expect(status).toBe(1);
    expect(readdirSync(path("."))).toEqual(["page.model"]);
  });

  test("an output that is a directory, or in none", () => {
    const path = temporaryDirectory();
    for (const out of [path("."), path("no/out")]) {
      const args = ["convert", modelPath("spm_test_model"), out, "--to", "sentencepiece"];
      expect(run(args)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^lemmata-lattice: [^\n]+$/) as string,
      });
    }
    expect(statSync(path(".")).isDirectory()).toBe(true);
  });

  test.each([
    [[], "two file names are needed, INPUT and OUTPUT; got 0"],
    [["a"], "OUTPUT; got 1"],
    [["a", "b.json", "c"], "OUTPUT; got 3"],
    [["a", "b"], "the name b tells no format: --to FORMAT is needed, one of sentencepiece, tokenizer-json"],
    [["a", "b.json", "--to", "onnx"], 'no format "onnx"; there are sentencepiece, tokenizer-json'],
    [["a", "b.json", "--model", "c"], "Unknown option '--model'"],
  ])("a command line that cannot be understood: %j", (args, message) => {
    const { status, text, stderr } = run(["convert", ...args]);
    expect(stderr).toContain(message);
    expect({ status, text }).toEqual({ status: 2, text: "" });
  });
});
