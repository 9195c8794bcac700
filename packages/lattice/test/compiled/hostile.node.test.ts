import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCompiledModel, writeCompiledModel } from "../../src/compiled.ts";
import { AT } from "../../src/compiled/layout.ts";
import { packed } from "../../src/compiled/pack.ts";
import { plainChecks } from "../../src/compiled/plain-checks.ts";
import {
  countTokens,
  decode,
  drawIds,
  encode,
  encodeIds,
  encodePair,
  LatticeError,
  latticeOf,
  marginals,
  type Model,
  modelFromPieces,
  viterbi,
} from "../../src/index.ts";
import { modelInputs } from "../../src/inputs.ts";
import { PieceType } from "../../src/model/model.ts";
import { goldenModels } from "./golden-models.ts";

const modelOf = (name: string): Model => goldenModels.find((golden) => golden.name === name)!.read();
const tiny = modelFromPieces({ "<unk>": -9, ab: -1, abc: -2, b: -3, bcd: -4, é: -5 });
const file = writeCompiledModel(tiny);

function faultOf(bytes: Uint8Array): LatticeError {
  try {
    readCompiledModel(bytes);
  } catch (error) {
    if (error instanceof LatticeError) return error;
    throw error;
  }
  throw new Error("no fault found");
}

/** A file with 32-bit numbers put in, and the checksum that it then needs. */
function withWords(words: Record<number, number>, bytes = file): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (const [at, word] of Object.entries(words)) view.setUint32(Number(at), word, true);
  return sealed(changed);
}

function sealed(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const words = new Int32Array(bytes.buffer, AT.checked);
  new DataView(bytes.buffer).setUint32(AT.checksum, plainChecks.checksum(words), true);
  return bytes;
}

/** A file with another header before the same arrays. */
function withHeader(change: (json: string) => string): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer);
  const stop = AT.header + view.getUint32(AT.headerLength, true);
  const json = change(new TextDecoder().decode(file.subarray(AT.header, stop)).trimEnd());
  const header = new TextEncoder().encode(json.padEnd(8 * Math.ceil(json.length / 8)));
  const bytes = new Uint8Array([...file.subarray(0, AT.header), ...header, ...file.subarray(stop)]);
  return withWords({ [AT.length]: bytes.length, [AT.headerLength]: header.length }, bytes);
}

