import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { textLines, type TextName } from "@lemmata/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBytePiece } from "../../src/bytepiece.ts";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { encodeIds, encodeStream, type Model } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { rows as jsonRows, shapeNames, tokenizerJson } from "../huggingface/golden.ts";
import { rows as subwordRows, shapes } from "../huggingface/subword-golden.ts";

const golden = (file: string): Uint8Array => gunzipSync(readFileSync(new URL(`../golden/${file}`, import.meta.url)));
const textsOf = (file: string): string[] =>
  golden(file)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text?: string }).text)
    .filter((text) => text !== undefined);
const single = (rows: readonly { readonly text: string; readonly pair: string | null }[]): string[] =>
  rows.filter(({ pair }) => pair === null).map(({ text }) => text);

const cases: [name: string, read: () => Model, texts: readonly string[]][] = [
  ...shapeNames.map((name): (typeof cases)[0] => [
    name,
    () => readTokenizerJson(tokenizerJson(name)),
    single(jsonRows),
  ]),
  ...Object.entries(shapes).map(([name, shape]): (typeof cases)[0] => [
    name,
    () => readTokenizerJson(shape),
    single(subwordRows),
  ]),
  ...readdirSync(new URL("../golden/bpe-variants/", import.meta.url))
    .filter((file) => file.endsWith(".model.gz"))
    .map((file): (typeof cases)[0] => [
      `BPE ${file.replace(".model.gz", "")}`,
      () => readSentencePiece(golden(`bpe-variants/${file}`)),
      textsOf(`bpe-variants/${file.replace(".model.gz", ".jsonl.gz")}`),
    ]),
  [
    "BytePiece",
    () => readBytePiece(JSON.parse(golden("bytepiece/model.json.gz").toString()) as object),
    textsOf("bytepiece/rows.jsonl.gz"),
  ],
];

const books: readonly TextName[] = ["botchan", "sanguo_40", "wagahaiwa_nekodearu"];
const report: string[] = [];

test.each(cases)("%s", (name, read, texts) => {
  const model = read();
  let stream: ReturnType<typeof encodeStream>;
  try { stream = encodeStream(model); } catch (e) { report.push(`${name}: ${(e as Error).message}`); return; }
  let seed = 1;
  const rand = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const run = (text: string, size: number): [number[], number] => {
    const ids: number[] = [];
    let most = 0;
    for (let at = 0; at < text.length; ) {
      const n = 1 + Math.floor(rand() * size);
      for (const id of stream.push(text.slice(at, at + n))) ids.push(id);
      most = Math.max(most, stream.pending);
      at += n;
    }
    for (const id of stream.end()) ids.push(id);
    return [ids, most];
  };
  let bad = 0;
  for (const text of [...texts, texts.join(" "), texts.join("\n")]) for (const size of [7]) {
    const [ids] = run(text, size);
    const want = [...encodeIds(model, text)];
    if (JSON.stringify(ids) !== JSON.stringify(want)) { if (bad++ < 3) expect.soft({ text: text.slice(0,300), ids }).toEqual({ text: text.slice(0,300), ids: want }); }
  }
  const most: number[] = [];
  for (const book of books) {
    const text = textLines(book).join("\n");
    const t0 = performance.now();
    const [ids, m] = run(text, 60);
    const t1 = performance.now();
    const want = encodeIds(model, text);
    const t2 = performance.now();
    most.push(m, Math.round(t1-t0), Math.round(t2-t1));
    let same = ids.length === want.length;
    for (let i = 0; same && i < want.length; i++) same = ids[i] === want[i];
    expect.soft(same).toBe(true);
  }
  report.push(`${name}: bad ${bad}, pending ${most.join(" ")}`);
}, 200000);
test("report", () => { console.log(report.join("\n")); });
