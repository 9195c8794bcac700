import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  constrain,
  countPaths,
  decode,
  decodeStream,
  emit,
  encode,
  encodeBatch,
  encodeIds,
  expectation,
  fold,
  latticeFault,
  latticeOf,
  modelFromPieces,
  nbest,
  normalize,
  viterbi,
} from "../../src/index.ts";
import { encodeStream } from "../../src/stream.ts";

const thirds = { watch: -1, ing: -1, wat: -1, ching: -1, w: -1, atching: -1 };

describe("modelFromPieces", () => {
  test("gives the article's three segmentations of watching", () => {
    const model = modelFromPieces(thirds);
    const lattice = latticeOf(model, "watching");
    expect(countPaths(lattice)).toBe(3n);
    expect(nbest(lattice, 9).map((path) => emit(model, path).pieces.join("|"))).toEqual([
      "w|atching",
      "wat|ching",
      "watch|ing",
    ]);
  });

  test("takes pairs, and keeps their order in the ids", () => {
    const model = modelFromPieces([
      ["10", -1],
      ["9", -2],
    ]);
    expect([...encodeIds(model, "109")]).toEqual([0, 1]);
    expect(encode(modelFromPieces(new Map([["a", -0.5]])), "aa").score).toBe(-1);
  });

  test("takes the text as it is", () => {
    expect(normalize(modelFromPieces({ a: -1 }), "  a ﬁ\t")).toBe("  a ﬁ\t");
  });

  test("gives what no piece covers to <unk>, one for a run of characters, at its score for each", () => {
    const { ids, pieces, offsets, score } = encode(modelFromPieces({ a: -1, "<unk>": -9, b: -3 }), "a🍣xb");
    expect([...ids]).toEqual([0, 1, 2]);
    expect(pieces).toEqual(["a", "🍣x", "b"]);
    expect([...offsets]).toEqual([0, 1, 1, 4, 4, 5]);
    expect(score).toBe(-1 - 9 - 9 - 3);
  });

  test("without <unk>, refuses a text that the pieces do not cover, and says where they end", () => {
    const model = modelFromPieces(thirds);
    for (const ask of [encode, encodeIds])
      expect(() => ask(model, "🍣watching")).toThrow(expect.objectContaining({ code: "no-path", at: 0 }));
    expect(() => encode(model, "watchwatchout")).toThrow(
      expect.objectContaining({ code: "no-path", at: 10 }),
    );
    expect(countPaths(latticeOf(model, "watched"))).toBe(0n);
  });

  test.each<[string, unknown, string]>([
    ["no pieces", {}, "format"],
    ["nothing", undefined, "argument"],
    ["a string", "abc", "argument"],
    ["a score of NaN", { a: NaN }, "argument"],
    ["a score of +∞", { a: Infinity }, "argument"],
    ["a score that is no number", { a: "1" }, "argument"],
    ["a lone surrogate", { "\ud800": -1 }, "argument"],
    ["a piece that is no string", [[1, -1]], "argument"],
    ["an empty piece", { "": -1 }, "format"],
    [
      "a piece given twice",
      [
        ["a", -1],
        ["a", -2],
      ],
      "format",
    ],
  ])("refuses %s", (_, pieces, code) => {
    expect(() => modelFromPieces(pieces as Record<string, number>)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test("survives structuredClone and segments alike", () => {
    const model = modelFromPieces(thirds);
    expect(encode(structuredClone(model), "watching")).toEqual(encode(model, "watching"));
  });
});

describe("for any pieces and any text", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "ab", "é", "漢", "🍣", " ", "\0"),
    maxLength: 30,
  });
  const piece = fc.string({
    unit: fc.constantFrom("a", "b", "é", "漢", "🍣", " "),
    minLength: 1,
    maxLength: 4,
  });
  const pieces = fc
    .uniqueArray(fc.tuple(piece, fc.double({ min: -15, max: 0, noNaN: true })), {
      selector: ([name]) => name,
      maxLength: 25,
    })
    .map((list): [string, number][] => [["<unk>", -25], ...list]);

  test("the lattice is sound, and has at most lm − m(m − 1)/2 edges for l characters and pieces of up to m", () => {
    fc.assert(
      fc.property(pieces, text, (list, sample) => {
        const lattice = latticeOf(modelFromPieces(list), sample);
        expect(latticeFault({ ...lattice })).toBeUndefined();
        const l = [...sample].length;
        const m = Math.max(1, ...list.slice(1).map(([name]) => [...name].length));
        expect(lattice.end.length).toBeLessThanOrEqual(l < m ? (l * (l + 1)) / 2 : l * m - (m * (m - 1)) / 2);
      }),
    );
  });

  test("every edge is a piece that stands there, and no piece that stands there is left out", () => {
    fc.assert(
      fc.property(pieces, text, (list, sample) => {
        const lattice = latticeOf(modelFromPieces(list), sample);
        const utf8 = new TextEncoder();
        const found = new Set<string>();
        for (let s = 0; s < lattice.length; s++)
          for (let e = lattice.rowStart[s]!; e < lattice.rowStart[s + 1]!; e++)
            if (lattice.label[e] !== 0) found.add(`${s} ${lattice.end[e]} ${lattice.label[e]}`);
        const wanted = new Set<string>();
        list.forEach(([name], i) => {
          for (let at = sample.indexOf(name); at >= 0; at = sample.indexOf(name, at + 1)) {
            const start = utf8.encode(sample.slice(0, at)).length;
            wanted.add(`${start} ${start + utf8.encode(name).length} ${i}`);
          }
        });
        expect(found).toEqual(wanted);
      }),
    );
  });

  test("encode, encodeIds, encodeBatch and viterbi with SentencePiece's ties agree", () => {
    fc.assert(
      fc.property(pieces, fc.array(text, { maxLength: 4 }), (list, texts) => {
        const model = modelFromPieces(list);
        const batch = encodeBatch(model, texts);
        texts.forEach((sample, i) => {
          const whole = encode(model, sample);
          const byLattice = emit(model, viterbi(latticeOf(model, sample), { ties: "sentencepiece" }));
          expect({ ...whole, score: 0 }).toEqual({ ...byLattice, score: 0 });
          expect(whole.score).toBeCloseTo(byLattice.score, 3);
          expect(encodeIds(model, sample)).toEqual(whole.ids);
          expect(batch.ids.subarray(batch.rowStart[i], batch.rowStart[i + 1])).toEqual(whole.ids);
        });
      }),
    );
  });

  test("with exact ties, encode is viterbi in float64, to the last digit", () => {
    fc.assert(
      fc.property(pieces, text, (list, sample) => {
        const model = modelFromPieces(list);
        const exact = encode(model, sample, { ties: "exact" });
        expect(exact).toEqual(emit(model, viterbi(latticeOf(model, sample))));
        expect(encodeIds(model, sample, { ties: "exact" })).toEqual(exact.ids);
      }),
    );
    expect(() => encode(modelFromPieces({ a: -1 }), "a", { ties: "none" as "exact" })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });

  test("the pieces of an encoding are the text, and the offsets cut it there", () => {
    fc.assert(
      fc.property(pieces, text, (list, sample) => {
        const { pieces: got, offsets } = encode(modelFromPieces(list), sample);
        expect(got.join("")).toBe(sample);
        got.forEach((name, i) => expect(sample.slice(offsets[2 * i], offsets[2 * i + 1])).toBe(name));
      }),
    );
  });
});

