import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ModelName, modelBytes, textLines, type TextName } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import {
  countPaths,
  decode,
  decodeStream,
  emit,
  encode,
  encodeIds,
  entropy,
  latticeOf,
  type Model,
  nbest,
  viterbi,
} from "../src/index.ts";
import { encodeStream } from "../src/stream.ts";
import { PlainSearcher } from "../src/segment/plain-searcher.ts";
import { readSentencePiece } from "../src/sentencepiece.ts";

// Made by tools/golden/make_golden.py and make_variants.py with SentencePiece 0.1.97.
interface Row {
  readonly text: string;
  readonly ids: number[];
  readonly pieces: string[];
  readonly decoded: string;
  readonly offsets?: number[];
  readonly nbest?: [number[], number][];
  readonly entropy?: Record<string, number>;
}

const golden = new URL("golden/", import.meta.url);
const rowsOf = (file: string): Row[] =>
  gunzipSync(readFileSync(new URL(file, golden)))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
/** Rows of random ids have no text. */
const isText = (row: Row): boolean => row.text !== undefined;

/** What SentencePiece adds up in float32 differs from float64 by this much and no more on these texts. */
const FLOAT32 = 5e-4;

function holds(model: Model, all: readonly Row[], ranked: (row: Row) => boolean): void {
  const rows = all.filter(isText);

  test("ids decode to SentencePiece's text, whole and one by one", () => {
    for (const { ids, decoded } of all) {
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
      if (model.denormalizer !== null) continue;
      const stream = decodeStream(model);
      expect(ids.map((id) => stream.push(id)).join("") + stream.end()).toBe(decoded);
    }
  });

  test("ids, pieces and offsets are SentencePiece's on every line, with the kernel and without", () => {
    const plain = new PlainSearcher(model);
    for (const { text, ids, pieces, offsets } of rows) {
      const got = encode(model, text);
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces });
      if (offsets !== undefined) expect({ text, offsets: [...got.offsets] }).toEqual({ text, offsets });
      expect([...encodeIds(model, text)]).toEqual(ids);
      plain.search(text, "sentencepiece");
      expect([...plain.ids()]).toEqual(ids);
      expect([...emit(model, viterbi(latticeOf(model, text), { ties: "sentencepiece" })).ids]).toEqual(ids);
    }
  });

  test("the five best segmentations and the entropy are SentencePiece's to float32", () => {
    const listed = rows.filter((row) => row.nbest !== undefined && ranked(row));
    expect(listed.length).toBeGreaterThan(30);
    for (const { text, nbest: best, entropy: nats } of listed) {
      const lattice = latticeOf(model, text);
      const paths = nbest(lattice, 5);
      expect(paths).toHaveLength(best!.length);
      paths.forEach((path, i) => {
        const [ids, score] = best![i]!;
        expect(Math.abs(path.score - score)).toBeLessThan(FLOAT32);
        // Where two scores are a rounding error apart, either order is right.
        const alone = best!.every(([, other], j) => j === i || Math.abs(other - score) > FLOAT32);
        if (alone && i < 4) expect([...emit(model, path).ids]).toEqual(ids);
      });
      for (const [alpha, want] of Object.entries(nats!))
        expect(Math.abs(entropy(lattice, { alpha: Number(alpha) }) - want)).toBeLessThan(FLOAT32);
    }
  });
}

describe.each<[ModelName, string]>([
  ["spm_test_model", "spm_test_model.botchan.jsonl.gz"],
  ["trained_en_8000", "trained_en_8000.botchan.jsonl.gz"],
  ["trained_zh_8000", "trained_zh_8000.sanguo.jsonl.gz"],
  ["spm_test_ja_model", "spm_test_ja_model.wagahai.jsonl.gz"],
])("%s", (name, file) => {
  holds(readSentencePiece(modelBytes(name)), rowsOf(file), () => true);
});

