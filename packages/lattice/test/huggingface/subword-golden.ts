// The golden BPE and WordPiece tokenizer.json files, made by tools/golden/make_subword_json.py.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Row } from "./golden.ts";

const read = (file: string): string =>
  gunzipSync(readFileSync(new URL(`../golden/subword-json/${file}`, import.meta.url))).toString();

export const shapes = JSON.parse(read("shapes.json.gz")) as Readonly<Record<string, object>>;

export const rows: readonly Row[] = read("rows.jsonl.gz")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);
