import { readFileSync } from "node:fs";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { modelBytes } from "@lemmata/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode, encodeIds, LatticeError, latticeOf, marginals, normalize } from "../src/index.ts";
import { readSentencePiece } from "../src/sentencepiece.ts";

const variant = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`golden/variants/${name}.model`, import.meta.url)));

/** A model file by hand: what is not given is as the format defaults it. */
interface Parts {
  readonly pieces?: readonly (readonly [piece: string | Uint8Array, score: number, type?: number])[];
  readonly type?: number;
  readonly byteFallback?: boolean;
  readonly charsmap?: Uint8Array;
  readonly ruleSource?: string;
}
const UNK = ["<unk>", 0, 2] as const;
function modelFile({
  pieces = [UNK, ["a", -1]],
  type,
  byteFallback,
  charsmap,
  ruleSource,
}: Parts): Uint8Array {
  const file = new BinaryWriter();
  for (const [piece, score, pieceType] of pieces) {
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    file.tag(1, 2).fork().tag(1, 2).bytes(bytes).tag(2, 5).float(score);
    if (pieceType !== undefined) file.tag(3, 0).int32(pieceType);
    file.join();
  }
  file.tag(2, 2).fork();
  if (type !== undefined) file.tag(3, 0).int32(type);
  if (byteFallback !== undefined) file.tag(35, 0).bool(byteFallback);
  file.join().tag(3, 2).fork();
  if (charsmap !== undefined) file.tag(2, 2).bytes(charsmap);
  if (ruleSource !== undefined) file.tag(6, 2).string(ruleSource);
  return file.join().finish();
}
/** A character map: its claimed length, its units, its strings. */
function charsmapOf(units: readonly number[], strings: string, claim = 4 * units.length): Uint8Array {
  const text = new TextEncoder().encode(strings);
  const blob = new Uint8Array(4 + 4 * units.length + text.length);
  const view = new DataView(blob.buffer);
  view.setUint32(0, claim, true);
  units.forEach((unit, i) => view.setUint32(4 + 4 * i, unit, true));
  blob.set(text, 4 + 4 * units.length);
  return blob;
}

const withUnits = (length: number, units: Record<number, number>): number[] =>
  Array.from({ length }, (_, i) => units[i] ?? 0);

const faultOf = (file: Uint8Array): LatticeError => {
  try {
    readSentencePiece(file);
  } catch (error) {
    if (error instanceof LatticeError) return error;
    throw error;
  }
  throw new Error("no fault found");
};

test("the file by hand is a model", () => {
  expect([...encode(readSentencePiece(modelFile({})), "a").ids]).toEqual([0, 1]);
});

