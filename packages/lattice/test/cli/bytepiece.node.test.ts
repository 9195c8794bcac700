import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { run, temporaryDirectory } from "./run.ts";

const golden = (file: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../golden/bytepiece/${file}`, import.meta.url)));
const lines = golden("rows.jsonl.gz")
  .toString()
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as { text?: string; ids?: number[]; decoded?: string })
  .filter(({ text, ids }) => text !== undefined && ids !== undefined && !/[\r\n]/.test(text));

function modelFile(): string {
  const path = temporaryDirectory();
  writeFileSync(path("bytepiece.model"), golden("model.json.gz"));
  return path("bytepiece.model");
}

test("a BytePiece model is known by its contents, and segments lines as BytePiece does, in threads too", () => {
  const args = ["encode", "--model", modelFile()];
  const input = lines.map(({ text }) => `${text}\n`).join("");
  const ids = lines.map((row) => `${row.ids!.join(" ")}\n`).join("");
  expect(lines.length).toBeGreaterThan(100);
  expect(run(args, input).text).toBe(ids);
  expect(run([...args, "--threads", "2"], input).text).toBe(ids);
  const texts = lines.map(({ decoded }) => `${decoded}\n`).join("");
  expect(run(["decode", "--model", args[2]!], ids).text).toBe(texts);
});

test("inspect names its steps", () => {
  const about = JSON.parse(run(["inspect", "--model", modelFile(), "--json"]).text) as object;
  expect(about).toMatchObject({
    format: "BytePiece",
    kind: "unigram",
    pieces: 3998,
    piecesByType: { normal: 3995, control: 3 },
    pipeline: { normalizers: ["unicode"], splitters: ["split"], around: ["text"], decoders: ["byteNames"] },
  });
});

test("lattice shows edges that begin and end inside a character", () => {
  const args = ["lattice", "--model", modelFile(), "--text", "a🍣", "--format"];
  const { arcs, normalized } = JSON.parse(run([...args, "json"]).text) as {
    arcs: { start: number; end: number; from: number; to: number; piece: string; characters: string }[];
    normalized: string;
  };
  expect(normalized).toBe("a🍣");
  expect(arcs.find(({ start, end }) => start === 2 && end === 3)).toMatchObject({
    from: 1.25,
    to: 1.5,
    piece: "<0x9F>",
    characters: "<0x9F>",
  });
  expect(run([...args, "text"]).text).toMatch(/ <0xF0>\n/);
  for (const format of ["svg", "dot"]) expect(run([...args, format]).text).not.toMatch(/NaN|\ufffd/);
});

test("it is written in no other format", () => {
  const path = temporaryDirectory();
  for (const name of ["out.json", "out.model"]) {
    const { status, stderr } = run(["convert", modelFile(), path(name)]);
    expect(stderr).toContain("has no room for");
    expect(status).toBe(1);
  }
});
