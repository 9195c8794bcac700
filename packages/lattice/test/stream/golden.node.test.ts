import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { textLines, type TextName } from "@lemmata/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBytePiece } from "../../src/bytepiece.ts";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { encodeIds, type Model } from "../../src/index.ts";
import { type EncodeStream, encodeStream } from "../../src/stream.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { rows as jsonRows, shapeNames, tokenizerJson } from "../huggingface/golden.ts";
import { rows as subwordRows, shapes } from "../huggingface/subword-golden.ts";

const golden = (file: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../golden/${file}`, import.meta.url)));
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

/** Characters of each book; `BOOKS=whole` takes all of them. */
const SLICE = process.env["BOOKS"] === "whole" ? Infinity : 30_000;
const books: readonly TextName[] = ["botchan", "sanguo_40", "wagahaiwa_nekodearu"];

/** Why there is no stream for a model, by name. */
const refused: Readonly<Record<string, RegExp>> = {
  deberta_v3: /nothing cuts this unigram model's text/,
  byte_fallback: /nothing cuts this unigram model's text/,
  never_split: /nothing cuts this unigram model's text/,
  contiguous: /cannot be searched for .*\(\?<=a\)/,
  "BPE unused": /piece 9 is not in use and made by several merges/,
};

/** The ids of a text in parts of these lengths, over and over, and how much waited at most. */
function streamed(
  stream: EncodeStream,
  text: string,
  lengths: readonly number[],
): [ids: number[], most: number] {
  const ids: number[] = [];
  let most = 0;
  for (let at = 0, i = 0; at < text.length; at += lengths[i++ % lengths.length]!) {
    for (const id of stream.push(text.slice(at, at + lengths[i % lengths.length]!))) ids.push(id);
    most = Math.max(most, stream.pending);
  }
  for (const id of stream.end()) ids.push(id);
  return [ids, most];
}

const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 });

describe.each(cases)("%s", (name, read, texts) => {
  if (refused[name] !== undefined) {
    test("is refused by name", () => {
      expect(() => encodeStream(read())).toThrow(
        expect.objectContaining({ code: "unsupported", message: expect.stringMatching(refused[name]!) }),
      );
    });
    return;
  }
  const model = read();
  const stream = encodeStream(model);

  test("all golden texts in parts of any length have the ids of the whole, one by one and together", () => {
    const all = [...texts, texts.join(" "), texts.join("\n")].map(
      (text) => [text, [...encodeIds(model, text)]] as const,
    );
    fc.assert(
      fc.property(lengths, (parts) => {
        for (const [text, ids] of all)
          expect({ parts, text, ids: streamed(stream, text, parts)[0] }).toEqual({ parts, text, ids });
      }),
      { numRuns: 3, seed: 7 },
    );
  });

  test("so have books, and what waits is no longer than a paragraph", () => {
    for (const book of books) {
      const text = textLines(book).join("\n").slice(0, SLICE);
      const whole = encodeIds(model, text);
      fc.assert(
        fc.property(lengths, (parts) => {
          const [ids, most] = streamed(stream, text, parts);
          expect(Buffer.compare(Buffer.from(Int32Array.from(ids).buffer), Buffer.from(whole.buffer))).toBe(0);
          // One shape cuts at spaces and nowhere else, of which Japanese has none.
          if (book !== "wagahaiwa_nekodearu") expect(most).toBeLessThan(9000);
        }),
        { numRuns: 1, seed: 11 },
      );
    }
  });
});
