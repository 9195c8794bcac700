// Draws from real BPE and WordPiece vocabularies, and from files that use each part of the formats.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  countPaths,
  decode,
  encode,
  type Encoding,
  latticeOf,
  type Model,
  PieceType,
} from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { textLines, type TextName, tokenizerJsonBytes, type TokenizerJsonName } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { bpeDropout, createRng, maxMatchDropout, type Rng, uniformSample } from "../src/index.ts";
import { gTest, pathsOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const golden = new URL("../../lattice/test/golden/", import.meta.url);
const read = (file: string): Uint8Array => gunzipSync(readFileSync(new URL(file, golden)));
interface Row {
  readonly text: string;
  readonly pair?: string | null;
  readonly ids?: number[];
  readonly by?: Record<string, { readonly bare: number[] }>;
}
const rowsOf = (file: string): Row[] =>
  new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(read(file))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);

/** A model, and texts with the ids of its reference implementation. */
type Case = [string, Model, { readonly text: string; readonly ids: readonly number[] }[]];
const shapes = JSON.parse(new TextDecoder().decode(read("subword-json/shapes.json.gz"))) as Record<
  string,
  object
>;
const shapeRows = rowsOf("subword-json/rows.jsonl.gz").filter(({ pair }) => pair === null);
const cases: Case[] = [
  ...Object.keys(shapes).map((shape): Case => [
    shape,
    readTokenizerJson(shapes[shape]!),
    shapeRows.map(({ text, by }) => ({ text, ids: by![shape]!.bare })),
  ]),
  ...readdirSync(new URL("bpe-variants/", golden))
    .filter((file) => file.endsWith(".model.gz"))
    .map((file): Case => [
      file,
      readSentencePiece(read(`bpe-variants/${file}`)),
      rowsOf(`bpe-variants/${file.replace(".model.gz", ".jsonl.gz")}`).map(({ text, ids }) => ({
        text,
        ids: ids!,
      })),
    ]),
];

describe.each(cases)("%s", (_, model, rows) => {
  const dropped = (text: string, dropout: number, rng: Rng): Encoding =>
    (model.kind === "bpe" ? bpeDropout : maxMatchDropout)(model, text, { dropout, rng });

  test("dropout 0 gives the ids of the reference on every text", () => {
    const rng = createRng(1);
    for (const { text, ids } of rows) {
      const got = dropped(text, 0, rng);
      expect({ text, ids: [...got.ids] }).toEqual({ text, ids });
      expect(got.pieces).toEqual(encode(model, text, { specialTokens: false }).pieces);
    }
  });

  test("whatever is drawn decodes to the text that the reference's ids decode to", () => {
    const rng = createRng(2);
    // Without a decoder pieces come out with spaces between them.
    const spaced = model.pipeline !== null && model.pipeline.decoders === null;
    const decoded = (ids: ArrayLike<number>): string => {
      const text = decode(model, Int32Array.from(ids));
      return spaced ? text.replaceAll(" ", "") : text;
    };
    for (const { text, ids } of rows.slice(0, 100)) {
      const unknown = model.unkId >= 0 && ids.includes(model.unkId);
      const draws = [dropped(text, 0.3, rng), dropped(text, 1, rng), uniformSample(model, text, { rng })];
      for (const { ids: drawn } of draws) {
        expect(drawn.every((id) => id >= 0 && id < model.pieceType.length)).toBe(true);
        expect(drawn.some((id) => model.pieceType[id] === PieceType.unused)).toBe(
          ids.some((id) => model.pieceType[id] === PieceType.unused),
        );
        expect(model.unkId >= 0 && drawn.includes(model.unkId)).toBe(unknown);
        // Several unknown pieces in a row decode otherwise than one; without, the text is the same.
        if (!unknown) expect({ text, decoded: decoded(drawn) }).toEqual({ text, decoded: decoded(ids) });
      }
    }
  });
});

test("what a user has defined stays whole under dropout and uniform draws", () => {
  const model = cases.find(([name]) => name.startsWith("user_defined"))![1];
  const texts = rowsOf("bpe-variants/user_defined.jsonl.gz");
  const own = (ids: Iterable<number>): string =>
    [...ids].filter((id) => model.pieceType[id] === PieceType.userDefined).join();
  let found = 0;
  const rng = createRng(3);
  for (const { text, ids } of texts) {
    if (own(ids!) !== "") found++;
    for (let i = 0; i < 3; i++) {
      expect(own(uniformSample(model, text, { rng }).ids)).toBe(own(ids!));
      expect(own(bpeDropout(model, text, { dropout: 0.5, rng }).ids)).toBe(own(ids!));
    }
  }
  expect(found).toBe(5);
});

const vocabularies: [TokenizerJsonName, string, TextName][] = [
  ["gpt2_shape_16000", " unfriendly", "botchan"],
  ["gpt2_shape_16000", "却说夏侯", "sanguo_40"],
  ["llama3_shape_16000", " misunderstood", "botchan"],
  ["llama3_shape_16000", "吾輩は", "wagahaiwa_nekodearu"],
];

describe.each(vocabularies)("with %s, of %s", (name, word, book) => {
  const model = readTokenizerJson(
    JSON.parse(new TextDecoder().decode(tokenizerJsonBytes(name))) as Record<string, unknown>,
  );
  const lattice = latticeOf(model, word);
  const law = new Map(
    [...pathsOf(lattice).keys()].map((path) => [
      path
        .split(",")
        .map((e) => lattice.label[Number(e)])
        .join(),
      1 / Number(countPaths(lattice)),
    ]),
  );
  const drawn = (n: number, draw: (rng: Rng) => Encoding): Map<string, number> => {
    const rng = createRng(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const ids = draw(rng).ids.join();
      counts.set(ids, (counts.get(ids) ?? 0) + 1);
    }
    return counts;
  };

  test("uniformSample draws all segmentations alike: a G-test", () => {
    expect(law.size).toBe(Number(countPaths(lattice)));
    const counts = drawn(3000, (rng) => uniformSample(model, word, { rng }));
    expect(gTest(counts, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test("bpeDropout does not, at any dropout: it fails the same test", () => {
    for (const dropout of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const counts = drawn(1000, (rng) => bpeDropout(model, word, { dropout, rng }));
      for (const ids of counts.keys()) expect(law.has(ids)).toBe(true);
      expect(gTest(counts, law)).toBeLessThan(FALSE_ALARM);
    }
  });

  test("lines of a book come out in more pieces the more is dropped, and decode to the same text", () => {
    const rng = createRng(5);
    const lines = textLines(book).slice(100, 120);
    const counts = [0, 0.1, 0.5, 1].map((dropout) =>
      lines.reduce((sum, line) => {
        const { ids } = bpeDropout(model, line, { dropout, rng });
        expect(decode(model, ids)).toBe(decode(model, encode(model, line, { specialTokens: false }).ids));
        return sum + ids.length;
      }, 0),
    );
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[0]).toBe(
      lines.reduce((sum, line) => sum + encode(model, line, { specialTokens: false }).ids.length, 0),
    );
    expect(new Set(counts).size).toBe(4);
  });
});
