import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import {
  countTokens,
  decode,
  encode,
  encodeBatch,
  encodeIds,
  encodePair,
  type Model,
  modelFromPieces,
  type SpecialIds,
} from "../src/index.ts";
import { encodeStream } from "../src/stream.ts";
import { encodeTruncated, modelInputs } from "../src/inputs.ts";
import { readSentencePiece, writeSentencePiece } from "../src/sentencepiece.ts";

// Made by tools/golden/make_special.py with SentencePiece 0.1.97.
interface Case {
  readonly model: string;
  readonly special: SpecialIds;
  readonly rows: readonly {
    readonly text: string;
    readonly bos: boolean;
    readonly eos: boolean;
    readonly ids: number[];
    readonly pieces: string[];
    readonly offsets: number[];
  }[];
}

const cases = gunzipSync(readFileSync(new URL("golden/special/cases.jsonl.gz", import.meta.url)))
  .toString()
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

function modelOf({ model }: Case): Model {
  const real = ["spm_test_model", "trained_en_8000", "trained_zh_8000", "spm_test_ja_model"].includes(model);
  return readSentencePiece(
    real ? modelBytes(model as ModelName) : new Uint8Array(Buffer.from(model, "base64")),
  );
}

describe.each(cases.map((one, i) => [i, one] as const))("file %i", (_, one) => {
  const model = modelOf(one);

  test("the special pieces are those that SentencePiece finds by name", () => {
    expect(model.special).toEqual(one.special);
  });

  test("ids, pieces and offsets have them where SentencePiece puts them", () => {
    for (const { text, bos, eos, ids, pieces, offsets } of one.rows) {
      const options = { bos, eos };
      const got = encode(model, text, options);
      expect({ text, bos, eos, ids: [...got.ids], pieces: got.pieces, offsets: [...got.offsets] }).toEqual({
        text,
        bos,
        eos,
        ids,
        pieces,
        offsets,
      });
      expect([...encodeIds(model, text, options)]).toEqual(ids);
      expect(countTokens(model, text, options)).toBe(ids.length);
    }
  });

  test("a batch and a stream have them around each text", () => {
    for (const bos of [false, true])
      for (const eos of [false, true]) {
        const rows = one.rows.filter((row) => row.bos === bos && row.eos === eos);
        const texts = rows.map(({ text }) => text);
        if (rows.length === 0) continue;
        const { ids, rowStart } = encodeBatch(model, texts, { bos, eos });
        expect(texts.map((__, i) => [...ids.subarray(rowStart[i], rowStart[i + 1])])).toEqual(
          rows.map((row) => row.ids),
        );
        const stream = encodeStream(model, { bos, eos });
        for (const row of rows) {
          const streamed = [...row.text].flatMap((character) => [...stream.push(character)]);
          expect([...streamed, ...stream.end()]).toEqual(row.ids);
        }
      }
  });

  test("asking for one that there is not is refused", () => {
    for (const name of ["bos", "eos"] as const) {
      if (one.special[name] >= 0) continue;
      const options = { [name]: true };
      const calls = [
        () => encode(model, "a", options),
        () => encodeIds(model, "a", options),
        () => countTokens(model, "a", options),
        () => encodeBatch(model, ["a"], options),
        () => encodePair(model, "a", "b", options),
        () => encodeStream(model, options),
      ];
      for (const call of calls)
        expect(call).toThrow(expect.objectContaining({ name: "LatticeError", code: "argument" }));
    }
  });

  test("a file that is written names the same pieces", () => {
    if (model.subword !== null) return;
    expect(readSentencePiece(writeSentencePiece(model)).special).toEqual(one.special);
  });
});

const model = modelOf(cases[0]!);

test("a pair has them around both texts, with the type ids of their neighbours, and decoding leaves them out", () => {
  const plain = encodePair(model, "Hello", "world");
  const { ids, typeIds, texts, offsets } = encodePair(model, "Hello", "world", { bos: true, eos: true });
  const { bos, eos } = model.special;
  expect([...ids]).toEqual([bos, ...plain.ids, eos]);
  expect([...typeIds]).toEqual([0, ...plain.typeIds, 1]);
  expect([...texts]).toEqual([-1, ...plain.texts, -1]);
  expect([...offsets]).toEqual([0, 0, ...plain.offsets, 0, 0]);
  expect(decode(model, ids)).toBe(decode(model, plain.ids));
});

test("each row that a model is fed has them, and the file's own padding", () => {
  const padded = modelOf(cases[6]!);
  const { bos, eos, pad } = padded.special;
  expect(pad).toBeGreaterThan(0);
  const options = { bos: true, eos: true, maxLength: 4 };
  const { input_ids, dims } = modelInputs(padded, ["ab b", "b"], { ...options, overflow: true });
  const [a, b, unk] = [1, 2, 0];
  expect([...encodeIds(padded, "ab b")]).toEqual([a, b, 3, b]);
  expect({ ids: Array.from(input_ids, Number), dims }).toEqual({
    ids: [bos, a, b, eos, bos, 3, b, eos, bos, 3, b, eos],
    dims: [3, 4],
  });
  const { encoding } = encodeTruncated(padded, "é", options);
  expect([...encoding.ids]).toEqual([bos, 3, unk, eos]);
  expect(encoding.pieces).toEqual(["[B]", "▁", "é", "終"]);
  expect(Array.from(modelInputs(padded, ["ab", ""]).input_ids, Number)).toEqual([a, b, pad, pad]);
});

test("they are asked for by themselves: specialTokens is about a tokenizer.json", () => {
  const { bos } = model.special;
  expect(encodeIds(model, "a", { bos: true, specialTokens: false })[0]).toBe(bos);
});

test("a model of one's own pieces has none", () => {
  const own = modelFromPieces({ a: -1 });
  expect(own.special).toEqual({ bos: -1, eos: -1, pad: -1 });
  expect(() => encode(own, "a", { eos: true })).toThrow(/has no eos piece/);
});
