// Every model of the golden folders, with the texts and ids of its rows.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes } from "@lemmata/data";
import { readBytePiece } from "../../src/bytepiece.ts";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { type Model, modelFromPieces } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { resultOf, type Row, rows as jsonRows, shapeNames, tokenizerJson } from "../huggingface/golden.ts";

export interface GoldenModel {
  readonly name: string;
  readonly read: () => Model;
  readonly rows: () => readonly { readonly text: string; readonly ids: readonly number[] }[];
}

const golden = new URL("../golden/", import.meta.url);
const bytesOf = (file: string): Buffer => {
  const bytes = readFileSync(new URL(file, golden));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};
const linesOf = (file: string): unknown[] =>
  bytesOf(file)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

type TextRow = ReturnType<GoldenModel["rows"]>[number];
/** Rows of random ids have no text. */
const textRows = (file: string): TextRow[] =>
  (linesOf(file) as TextRow[]).filter(({ text }) => text !== undefined);

const bundled = readdirSync(golden)
  .filter((file) => file.endsWith(".jsonl.gz"))
  .map((file): GoldenModel => {
    const name = file.slice(0, file.indexOf(".")) as ModelName;
    return { name, read: () => readSentencePiece(modelBytes(name)), rows: () => textRows(file) };
  });

const variants = ["variants", "bpe-variants"].flatMap((folder) =>
  readdirSync(new URL(folder, golden))
    .filter((file) => /\.model(\.gz)?$/.test(file))
    .map((file): GoldenModel => ({
      name: `${folder}/${file}`,
      read: () => readSentencePiece(bytesOf(`${folder}/${file}`)),
      rows: () => textRows(`${folder}/${file.replace(/\.model(\.gz)?$/, ".jsonl.gz")}`),
    })),
);

const resultsOf = (rows: readonly Row[], shape: string): TextRow[] =>
  rows.filter(({ pair }) => pair === null).map((row) => ({ text: row.text, ids: resultOf(row, shape).ids }));

const unigramJson = shapeNames.map((shape): GoldenModel => ({
  name: `tokenizer-json/${shape}`,
  read: () => readTokenizerJson(tokenizerJson(shape)),
  rows: () => resultsOf(jsonRows, shape),
}));

const shapes = JSON.parse(bytesOf("subword-json/shapes.json.gz").toString()) as Record<string, object>;
const subwordJson = Object.keys(shapes).map((shape): GoldenModel => ({
  name: `subword-json/${shape}`,
  read: () => readTokenizerJson(shapes[shape]!),
  rows: () => resultsOf(linesOf("subword-json/rows.jsonl.gz") as Row[], shape),
}));

const bytePieceRows = linesOf("bytepiece/rows.jsonl.gz") as TextRow[];
const bytePiece: GoldenModel = {
  name: "bytepiece",
  read: () => readBytePiece(bytesOf("bytepiece/model.json.gz")),
  rows: () => bytePieceRows.filter(({ text, ids }) => text !== undefined && ids !== undefined),
};

const pieces: GoldenModel = {
  name: "pieces of one's own",
  read: () => modelFromPieces({ watch: -1, ing: -2, w: -1, atching: -9 }),
  rows: () => [{ text: "watching", ids: [0, 1] }],
};

export const goldenModels: readonly GoldenModel[] = [
  ...bundled,
  ...variants,
  ...unigramJson,
  ...subwordJson,
  bytePiece,
  pieces,
];
