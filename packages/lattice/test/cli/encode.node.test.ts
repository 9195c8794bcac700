import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes, textLines } from "@lemmata/data";
import { readNpy } from "@lemmata/testing/command";
import { describe, expect, test } from "vitest";
import { encode, encodeIds } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { modelPath, run, temporaryDirectory } from "./run.ts";

const english = ["--model", modelPath("trained_en_8000")];
const model = readSentencePiece(modelBytes("trained_en_8000"));
const book = textLines("botchan");
const text = book.join("\n");
const ids = book.map((line) => [...encodeIds(model, line)]);
const rowsOf = (output: string): number[][] =>
  output
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ").map(Number));

test.each<[ModelName, string]>([
  ["spm_test_model", "spm_test_model.botchan"],
  ["trained_en_8000", "trained_en_8000.botchan"],
  ["trained_zh_8000", "trained_zh_8000.sanguo"],
  ["spm_test_ja_model", "spm_test_ja_model.wagahai"],
])("with %s, the ids of each line are SentencePiece's, from standard input and from files", (name, file) => {
  const golden = gunzipSync(readFileSync(new URL(`../golden/${file}.jsonl.gz`, import.meta.url)));
  const rows = golden
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { text?: string; ids: number[] })
    .filter((row): row is { text: string; ids: number[] } => row.text !== undefined)
    .filter((row) => !/[\r\n]/.test(row.text) && row.text.isWellFormed());
  expect(rows.length).toBeGreaterThan(500);
  const lines = rows.map((row) => `${row.text}\n`);
  const want = rows.map((row) => `${row.ids.join(" ")}\n`).join("");
  expect(run(["encode", "--model", modelPath(name)], lines.join("")).text).toBe(want);

  const path = temporaryDirectory();
  const half = lines.length >> 1;
  writeFileSync(path("a"), lines.slice(0, half).join(""));
  writeFileSync(path("b"), lines.slice(half).join(""));
  expect(run(["encode", "--model", modelPath(name), path("a"), path("b")]).text).toBe(want);
});

test("--bos and --eos put the pieces of that name around each line, in every format and thread", () => {
  const lines = book.slice(0, 100);
  for (const [flags, options] of [
    [["--bos"], { bos: true }],
    [["--eos", "--threads", "2"], { eos: true }],
    [["--bos", "--eos"], { bos: true, eos: true }],
  ] as const) {
    const want = lines.map((line) => [...encodeIds(model, line, options)]);
    expect(rowsOf(run(["encode", ...english, ...flags], lines.join("\n")).text)).toEqual(want);
    const pieces = lines.map((line) => `${encode(model, line, options).pieces.join(" ")}\n`).join("");
    expect(run(["encode", ...english, ...flags, "--format", "pieces"], lines.join("\n")).text).toBe(pieces);
  }
});

describe("the formats", () => {
  test("pieces are those of encode, with spaces between them", () => {
    const want = book.map((line) => `${encode(model, line).pieces.join(" ")}\n`).join("");
    expect(run(["encode", ...english, "--format", "pieces"], text).text).toBe(want);
  });

  test("jsonl has what encode returns", () => {
    const { text: output } = run(["encode", ...english, "--format", "jsonl"], `${text}\n\nnaïve 🙂 text`);
    const got = output.trimEnd().split("\n");
    [...book, "", "naïve 🙂 text"].forEach((line, i) => {
      const { ids: wanted, pieces, offsets, score } = encode(model, line);
      expect(JSON.parse(got[i]!)).toEqual({ ids: [...wanted], pieces, offsets: [...offsets], score });
    });
  });

  test("u16 and u32 are all ids end to end, little-endian", () => {
    const wide = run(["encode", ...english, "--format", "u32"], text).stdout;
    expect(Array.from({ length: wide.length / 4 }, (_, i) => wide.readUInt32LE(4 * i))).toEqual(ids.flat());
    const narrow = run(["encode", ...english, "--format", "u16"], text).stdout;
    expect(Array.from({ length: narrow.length / 2 }, (_, i) => narrow.readUInt16LE(2 * i))).toEqual(
      ids.flat(),
    );
  });

  test("npy is an array of all ids, and one of where each line begins", () => {
    const path = temporaryDirectory();
    const args = ["--format", "npy", "--output", path("ids.npy"), "--threads", "2"];
    expect(run(["encode", ...english, ...args], `\n${text}`)).toMatchObject({ status: 0, text: "" });
    const flat = readNpy(readFileSync(path("ids.npy")));
    expect(flat).toEqual({ type: "<u2", values: ids.flat() });
    const starts = readNpy(readFileSync(path("ids.rows.npy")));
    expect(starts.type).toBe("<i8");
    const rows = starts.values.slice(1).map((stop, i) => flat.values.slice(starts.values[i], stop));
    expect(rows).toEqual([[], ...ids]);
  });

  test("npy of no lines is an empty array with one boundary", () => {
    const path = temporaryDirectory();
    run(["encode", ...english, "--format", "npy", "--output", path("none")]);
    expect(readNpy(readFileSync(path("none")))).toEqual({ type: "<u2", values: [] });
    expect(readNpy(readFileSync(path("none.rows.npy")))).toEqual({ type: "<i8", values: [0] });
  });

  test.each(["ids", "pieces", "jsonl", "u16"])("two threads write the bytes of one, as %s", (format) => {
    const long = Array.from({ length: 6 }, () => text).join("\r\n");
    const args = ["encode", ...english, "--format", format];
    const { stdout } = run(args, long);
    expect(stdout.length).toBeGreaterThan(5e5);
    expect(run([...args, "--threads", "2"], long).stdout.equals(stdout)).toBe(true);
    expect(run([...args, "--threads", "5"], long).stdout.equals(stdout)).toBe(true);
  });
});

describe("lines", () => {
  test("may end with LF or CR LF, and the last with nothing", () => {
    const want = "111 7919 345\n\n111 7919 345\n";
    for (const input of ["Hello world\n\nHello world\n", "Hello world\r\n\r\nHello world"])
      expect(run(["encode", ...english], input).text).toBe(want);
  });

  test("of one file do not run on into the next", () => {
    const path = temporaryDirectory();
    writeFileSync(path("a"), "Hello world");
    expect(run(["encode", ...english, path("a"), "-", path("a")], "Hello").text).toBe(
      "111 7919 345\n111 7919\n111 7919 345\n",
    );
  });

  test("that are empty stay empty lines", () => {
    expect(run(["encode", ...english], "\n\n").text).toBe("\n\n");
    expect(run(["encode", ...english, "--format", "pieces"], "\n").text).toBe("\n");
    expect(run(["encode", ...english], "").text).toBe("");
  });

  test("may be of any length", () => {
    const line = "understanding ".repeat(100_000);
    const { text: output } = run(["encode", ...english, "--threads", "2"], `a\n${line}\nb`);
    expect(rowsOf(output)).toEqual(["a", line, "b"].map((one) => [...encodeIds(model, one)]));
  });

  test("of bytes that are not UTF-8 are read with U+FFFD", () => {
    const bytes = Buffer.concat([Buffer.from([0x61, 0xff, 0x61, 0xe3, 0x81, 0x0a]), Buffer.from("Hello")]);
    expect(rowsOf(run(["encode", ...english], bytes).text)).toEqual(
      ["a\ufffda\ufffd", "Hello"].map((one) => [...encodeIds(model, one)]),
    );
  });
});
