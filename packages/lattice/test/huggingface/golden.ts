// The golden tokenizer.json files, put together as tools/golden/make_tokenizer_json.py tells.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { modelBytes } from "@lemmata/data";
import { readSentencePiece } from "../../src/sentencepiece.ts";

/** What Hugging Face's tokenizers makes of a text, or of a pair. */
export interface Result {
  readonly ids: number[];
  readonly bare: number[];
  readonly tokens: string[];
  readonly offsets: number[];
  readonly typeIds: number[];
  readonly texts: number[];
  readonly decoded: string;
  readonly full: string;
}

export interface Row {
  readonly text: string;
  readonly pair: string | null;
  /** The name of a shape stands for that shape's result. */
  readonly by: Readonly<Record<string, Result | string>>;
}

interface TokenizerJson {
  readonly model: { readonly vocab: readonly unknown[] };
}

const read = (file: string): string =>
  gunzipSync(readFileSync(new URL(`../golden/tokenizer-json/${file}`, import.meta.url))).toString();

export const rows: readonly Row[] = read("rows.jsonl.gz")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);

export function resultOf({ by }: Row, shape: string): Result {
  const result = by[shape]!;
  return typeof result === "string" ? (by[result] as Result) : result;
}

const { vocabulary, shapes } = JSON.parse(read("shapes.json.gz")) as {
  vocabulary: unknown[];
  shapes: Record<string, TokenizerJson>;
};

export const shapeNames: readonly string[] = Object.keys(shapes);

/** A tokenizer.json of the golden files, as text. */
export function tokenizerJson(shape: string): string {
  const json = shapes[shape]!;
  const whole = { ...json, model: { ...json.model, vocab: [...json.model.vocab, ...vocabulary] } };
  return JSON.stringify(whole).replaceAll("@charsmap", charsmap);
}

const charsmap = ((): string => {
  const { rules, replacements } = readSentencePiece(modelBytes("spm_test_model")).normalizer;
  const size = Uint32Array.of(rules.byteLength);
  return Buffer.concat([
    Buffer.from(size.buffer),
    Buffer.from(rules.buffer, rules.byteOffset, rules.byteLength),
    replacements,
  ]).toString("base64");
})();