const variants = readdirSync(new URL("variants/", golden)).filter((file) => file.endsWith(".model"));
describe.each(variants)("variant %s", (file) => {
  const model = readSentencePiece(new Uint8Array(readFileSync(new URL(`variants/${file}`, golden))));
  // With positive scores SentencePiece rates a user-defined symbol by its bytes when it looks for the best path, and
  // by its characters in n-best lists: the two agree on ASCII.
  const ranked = file === "positive_scores.model" ? ({ text }: Row) => /^[\0-\x7f]*$/.test(text) : () => true;
  holds(model, rowsOf(`variants/${file.replace(".model", ".jsonl.gz")}`), ranked);
});

// Made by tools/golden/make_bpe_variants.py with SentencePiece 0.1.97.
const merged = readdirSync(new URL("bpe-variants/", golden)).filter((file) => file.endsWith(".model.gz"));
describe.each(merged)("BPE %s", (file) => {
  const model = readSentencePiece(gunzipSync(readFileSync(new URL(`bpe-variants/${file}`, golden))));
  const rows = rowsOf(`bpe-variants/${file.replace(".model.gz", ".jsonl.gz")}`);

  test("ids, pieces, offsets and decoded text are SentencePiece's", () => {
    expect(model.kind).toBe("bpe");
    for (const { text, ids, pieces, offsets, decoded } of rows) {
      const got = encode(model, text);
      expect({ text, ids: [...got.ids], pieces: got.pieces }).toEqual({ text, ids, pieces });
      if (offsets !== undefined) expect({ text, offsets: [...got.offsets] }).toEqual({ text, offsets });
      expect([...encodeIds(model, text)]).toEqual(ids);
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
    }
  });

  test("the lattice holds every piece of the segmentation as an edge", () => {
    for (const { text } of rows.slice(0, 60)) {
      const lattice = latticeOf(model, text);
      const found = encodedEdges(model, text);
      for (const [start, end, label] of found) {
        const row = lattice.end.subarray(lattice.rowStart[start]!, lattice.rowStart[start + 1]!);
        const place = row.indexOf(end);
        expect({ text, start, label: lattice.label[lattice.rowStart[start]! + place] }).toEqual({
          text,
          start,
          label,
        });
      }
      if (lattice.length > 0) expect(countPaths(lattice)).toBeGreaterThan(0n);
    }
  });
});

/** The edges of the segmentation by merges: start, end and label. */
function encodedEdges(model: Model, text: string): [number, number, number][] {
  const plain = new PlainSearcher(model);
  plain.search(text, "exact");
  const edges: [number, number, number][] = [];
  const { label, end } = plain.path();
  for (let i = 0, start = 0; i < end.length; start = end[i++]!)
    if (model.pieceType[label[i]!] !== 5) edges.push([start, end[i]!, label[i]!]);
  return edges;
}

test.each<[ModelName, TextName]>([
  ["trained_en_8000", "botchan"],
  ["trained_zh_8000", "sanguo_40"],
  ["spm_test_ja_model", "wagahaiwa_nekodearu"],
])("a book in parts of any size, with %s, gives the ids of the whole, and little waits", (name, book) => {
  const model = readSentencePiece(modelBytes(name));
  const text = textLines(book).join(" ").slice(0, 200_000);
  const stream = encodeStream(model);
  const ids: number[] = [];
  let most = 0;
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = 1 + ((i * 7919) % 300);
    ids.push(...stream.push(text.slice(at, at + size)));
    most = Math.max(most, stream.pending);
    at += size;
  }
  ids.push(...stream.end());
  expect(ids).toEqual([...encodeIds(model, text)]);
  expect(most).toBeLessThan(4096);
});

test("a file in a Buffer, at any place of a larger one, gives the same model, which the Buffer cannot change", () => {
  const bytes = modelBytes("spm_test_model");
  const want = readSentencePiece(bytes);
  for (const at of [0, 1, 4, 6]) {
    const whole = Buffer.alloc(bytes.length + 9);
    whole.set(bytes, at);
    const model = readSentencePiece(whole.subarray(at, at + bytes.length));
    whole.fill(0xff);
    expect(model).toEqual(want);
  }
});

test("a model survives structuredClone", () => {
  const model = readSentencePiece(modelBytes("trained_en_8000"));
  expect(structuredClone(model)).toEqual(model);
  expect(encode(structuredClone(model), "Hello world")).toEqual(encode(model, "Hello world"));
});