describe("odd input", () => {
  const model = modelFromPieces({ "<unk>": -9, a: -1, "\ufffd": -2 });

  test("a lone surrogate is read as U+FFFD, and offsets stay true", () => {
    const { pieces, offsets } = encode(model, "a\ud83c a");
    expect(pieces).toEqual(["a", "\ufffd", " ", "a"]);
    expect([...offsets]).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
  });

  test("what is not a string is refused", () => {
    for (const ask of [encode, encodeIds, latticeOf, normalize])
      expect(() => ask(model, 5 as unknown as string)).toThrow(expect.objectContaining({ code: "argument" }));
    expect(() => encodeBatch(model, ["a", null as unknown as string])).toThrow(
      expect.objectContaining({ code: "argument", at: 1 }),
    );
  });

  test("more pieces to a byte than there was room for, and more ids than one array held", () => {
    const names = Array.from({ length: 30 }, (_, i) => "a".repeat(i + 1));
    const many = modelFromPieces(names.map((name): [string, number] => [name, -1]));
    expect(latticeOf(many, "a".repeat(500)).end).toHaveLength(500 * 30 - (30 * 29) / 2);
    const { ids, rowStart } = encodeBatch(
      many,
      Array.from({ length: 3000 }, () => "a".repeat(61)),
    );
    expect(ids).toHaveLength(9000);
    const one = encodeIds(many, "a".repeat(61));
    for (let i = 0; i < 3000; i += 250) expect(ids.subarray(rowStart[i], rowStart[i + 1])).toEqual(one);
    expect(rowStart.at(-1)).toBe(9000);
  });

  test("a long text after a short one, and a short one after that, leave nothing of each other", () => {
    const long = "a".repeat(100_000);
    expect(encodeIds(model, "a")).toHaveLength(1);
    expect(encodeIds(model, long)).toHaveLength(100_000);
    expect(encode(model, long).offsets.at(-1)).toBe(100_000);
    expect(latticeOf(model, long).end).toHaveLength(100_000);
    expect(encode(model, "aé").pieces).toEqual(["a", "é"]);
  });

  test("an empty text has no pieces and one path", () => {
    expect(encode(model, "").ids).toHaveLength(0);
    expect(countPaths(latticeOf(model, ""))).toBe(1n);
    expect(encodeBatch(model, ["", ""]).rowStart).toEqual(Int32Array.of(0, 0, 0));
  });
});

