import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { resultOf, rows, shapeNames, tokenizerJson } from "../huggingface/golden.ts";
import { run, temporaryDirectory } from "./run.ts";

const shape = shapeNames[0]!;
const lines = rows.filter(({ text, pair }) => pair === null && text.isWellFormed() && !/[\r\n]/.test(text));
const input = lines.map(({ text }) => `${text}\n`).join("");
const results = lines.map((row) => resultOf(row, shape));
const written = (which: "ids" | "bare"): string =>
  results.map((result) => `${result[which].join(" ")}\n`).join("");

function modelFile(json = tokenizerJson(shape)): string {
  const path = temporaryDirectory();
  writeFileSync(path("model"), json);
  return path("model");
}

describe("a tokenizer.json is known by its contents", () => {
  test("encode gives Hugging Face's ids, with special tokens and without", () => {
    const args = ["encode", "--model", modelFile(` \n${tokenizerJson(shape)}`)];
    expect(lines.length).toBeGreaterThan(100);
    expect(run(args, input).text).toBe(written("ids"));
    expect(run([...args, "--no-special-tokens", "--threads", "2"], input).text).toBe(written("bare"));
  });

  test("decode gives Hugging Face's text, without special tokens and with them", () => {
    const args = ["decode", "--model", modelFile()];
    const oneLine = (text: string): boolean => !text.includes("\n");
    const kept = results.filter(({ decoded, full }) => oneLine(decoded) && oneLine(full));
    const ids = kept.map((result) => `${result.ids.join(" ")}\n`).join("");
    expect(run(args, ids).text).toBe(kept.map(({ decoded }) => `${decoded}\n`).join(""));
    const { text } = run([...args, "--special-tokens"], ids);
    expect(text).toBe(kept.map(({ full }) => `${full}\n`).join(""));
  });

  test("lattice shows the text between the special tokens", () => {
    const row = lines.find(({ text }) => /^[a-z ]{8,}$/i.test(text));
    const args = ["lattice", "--model", modelFile(), "--format", "json", "--text", row!.text];
    const { arcs } = JSON.parse(run(args).text) as { arcs: { id: number; best: boolean }[] };
    const best = arcs.filter((arc) => arc.best).map(({ id }) => id);
    expect(best).toEqual(resultOf(row!, shape).bare);
  });

  test("inspect names its steps", () => {
    const args = ["inspect", "--model", modelFile()];
    expect(run(args).text).toMatch(/^pre-tokenisers +\S/m);
    const about = JSON.parse(run([...args, "--json"]).text) as object;
    expect(about).toMatchObject({ format: "tokenizer.json", normalizer: null });
    expect(about).toHaveProperty("pipeline.around", expect.arrayContaining(["text"]));
  });

  test("one that is damaged is named, with the place in it", () => {
    const model = modelFile('{"model": {"type": "Unigram", "vocab": [["a"]]}}');
    const { status, stderr } = run(["inspect", "--model", model]);
    expect(stderr).toMatch(/^lemmata-lattice: [^\n]*model: [^\n]*vocab[^\n]* \(format[^\n]*\)$/);
    expect(status).toBe(1);
  });
});