describe("a file is refused", () => {
  test.each<[string, Uint8Array, string, RegExp]>([
    ["that is empty", new Uint8Array(0), "format", /does not begin/],
    ["of another format", new TextEncoder().encode("hello, world"), "format", /does not begin/],
    ["that ends after its beginning", file.subarray(0, 10), "format", /cut short/],
    ["that is cut short", file.subarray(0, file.length - 8), "format", /bytes of the \d+ that it claims/],
    ["with more behind it", new Uint8Array([...file, 0, 0, 0, 0, 0, 0, 0, 0]), "format", /that it claims/],
    ["of another form", withWords({ [AT.version]: 2 }), "unsupported", /has form 2.*reads 1/],
    ["with a bit changed", file.with(file.length - 9, 1), "format", /checksum/],
    ["with a header beyond its end", withWords({ [AT.headerLength]: 0x7ffffff8 }), "format", /header claims/],
    ["with a header of 4 GB", withWords({ [AT.headerLength]: 0xfffffff8 }), "format", /header claims/],
    ["with no header", withWords({ [AT.headerLength]: 0 }), "format", /header cannot be read/],
    ["with an odd header", withWords({ [AT.headerLength]: 7 }), "format", /header claims 7/],
    ["whose header is not JSON", withHeader((json) => json.replace("{", "[")), "format", /cannot be read/],
    ["whose header is nested", withHeader(() => "[".repeat(1e5) + "]".repeat(1e5)), "format", /header/],
    ["whose header is no model", withHeader(() => "[]"), "format", /belong to nothing/],
    ["with an array of no kind", withHeader((json) => json.replace("Int32Array", "Map")), "format", /Map/],
    [
      "with an array of a bad name",
      withHeader((json) => json.replace("Uint8Array", "__proto__")),
      "format",
      /no array/,
    ],
    [
      "with an array beyond its end",
      withHeader((json) => json.replace(/"length":\d+/, '"length":4000000000')),
      "format",
      /no array of kind Uint8Array and length 4000000000/,
    ],
    [
      "with an array of negative length",
      withHeader((json) => json.replace(/"length":\d+/, '"length":-8')),
      "format",
      /no array/,
    ],
    [
      "with an array of no length",
      withHeader((json) => json.replace(/"length":\d+/, '"length":"8"')),
      "format",
      /no array/,
    ],
    [
      "with another prototype",
      withHeader((json) => json.replace('"kind"', '"__proto__":{},"kind"')),
      "format",
      /__proto__/,
    ],
    ["without arrays", packed({}), "format", /model.kind/],
  ])("%s", (_, bytes, code, message) => {
    const fault = faultOf(bytes);
    expect({ code: fault.code, message: fault.message }).toEqual({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test("that is not bytes", () => {
    expect(faultOf("model" as unknown as Uint8Array).code).toBe("argument");
    expect(faultOf([...file] as unknown as Uint8Array).code).toBe("argument");
  });
});

test("a file is read at any place in a larger buffer, and nothing of it is kept", () => {
  for (let offset = 0; offset < 9; offset++) {
    const buffer = new Uint8Array(file.length + 16);
    buffer.set(file, offset);
    const model = readCompiledModel(buffer.subarray(offset, offset + file.length));
    buffer.fill(0xff);
    expect(model).toEqual(tiny);
  }
  expect(readCompiledModel(Buffer.from(file))).toEqual(tiny);
});

const bpe = modelOf(
  "subword-json/" + goldenModels.find(({ name }) => name.startsWith("subword-json/"))!.name.slice(13),
);
const json = modelOf(goldenModels.find(({ name }) => name.startsWith("tokenizer-json/"))!.name);
const { pipeline } = json;
const filled = (value: number): Int32Array => new Int32Array(256).fill(value);
const steps = (change: object): object => ({ ...json, pipeline: { ...pipeline, ...change } });

// A model with a piece that is not in use, though merges make it.
const apart = modelOf("bpe-variants/unused.model.gz");
const { merges } = apart.subword!;
const unusedMerge = merges.result.findIndex((id) => apart.pieceType[id] === PieceType.unused);
const unusedId = merges.result[unusedMerge]!;
const withMerge = (part: "left" | "right", id: number): object => ({
  ...apart,
  subword: { ...apart.subword, merges: { ...merges, [part]: merges[part].with(unusedMerge, id) } },
});

describe("a record is refused by what is wrong with it", () => {
  test.each<[string, object, RegExp]>([
    ["a field that is not known", { ...tiny, more: 1 }, /model has the field "more", which is not known/],
    ["a field that is not there", { ...tiny, trie: undefined }, /model\.trie is not a Int32Array/],
    ["an array of another kind", { ...tiny, labelScore: new Float32Array(6) }, /model\.labelScore/],
    ["a list for an array", { ...tiny, pieceType: [2, 1, 1, 1, 1, 1] }, /model\.pieceType/],
    ["a kind that is none", { ...tiny, kind: "word" }, /model\.kind is not one of/],
    ["a number for a flag", { ...tiny, byteLevel: 1 }, /model\.byteLevel/],
    ["no pieces", { ...tiny, pieceType: new Uint8Array(0) }, /no pieces/],
    ["pieces that fall back", { ...tiny, pieceStart: Int32Array.of(0, 5, 4, 10, 11, 14, 16) }, /piece 1/],
    [
      "pieces beyond their bytes",
      { ...tiny, pieceStart: Int32Array.of(0, 5, 7, 10, 11, 14, 99) },
      /pieceStart/,
    ],
    [
      "pieces far beyond",
      { ...tiny, pieceStart: Int32Array.of(0, 2 ** 30, 2 ** 30, 2 ** 30, 2 ** 30, 2 ** 31 - 1, 16) },
      /piece 0/,
    ],
    ["a piece of no type", { ...tiny, pieceType: Uint8Array.of(2, 1, 1, 7, 1, 1) }, /piece 3/],
    ["pieces that are not UTF-8", { ...tiny, pieceBytes: tiny.pieceBytes.with(0, 0xff) }, /UTF-8/],
    [
      "a score that is no number",
      { ...tiny, labelScore: tiny.labelScore.with(2, NaN) },
      /piece 2 has score NaN/,
    ],
    ["a score without end", { ...tiny, labelScore: tiny.labelScore.with(2, -Infinity) }, /piece 2/],
    ["too few scores", { ...tiny, labelScore: tiny.labelScore.slice(1) }, /5 scores for 6 pieces/],
    ["an unknown piece out of range", { ...tiny, unkId: 6 }, /unknown piece is 6/],
    ["an unknown piece below −1", { ...tiny, unkId: -2 }, /unknown piece is -2/],
    ["half an id", { ...tiny, unkId: 0.5 }, /model\.unkId/],
    ["bytes without pieces", { ...tiny, byteId: filled(-1) }, /byte 0/],
    ["bytes beyond all pieces", { ...tiny, byteId: filled(6) }, /byte 0 has the id 6/],
    [
      "an end of sentence beyond all pieces",
      { ...tiny, special: { bos: -1, eos: 6, pad: -1 } },
      /eos has the id 6/,
    ],
    [
      "lengths that are rounded up to none",
      steps({ padding: { to: "longest", multipleOf: 0, side: "left", typeId: 0 } }),
      /multipleOf/,
    ],
    ["seven bytes", { ...tiny, byteId: new Int32Array(7) }, /7 pieces for bytes/],
    ["a trie of half a block", { ...tiny, trie: tiny.trie.slice(0, -2) }, /trie/],
    ["no trie", { ...tiny, trie: new Int32Array(0) }, /trie/],
    ["a trie that leads out", { ...tiny, trie: tiny.trie.with(0, -512) }, /trie/],
    ["a longest piece that is longer", { ...tiny, longestPiece: 2 ** 31 - 1 }, /longest piece/],
    ["a longest piece that is shorter", { ...tiny, longestPiece: 1 }, /longest piece/],
    [
      "kept pieces that there are not",
      { ...tiny, normalizer: { ...tiny.normalizer, kept: tiny.trie } },
      /kept/,
    ],
    [
      "a rule that points beyond its strings",
      {
        ...tiny,
        normalizer: {
          ...tiny.normalizer,
          rules: Uint32Array.of(0x80000009),
          replacements: Uint8Array.of(97, 0),
        },
      },
      /rule 0/,
    ],
    [
      "a string without an end",
      {
        ...tiny,
        denormalizer: { ...tiny.normalizer, rules: Uint32Array.of(0), replacements: Uint8Array.of(97) },
      },
      /no end/,
    ],
    ["unigram with rules for words", { ...tiny, subword: bpe.subword }, /rules are others/],
    ["BPE without rules for words", { ...tiny, kind: "bpe" }, /rules are others/],
    [
      "columns of two lengths",
      { ...bpe, subword: { ...bpe.subword, merges: { ...bpe.subword!.merges, rank: new Int32Array(1) } } },
      /differ in length/,
    ],
    [
      "a merge beyond all pieces",
      {
        ...bpe,
        subword: {
          ...bpe.subword,
          merges: {
            ...bpe.subword!.merges,
            result: bpe.subword!.merges.result.with(0, bpe.pieceType.length),
          },
        },
      },
      /merge 0/,
    ],
    ["an unknown piece that is taken apart", { ...apart, unkId: unusedId }, /unknown piece is/],
    ["a byte that is taken apart", { ...apart, byteId: filled(unusedId) }, /byte 0/],
    ["a piece that is made of itself", withMerge("left", unusedId), /merge \d+ is not one of the parts/],
    ["a piece that is made of the unknown one", withMerge("right", apart.unkId), /merge \d+ is not one of/],
    [
      "a piece that is taken apart, of a model whose words end otherwise than their text",
      { ...apart, subword: { ...apart.subword, ending: Uint8Array.of(97) } },
      /merge \d+ is not one of the parts/,
    ],
    [
      "a step that is not known",
      steps({ normalizers: [{ type: "rot13" }] }),
      /normalizers\[0\] is of the unknown type "rot13"/,
    ],
    ["a step by the name of a method", steps({ normalizers: [{ type: "toString" }] }), /unknown type/],
    ["a step that is nothing", steps({ splitters: [null] }), /unknown type undefined/],
    [
      "a broken pattern",
      steps({ splitters: [{ type: "split", pattern: "(", invert: false, behavior: "Isolated" }] }),
      /pattern is not a regular/,
    ],
    [
      "a mark of two characters",
      steps({ splitters: [{ type: "metaspace", mark: "▁▁", prepend: "never", split: true }] }),
      /mark/,
    ],
    [
      "nothing to strip",
      steps({ decoders: [{ type: "strip", content: "", start: 2 ** 30, stop: 0 }] }),
      /content/,
    ],
    [
      "an added token that is nothing",
      steps({
        added: [
          {
            id: 0,
            pattern: "",
            normalized: false,
            lstrip: false,
            rstrip: false,
            singleWord: false,
            special: false,
          },
        ],
      }),
      /pattern/,
    ],
    [
      "an added token beyond all pieces",
      steps({
        added: [
          {
            id: 1e6,
            pattern: "a",
            normalized: false,
            lstrip: false,
            rstrip: false,
            singleWord: false,
            special: false,
          },
        ],
      }),
      /added token 0/,
    ],
    ["a template without a text", steps({ template: { single: [], pair: [], trim: null } }), /template/],
    [
      "a template with a text twice",
      steps({
        template: {
          ...pipeline!.template,
          pair: [
            { text: 0, typeId: 0 },
            { text: 0, typeId: 0 },
          ],
        },
      }),
      /template/,
    ],
    [
      "special tokens beyond all pieces",
      steps({
        template: {
          ...pipeline!.template,
          single: [
            { text: 0, typeId: 0 },
            { ids: [1e6], pieces: ["a"], typeId: 0 },
          ],
        },
      }),
      /template/,
    ],
  ])("%s", (_, record, message) => {
    const bytes = packed(record);
    const { code, message: got } = faultOf(bytes);
    expect({ code, got }).toEqual({ code: "format", got: expect.stringMatching(message) as string });
  });
});

/** For each model; fifteen hundred with another seed were tried once. */
const RUNS = 25;
const SEED = 7;
const TEXTS = [
  "abcd é 漢字",
  "Hello ﬁne [MASK] world ½ 12345 don't",
  "が e\u0301\u200b\t\r\n 🍣<s>",
  " \u3000<sep>thing ",
  "\ud800 \0",
  "a".repeat(300),
];

/** Whether a file is read; then everything that is done with its model must go well, or fail as it says. */
function survives(bytes: Uint8Array): boolean {
  let model: Model;
  try {
    model = readCompiledModel(bytes);
  } catch (error) {
    if (error instanceof LatticeError) return false;
    throw error;
  }
  const size = model.pieceType.length;
  const began = performance.now();
  for (const text of TEXTS)
    try {
      const { ids, offsets } = encode(model, text);
      expect(offsets.every((at) => at >= 0 && at <= text.length)).toBe(true);
      expect(ids.every((id) => id >= 0 && id < size)).toBe(true);
      expect(encodeIds(model, text)).toEqual(ids);
      expect(countTokens(model, text)).toBe(ids.length);
      expect(typeof decode(model, ids, { specialTokens: true })).toBe("string");
      const lattice = latticeOf(model, text);
      expect(viterbi(lattice).score).toBeGreaterThan(-Infinity);
      expect(marginals(lattice).edge.every((p) => p >= 0 && p <= 1.001)).toBe(true);
      if (model.kind === "unigram")
        expect(drawIds(model, text, { uniform: () => 0.4 }).every((id) => id >= 0 && id < size)).toBe(true);
      if (model.pipeline !== null) encodePair(model, text, text);
      modelInputs(model, [text, "a"]);
    } catch (error) {
      if (!(error instanceof LatticeError)) throw error;
    }
  expect(performance.now() - began).toBeLessThan(5000);
  return true;
}

const SAMPLES = [
  "variants/byte_fallback.model",
  "variants/user_defined.model",
  "variants/denormalizer.model",
  "bpe-variants/unused.model.gz",
  "bpe-variants/llama.model.gz",
  ...goldenModels.map(({ name }) => name).filter((name) => /^(tokenizer|subword)-json/.test(name)),
  "bytepiece",
  "pieces of one's own",
];

describe("a file with bytes changed, and the checksum that it then needs, is refused or works", () => {
  test.each(SAMPLES)("%s", (name) => {
    const original = writeCompiledModel(modelOf(name));
    expect(survives(original)).toBe(true);
    const stop = AT.header + new DataView(original.buffer).getUint32(AT.headerLength, true);
    // Half of the changes are in the header, which is small.
    const place = fc.oneof(fc.nat(original.length - 1), fc.integer({ min: AT.length, max: stop - 1 }));
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(...original.subarray(AT.header, stop)));
    const word = fc.oneof(fc.integer(), fc.nat(600), fc.constantFrom(-1, 0x7fffffff, -0x80000000));
    const change = fc.oneof(
      fc.tuple(place, byte).map(
        ([at, value]) =>
          (view: DataView) =>
            view.setUint8(at, value),
      ),
      fc.tuple(fc.integer({ min: stop / 4, max: original.length / 4 - 1 }), word).map(
        ([at, value]) =>
          (view: DataView) =>
            view.setInt32(4 * at, value, true),
      ),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = original.slice();
        for (const make of changes) make(new DataView(changed.buffer));
        survives(sealed(changed));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

/** Where a record's fields, items and arrays are that have no others in them. */
function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [path];
  return Object.entries(value).flatMap(([name, field]) => leavesOf(field, [...path, name]));
}

/** A copy with another value at a path; in an array, at some place of it. */
function withValue(record: object, path: readonly string[], at: number, value: unknown): object {
  const copy = structuredClone(record) as Record<string, unknown>;
  let parent = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  const old = parent[path.at(-1)!];
  if (ArrayBuffer.isView(old) && typeof value === "number")
    (old as Int32Array)[at % (old as Int32Array).length] = value;
  else parent[path.at(-1)!] = value;
  return copy;
}

describe("a record with a value changed is refused or works", () => {
  test.each(SAMPLES)("%s", (name) => {
    const model = modelOf(name);
    const leaves = leavesOf(model);
    const value = fc.oneof(
      fc.integer({ min: -3, max: 600 }),
      fc.constantFrom(NaN, -Infinity, 2 ** 31 - 1, -(2 ** 31), 2 ** 30, 1e9, -1e9, 0.5),
      fc.constantFrom(
        null,
        true,
        false,
        "",
        "a",
        "(",
        ".",
        "<unk>",
        [],
        {},
        ["a"],
        [0],
        new Int32Array(3),
        new Uint8Array(0),
        new Float64Array(1),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.nat(1e6), value, (path, at, to) => {
        survives(packed(withValue(model, path, at, to)));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