describe("what is not a model, a text, a path or a list of them is refused by code", () => {
  const known = modelFromPieces(thirds);
  const bad = (value: unknown): never => value as never;
  test.each<[string, () => unknown]>([
    ...[null, undefined, {}, 5].flatMap((none): [string, () => unknown][] => {
      const name = JSON.stringify(none);
      return [
        [`encode, model ${name}`, () => encode(bad(none), "a")],
        [`encodeIds, model ${name}`, () => encodeIds(bad(none), "a")],
        [`encodeBatch, model ${name}`, () => encodeBatch(bad(none), ["a"])],
        [`latticeOf, model ${name}`, () => latticeOf(bad(none), "a")],
        [`normalize, model ${name}`, () => normalize(bad(none), "a")],
        [`decode, model ${name}`, () => decode(bad(none), [0])],
        [`decodeStream, model ${name}`, () => decodeStream(bad(none))],
        [`encodeStream, model ${name}`, () => encodeStream(bad(none))],
        [`emit, model ${name}`, () => emit(bad(none), viterbi(latticeOf(known, "watching")))],
        [`emit, path ${name}`, () => emit(known, bad(none))],
        [`decode, ids ${name}`, () => decode(known, bad(none))],
        [`encodeBatch, texts ${name}`, () => encodeBatch(known, bad(none))],
      ];
    }),
    ["encodeBatch of a string", () => encodeBatch(known, bad("ab"))],
    ["encodeBatch of a Set", () => encodeBatch(known, bad(new Set(["ab"])))],
    // oxlint-disable-next-line no-sparse-arrays -- the point
    ["encodeBatch with a hole", () => encodeBatch(known, bad(["watching", , "watching"]))],
    ["decode of a Set", () => decode(known, bad(new Set([1])))],
    [
      "emit of another model's path",
      () => emit(modelFromPieces({ a: -1 }), viterbi(latticeOf(known, "watching"))),
    ],
    ["modelFromPieces of numbers", () => modelFromPieces(bad([1]))],
    ["constrain by a number", () => constrain(latticeOf(known, "watching"), { cuts: bad(5) })],
    ["constrain by nothing", () => constrain(latticeOf(known, "watching"), { cuts: bad(null) })],
    ["expectation of a number", () => expectation(latticeOf(known, "watching"), bad(3))],
    ["fold with nothing", () => fold(latticeOf(known, "watching"), bad(undefined))],
  ])("%s", (_, run) => {
    expect(run).toThrow(expect.objectContaining({ name: "LatticeError", code: "argument" }));
  });
});

test("a long run of unknown characters is one piece, found in one go", () => {
  const model = modelFromPieces({ "<unk>": -9, a: -1 });
  const { pieces, offsets } = encode(model, `a${"漢".repeat(50_000)}a`);
  expect(pieces.map(({ length }) => length)).toEqual([1, 50_000, 1]);
  expect([...offsets]).toEqual([0, 1, 1, 50_001, 50_001, 50_002]);
});

describe("emit", () => {
  const model = modelFromPieces(thirds);
  const lattice = latticeOf(model, "watching");

  test.each<[string, number[]]>([
    ["stops early", [2]],
    ["leaps", [0, 1]],
    ["goes on past the end", [...viterbi(lattice).edges, 0]],
    ["names an edge that is not there", [99]],
    ["is empty", []],
  ])("refuses a path that %s", (_, edges) => {
    expect(() => emit(model, { lattice, edges: Int32Array.from(edges), score: 0 })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });
});
