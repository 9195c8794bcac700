import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import {
  countTokens,
  decode,
  decodeStream,
  encode,
  encodeBatch,
  encodeIds,
  encodePair,
  latticeOf,
  type Model,
  type TextLattice,
} from "../../src/index.ts";
import type { Result, Row } from "./golden.ts";
import { rows, shapes } from "./subword-golden.ts";

// Made by tools/golden/make_subword_json.py with tokenizers 0.23.3 for Python.
describe.each(Object.keys(shapes))("%s", (shape) => {
  const model = readTokenizerJson(shapes[shape]!);
  const single = rows.filter(({ pair }) => pair === null);
  const resultOf = ({ by }: Row): Result => by[shape] as Result;

  test("ids, pieces and offsets are Hugging Face's on every text", () => {
    for (const row of single) {
      const { text } = row;
      const { ids, bare, tokens, offsets } = resultOf(row);
      const got = encode(model, text);
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces: tokens });
      expect({ text, offsets: [...got.offsets] }).toEqual({ text, offsets });
      expect({ text, ids: [...encodeIds(model, text)] }).toEqual({ text, ids });
      expect(countTokens(model, text)).toBe(ids.length);
      expect(countTokens(model, text, { specialTokens: false })).toBe(bare.length);
      expect([...encodeIds(model, text, { specialTokens: false })]).toEqual(bare);
    }
  });

  test("a batch is its texts one by one", () => {
    const texts = single.map(({ text }) => text);
    const { ids, rowStart } = encodeBatch(model, texts);
    texts.forEach((text, i) => {
      const row = [...ids.subarray(rowStart[i], rowStart[i + 1])];
      expect({ text, row }).toEqual({ text, row: resultOf(single[i]!).ids });
    });
  });

  test("pairs are put together as Hugging Face does", () => {
    for (const row of rows) {
      if (row.pair === null) continue;
      const { ids, tokens, offsets, typeIds, texts } = resultOf(row);
      const got = encodePair(model, row.text, row.pair);
      expect({
        ids: [...got.ids],
        tokens: got.pieces,
        offsets: [...got.offsets],
        typeIds: [...got.typeIds],
        texts: [...got.texts],
      }).toEqual({ ids, tokens, offsets, typeIds, texts });
    }
  });

  test("ids decode to Hugging Face's text, with special tokens and without", () => {
    for (const row of rows) {
      const { ids, decoded, full } = resultOf(row);
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
      expect({ ids, decoded: streamed(model, ids) }).toEqual({ ids, decoded });
      expect({ ids, full: decode(model, ids, { specialTokens: true }) }).toEqual({ ids, full });
    }
  });

  test("the lattice has the segmentation of BPE among its paths", () => {
    if (model.kind !== "bpe") return;
    for (const row of single.slice(0, 90)) {
      const lattice = latticeOf(model, row.text);
      const { bare } = resultOf(row);
      // Unknown characters in a row are edges each, and one id.
      if (!bare.includes(model.unkId)) expect(idsAlong(lattice, bare)).toBe(true);
    }
  });

  test("the model survives structuredClone, and encodes alike", () => {
    const clone = structuredClone(model);
    for (const { text } of single.slice(0, 60)) expect(encode(clone, text)).toEqual(encode(model, text));
  });
});

/** Whether these labels are those of a path; nodes that they lead to, as a set, since a label may fit in two ways. */
function idsAlong({ length, rowStart, end, label }: TextLattice, ids: readonly number[]): boolean {
  let nodes = new Set([0]);
  for (const id of ids) {
    const after = new Set<number>();
    for (const s of nodes)
      for (let e = rowStart[s]!; s < length && e < rowStart[s + 1]!; e++)
        if (label[e] === id) after.add(end[e]!);
    nodes = after;
  }
  return nodes.has(length);
}

/** The text of ids that come one by one. */
function streamed(model: Model, ids: readonly number[]): string {
  const stream = decodeStream(model);
  return ids.map((id) => stream.push(id)).join("") + stream.end();
}
