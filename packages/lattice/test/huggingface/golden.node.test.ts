import { describe, expect, test } from "vitest";
import { readTokenizerJson } from "../../src/huggingface.ts";
import {
  decode,
  decodeStream,
  emit,
  encode,
  encodeBatch,
  encodeIds,
  encodePair,
  latticeOf,
  type Model,
  viterbi,
} from "../../src/index.ts";
import { PlainSearcher } from "../../src/segment/plain-searcher.ts";
import { resultOf, rows, shapeNames, tokenizerJson } from "./golden.ts";

test("a long text has the ids of its lines, for a model that cuts at spaces", () => {
  const model = readTokenizerJson(tokenizerJson("xlm_r"));
  const lines = rows.filter(
    ({ pair, text }) => pair === null && /^[^<＜]{20,}$/.test(text) && !/^\s|\s$/.test(text),
  );
  const text = lines.map((row) => row.text).join(" ");
  expect(text.length).toBeGreaterThan(15_000);
  const want = lines.flatMap((row) => resultOf(row, "xlm_r").bare);
  expect([...encodeIds(model, text, { specialTokens: false })]).toEqual(want);
  const { ids, pieces, offsets } = encode(model, text, { specialTokens: false });
  expect([...ids]).toEqual(want);
  expect(offsets.at(-1)).toBe(text.length);
  const plain = new PlainSearcher(model);
  plain.search(text, "exact");
  expect([...plain.ids()]).toEqual(want);
  expect(emit(model, viterbi(latticeOf(model, text))).pieces.length).toBe(pieces.length);
});

// Made by tools/golden/make_tokenizer_json.py with tokenizers 0.23.3 for Python.
describe.each(shapeNames)("%s", (shape) => {
  const model = readTokenizerJson(tokenizerJson(shape));
  const single = rows.filter(({ pair }) => pair === null);

  test("ids, pieces and offsets are Hugging Face's on every text, with the kernel and without", () => {
    const plain = new PlainSearcher(model);
    for (const row of single) {
      const { ids, bare, tokens, offsets } = resultOf(row, shape);
      const { text } = row;
      const got = encode(model, text);
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces: tokens });
      expect({ text, offsets: [...got.offsets] }).toEqual({ text, offsets });
      expect([...encodeIds(model, text)]).toEqual(ids);
      expect({ text, bare: [...encodeIds(model, text, { specialTokens: false })] }).toEqual({ text, bare });
      plain.search(text, "exact");
      expect([...plain.ids()]).toEqual(bare);
      expect([...emit(model, viterbi(latticeOf(model, text))).ids]).toEqual(bare);
    }
  });

  test("a batch is its texts one by one", () => {
    const texts = single.map(({ text }) => text);
    const { ids, rowStart } = encodeBatch(model, texts);
    expect(texts.map((_, i) => [...ids.subarray(rowStart[i], rowStart[i + 1])])).toEqual(
      single.map((row) => resultOf(row, shape).ids),
    );
  });

  test("pairs are put together as Hugging Face does", () => {
    for (const row of rows) {
      if (row.pair === null) continue;
      const { ids, bare, tokens, offsets, typeIds, texts } = resultOf(row, shape);
      const got = encodePair(model, row.text, row.pair);
      expect({
        ids: [...got.ids],
        tokens: got.pieces,
        offsets: [...got.offsets],
        typeIds: [...got.typeIds],
        texts: [...got.texts],
      }).toEqual({ ids, tokens, offsets, typeIds, texts });
      expect([...encodePair(model, row.text, row.pair, { specialTokens: false }).ids]).toEqual(bare);
    }
  });

  test("ids decode to Hugging Face's text, with special tokens and without", () => {
    for (const row of rows) {
      const { ids, decoded, full } = resultOf(row, shape);
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
      expect({ ids, decoded: streamed(model, ids) }).toEqual({ ids, decoded });
      expect({ ids, full: decode(model, ids, { specialTokens: true }) }).toEqual({ ids, full });
    }
  });

  test("the model survives structuredClone, and encodes alike", () => {
    const clone = structuredClone(model);
    expect(clone).toEqual(model);
    for (const { text } of single.slice(0, 60)) expect(encode(clone, text)).toEqual(encode(model, text));
  });
});

/** The text of ids that come one by one. */
function streamed(model: Model, ids: readonly number[]): string {
  const stream = decodeStream(model);
  return ids.map((id) => stream.push(id)).join("") + stream.end();
}
