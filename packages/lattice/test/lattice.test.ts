import { describe, expect, test } from "vitest";
import {
  buildLattice,
  type Lattice,
  LatticeError,
  latticeFault,
  logPartition,
  viterbi,
} from "../src/index.ts";

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof LatticeError) return error.code;
    throw error;
  }
  return "none";
};

const plain = (): { -readonly [K in keyof Lattice]: Lattice[K] } => ({
  length: 2,
  rowStart: Int32Array.of(0, 2, 3),
  end: Int32Array.of(1, 2, 2),
  label: Int32Array.of(0, 1, 0),
  labelScore: Float64Array.of(-1, -1.5),
});

describe("buildLattice", () => {
  test("puts edges in rows by start, each in order of increasing end", () => {
    const lattice = buildLattice({
      length: 3,
      edges: [
        { start: 1, end: 3, score: -1, label: 7 },
        { start: 0, end: 2, score: -2 },
        { start: 0, end: 1, score: -3 },
        { start: 2, end: 3, score: -4 },
      ],
    });
    expect([...lattice.rowStart]).toEqual([0, 2, 3, 4]);
    expect([...lattice.end]).toEqual([1, 2, 3, 3]);
    expect([...lattice.label]).toEqual([0, 0, 7, 0]);
    expect([...lattice.score!]).toEqual([-3, -2, -1, -4]);
    expect(latticeFault(structuredClone(lattice))).toBeUndefined();
  });

  test("takes an empty lattice, whose one path is empty", () => {
    expect(viterbi(buildLattice({ length: 0, edges: [] }))).toMatchObject({
      score: 0,
      edges: new Int32Array(0),
    });
  });

  test.each([
    ["a negative length", -1, [], "argument"],
    ["a fractional length", 1.5, [], "argument"],
    ["a length beyond 31 bits", 2 ** 31, [], "argument"],
    ["an edge that goes nowhere", 2, [{ start: 1, end: 1, score: 0 }], "lattice"],
    ["an edge that goes back", 2, [{ start: 1, end: 0, score: 0 }], "lattice"],
    ["an edge from before the lattice", 2, [{ start: -1, end: 1, score: 0 }], "lattice"],
    ["an edge beyond the lattice", 2, [{ start: 0, end: 3, score: 0 }], "lattice"],
    ["a score of NaN", 2, [{ start: 0, end: 2, score: NaN }], "lattice"],
    ["a score that no sum resolves", 2, [{ start: 0, end: 2, score: -2e9 }], "lattice"],
    ["edges that are no array", 2, undefined as unknown as [], "argument"],
    ["an edge that is none", 2, [null as unknown as { start: 0; end: 2; score: 0 }], "lattice"],
    ["a score of −∞", 2, [{ start: 0, end: 2, score: -Infinity }], "lattice"],
    ["a fractional label", 2, [{ start: 0, end: 2, score: 0, label: 0.5 }], "lattice"],
  ])("refuses %s", (_, length, edges, code) => {
    expect(codeOf(() => buildLattice({ length, edges }))).toBe(code);
  });

  test("names the place of a bad edge", () => {
    const edges = [
      { start: 0, end: 1, score: 0 },
      { start: 0, end: 9, score: 0 },
    ];
    expect(() => buildLattice({ length: 2, edges })).toThrow(
      expect.objectContaining({ code: "lattice", at: 1 }),
    );
  });
});

describe("latticeFault", () => {
  test("finds none in an object of the lattice's shape", () => {
    expect(latticeFault(plain())).toBeUndefined();
  });

  test.each<[string, (lattice: ReturnType<typeof plain>) => void]>([
    ["a fractional length", (lattice) => (lattice.length = 1.5)],
    ["a rowStart of the wrong length", (lattice) => (lattice.rowStart = Int32Array.of(0, 3))],
    ["a rowStart that does not begin with 0", (lattice) => (lattice.rowStart = Int32Array.of(1, 2, 3))],
    [
      "a rowStart that does not end with the number of edges",
      (lattice) => (lattice.rowStart = Int32Array.of(0, 2, 4)),
    ],
    ["a rowStart that falls", (lattice) => (lattice.rowStart = Int32Array.of(0, 4, 3))],
    ["a label array that is too short", (lattice) => (lattice.label = Int32Array.of(0))],
    ["an edge to its own start", (lattice) => (lattice.end = Int32Array.of(0, 2, 2))],
    ["an edge beyond the last node", (lattice) => (lattice.end = Int32Array.of(1, 3, 2))],
    ["ends out of order", (lattice) => (lattice.end = Int32Array.of(2, 1, 2))],
    ["a label without a score", (lattice) => (lattice.label = Int32Array.of(0, 2, 0))],
    ["a negative label", (lattice) => (lattice.label = Int32Array.of(0, -1, 0))],
    ["a score of NaN", (lattice) => (lattice.labelScore = Float64Array.of(-1, NaN))],
    ["scores of the wrong number", (lattice) => Object.assign(lattice, { score: Float64Array.of(1) })],
    ["plain arrays", (lattice) => Object.assign(lattice, { end: [1, 2, 2] })],
    ["no scores at all", (lattice) => Object.assign(lattice, { labelScore: undefined })],
  ])("finds %s", (_, spoil) => {
    const lattice = plain();
    spoil(lattice);
    expect(latticeFault(lattice)).toBeTypeOf("string");
    expect(codeOf(() => viterbi(lattice))).toBe("lattice");
  });

  test("finds none in arrays of another realm's kind, told by name", () => {
    // As from an iframe: not an instance of this realm's class, and an Int32Array all the same.
    const foreign = Object.setPrototypeOf(
      Int32Array.of(1, 2, 2),
      Object.create(Int32Array.prototype),
    ) as Int32Array;
    expect(latticeFault({ ...plain(), end: foreign })).toBeUndefined();
  });

  test.each(["rowStart", "end", "label", "score"] as const)(
    "finds %s transferred elsewhere since the lattice was first seen",
    (key) => {
      const lattice = buildLattice({ length: 1, edges: [{ start: 0, end: 1, score: -1 }] });
      expect(viterbi(lattice).score).toBe(-1);
      structuredClone(lattice[key], { transfer: [lattice[key]!.buffer as ArrayBuffer] });
      expect(codeOf(() => logPartition(lattice))).toBe("lattice");
    },
  );

  test("finds null and undefined", () => {
    expect(latticeFault(null as unknown as Lattice)).toBeTypeOf("string");
    expect(latticeFault(undefined as unknown as Lattice)).toBeTypeOf("string");
  });
});