describe("refuses, by code", () => {
  test.each<[string, Uint8Array, string, RegExp]>([
    ["no bytes", new Uint8Array(0), "format", /no pieces/],
    ["a text file", new TextEncoder().encode("hello, world"), "format", /damaged at byte/],
    ["an unknown wire type", Uint8Array.of(15), "format", /byte 0/],
    ["a length beyond the end", Uint8Array.of(10, 0xff, 0xff, 0xff, 0xff, 0x07), "format", /claims to end/],
    [
      "a group that never ends",
      Uint8Array.of(...Array.from({ length: 5000 }, () => 0xfb)),
      "format",
      /damaged/,
    ],
    ["pieces of the wrong wire type", Uint8Array.of(8, 1), "format", /no pieces/],
    ["a field of number 0", Uint8Array.of(2, 0), "format", /no field 0/],
    [
      "a piece that reaches beyond its message",
      Uint8Array.of(10, 3, 10, 9, 65, 65, 65, 65, 65, 65, 65, 65, 65),
      "format",
      /beyond/,
    ],
    ["a word model", modelFile({ type: 3 }), "unsupported", /word/],
    ["a word model", modelFile({ type: 3 }), "unsupported", /word/],
    ["a model type that there is not", modelFile({ type: 77 }), "unsupported", /77/],
    ["rules in source form alone", modelFile({ ruleSource: "a\tb" }), "unsupported", /not compiled/],
    ["a score of NaN", modelFile({ pieces: [UNK, ["a", NaN]] }), "format", /piece 1 has score NaN/],
    ["a score of +∞", modelFile({ pieces: [UNK, ["a", Infinity]] }), "format", /piece 1/],
    ["a score no log-probability has", modelFile({ pieces: [UNK, ["a", -1e10]] }), "format", /within/],
    ["an empty piece", modelFile({ pieces: [UNK, ["", -1]] }), "format", /piece 1 is empty/],
    ["a piece twice", modelFile({ pieces: [UNK, ["a", -1], ["b", -1], ["a", -2]] }), "format", /the same/],
    [
      "a piece that is not UTF-8",
      modelFile({ pieces: [UNK, [Uint8Array.of(0xe3, 0x81), -1]] }),
      "format",
      /UTF-8/,
    ],
    [
      "a character split between pieces",
      modelFile({ pieces: [UNK, [Uint8Array.of(0xe3), -1], [Uint8Array.of(0x81, 0x82), -1]] }),
      "format",
      /piece 1 is not valid UTF-8/,
    ],
    ["no unknown piece", modelFile({ pieces: [["a", -1]] }), "format", /unknown/],
    ["two unknown pieces", modelFile({ pieces: [UNK, UNK] }), "format", /both unknown/],
    ["a piece of no known type", modelFile({ pieces: [UNK, ["a", -1, 9]] }), "format", /type 9/],
    ["byte fallback without byte pieces", modelFile({ byteFallback: true }), "format", /byte 0/],
    [
      "a byte piece that names no byte",
      modelFile({ byteFallback: true, pieces: [UNK, ["<0xZZ>", 0, 6]] }),
      "format",
      /<0xAB>/,
    ],
    ["a charsmap of three bytes", modelFile({ charsmap: Uint8Array.of(1, 2, 3) }), "format", /character map/],
    [
      "a charsmap longer than itself",
      modelFile({ charsmap: charsmapOf([0], "", 400) }),
      "format",
      /claims 400/,
    ],
    ["a charsmap of 2 GB", modelFile({ charsmap: charsmapOf([0], "", 0x80000000) }), "format", /claims/],
    ["a charsmap of broken units", modelFile({ charsmap: charsmapOf([0, 0], "", 7) }), "format", /claims 7/],
    ["a charsmap string without an end", modelFile({ charsmap: charsmapOf([0], "ab") }), "format", /no end/],
    [
      "a rule beyond the strings",
      modelFile({ charsmap: charsmapOf([0x80000009], "ab\0") }),
      "format",
      /beyond/,
    ],
  ])("%s", (_, file, code, message) => {
    const fault = faultOf(file);
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test("what is not bytes", () => {
    expect(faultOf("model" as unknown as Uint8Array).code).toBe("argument");
  });
});

test("a damaged place is named in bytes of the file, also where the file is a part of a larger buffer", () => {
  const file = modelFile({ pieces: [UNK, ["abc", -1]] });
  const second = 2 + file[1]!;
  file[second + 1] = 0x7f;
  const shifted = new Uint8Array(file.length + 5);
  shifted.set(file, 5);
  expect(faultOf(file).at).toBe(second);
  expect(faultOf(shifted.subarray(5)).at).toBe(second);
});

test("every cut of a model file is refused or is a whole model of fewer pieces", () => {
  const file = variant("byte_fallback");
  for (let cut = 0; cut < file.length; cut += 7) {
    try {
      encode(readSentencePiece(file.subarray(0, cut)), "Hello world");
    } catch (error) {
      expect(error).toBeInstanceOf(LatticeError);
    }
  }
});

const TEXTS = ["Hello ﬁne world ½", "が e\u0301\u200b\t\r\n 🍣", " \u3000<sep>thing ", "\ud800 \0"];
/** Anything but a LatticeError, or numbers that are not, fails. */
function survives(file: Uint8Array): void {
  try {
    const model = readSentencePiece(file);
    for (const text of TEXTS) {
      const { ids, offsets } = encode(model, text);
      expect(offsets.every((at) => at >= 0 && at <= text.length)).toBe(true);
      expect(ids.every((id) => id >= 0 && id < model.pieceType.length)).toBe(true);
      expect(marginals(latticeOf(model, text)).edge.every((p) => p >= 0 && p <= 1.001)).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof LatticeError)) throw error;
  }
}

describe("a file with bytes changed is refused or works", () => {
  const changes = (file: Uint8Array): fc.Arbitrary<[number, number][]> =>
    fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  const withChanges = (file: Uint8Array, list: readonly [number, number][]): Uint8Array => {
    const copy = file.slice();
    for (const [at, byte] of list) copy[at] = byte;
    return copy;
  };

  test.each(["byte_fallback", "user_defined", "positive_scores"])("%s", (name) => {
    const file = variant(name);
    fc.assert(
      fc.property(changes(file), (list) => survives(withChanges(file, list))),
      { numRuns: 400, seed: 7 },
    );
  });

  test("in its character map", () => {
    const file = modelBytes("spm_test_model");
    fc.assert(
      fc.property(changes(file), (list) => survives(withChanges(file, list))),
      { numRuns: 60, seed: 7 },
    );
  });

  test("a character map of random units never reads out of bounds or hangs", () => {
    const unit = fc.oneof(
      fc.nat(0xffff),
      fc.integer({ min: 0, max: 0x7fffffff }),
      fc.constantFrom(0x80000000, 0x80000002),
    );
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 300 }), (units) => {
        const file = modelFile({ charsmap: charsmapOf(units, "x\0yz\0") });
        survives(file);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

test("a rule that leads back to itself is no rule without end", () => {
  // Unit 97 is "a" below the root and below itself: the rules are a, aa, aaa and so on.
  const units = withUnits(256, { 0: 0, 97: (97 << 10) | 97 });
  units[0] = 0;
  const model = readSentencePiece(modelFile({ charsmap: charsmapOf(units, "x\0") }));
  expect(normalize(model, "a".repeat(100_000))).toHaveLength(100_001);
});

test("10 MB without a space is segmented", () => {
  const model = readSentencePiece(modelBytes("trained_en_8000"));
  expect(encodeIds(model, "understanding".repeat(800_000)).length).toBeGreaterThan(800_000);
});
