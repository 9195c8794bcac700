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

  test("inspect tells how texts are cut and padded", () => {
    const json = JSON.parse(tokenizerJson(shape)) as object;
    const truncation = { max_length: 512, stride: 8, strategy: "LongestFirst", direction: "Left" };
    const padding = {
      strategy: { Fixed: 64 },
      direction: "Right",
      pad_to_multiple_of: 8,
      pad_id: 0,
      pad_type_id: 1,
      pad_token: "<pad>",
    };
    const args = ["inspect", "--model", modelFile(JSON.stringify({ ...json, truncation, padding }))];
    expect(run(args).text).toMatch(/^truncation +to 512 ids, stride 8, longest_first, on the left$/m);
    expect(run(args).text).toMatch(/^padding +to 64 ids, in multiples of 8, on the right, type id 1$/m);
    expect(run(args).text).toMatch(/^special pieces .*pad <pad> \(id 0\)$/m);
    expect(JSON.parse(run([...args, "--json"]).text)).toMatchObject({
      special: { pad: { id: 0, piece: "<pad>" } },
      pipeline: { truncation: { maxLength: 512 }, padding: { to: 64 } },
    });
    const plain = run(["inspect", "--model", modelFile()]).text;
    expect(plain).toMatch(/^truncation +none$/m);
    expect(plain).toMatch(/^padding +none$/m);
  });

  test("a tokenizer.json names no beginning of a sentence to put before a text", () => {
    const { status, stderr } = run(["encode", "--bos", "--model", modelFile()], input);
    expect(status).toBe(2);
    expect(stderr).toContain("--bos: the model's file names no such piece");
  });

  test("one that is damaged is named, with the place in it", () => {
    const model = modelFile('{"model": {"type": "Unigram", "vocab": [["a"]]}}');
    const { status, stderr } = run(["inspect", "--model", model]);
    expect(stderr).toMatch(/^lemmata-lattice: [^\n]*model: [^\n]*vocab[^\n]* \(format[^\n]*\)$/);
    expect(status).toBe(1);
  });
});
