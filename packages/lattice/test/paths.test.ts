import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildLattice, countPaths, nbest, rankedPaths, viterbi } from "../src/index.ts";
import { anyLattice, anyPassableLattice, enumeratePaths } from "./oracle.ts";

describe("viterbi", () => {
  test("finds the best score among all paths, by enumeration", () => {
    fc.assert(
      fc.property(anyPassableLattice, (lattice) => {
        const best = Math.max(...enumeratePaths(lattice).map(({ score }) => score));
        expect(viterbi(lattice).score).toBeCloseTo(best, 12);
        expect(viterbi(lattice, { ties: "sentencepiece" }).score).toBeCloseTo(best, 4);
      }),
    );
  });

  test("keeps the longest last edge where scores are equal", () => {
    const edges = [1, 2, 3].flatMap((node) => [
      { start: 0, end: node, score: 0 },
      { start: node, end: 4, score: 0 },
    ]);
    const { edges: path, lattice } = viterbi(buildLattice({ length: 4, edges }));
    expect([...path].map((e) => lattice.end[e])).toEqual([1, 4]);
  });

  test("as SentencePiece, compares an unrounded candidate with a float32 score", () => {
    // 0.1 rounds up to 0.10000000149 in float32, so 0.1 + 1e-9 does not beat it; exactly, it does.
    const edges = [
      { start: 0, end: 2, score: 0.1 },
      { start: 0, end: 1, score: 0 },
      { start: 1, end: 2, score: 0.1 + 1e-9 },
    ];
    const lattice = buildLattice({ length: 2, edges });
    expect(viterbi(lattice).edges.length).toBe(2);
    expect(viterbi(lattice, { ties: "sentencepiece" }).edges.length).toBe(1);
  });

  test("refuses a lattice without a path, and an unknown tie rule", () => {
    const gap = buildLattice({ length: 2, edges: [{ start: 1, end: 2, score: 0 }] });
    expect(() => viterbi(gap)).toThrow(expect.objectContaining({ code: "no-path" }));
    expect(() => viterbi(gap, { ties: "first" as "exact" })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
  });
});

describe("nbest", () => {
  test("gives all paths, each once, by falling score, as enumeration and sorting do", () => {
    fc.assert(
      fc.property(anyLattice, (lattice) => {
        const all = enumeratePaths(lattice);
        const ranked = nbest(lattice, all.length + 1);
        expect(ranked.length).toBe(all.length);
        expect(new Set(ranked.map(({ edges }) => edges.join())).size).toBe(all.length);
        const scores = all.map(({ score }) => score).sort((a, b) => b - a);
        ranked.forEach(({ edges, score }, i) => {
          expect(score).toBeCloseTo(scores[i]!, 12);
          const listed = all.find((path) => path.edges.join() === edges.join());
          expect(listed!.score).toBeCloseTo(score, 12);
        });
      }),
    );
  });

  test("begins with viterbi's path, unless scores are equal to rounding", () => {
    fc.assert(
      fc.property(anyPassableLattice, (lattice) => {
        const [first, second] = nbest(lattice, 2);
        if (second === undefined || first!.score - second.score > 1e-9)
          expect(first!.edges).toEqual(viterbi(lattice).edges);
      }),
    );
  });

  test("goes deep without a stack: the 20 best of 2^50,000 paths", () => {
    const length = 50_000;
    const edges = Array.from({ length }, (_, start) =>
      [0, -1 - start / length].map((score) => ({ start, end: start + 1, score })),
    );
    const lattice = buildLattice({ length, edges: edges.flat() });
    let last = Infinity;
    let count = 0;
    for (const { score, edges: path } of rankedPaths(lattice)) {
      expect(score).toBeLessThanOrEqual(last);
      expect(path.length).toBe(length);
      last = score;
      if (++count === 20) break;
    }
    expect(last).toBe(-1 - 18 / length);
    expect(countPaths(buildLattice({ length: 100, edges: edges.slice(0, 100).flat() }))).toBe(2n ** 100n);
  });

  test("gives nothing for n = 0 or no path, and refuses other n", () => {
    const gap = buildLattice({ length: 2, edges: [{ start: 1, end: 2, score: 0 }] });
    expect(nbest(gap, 3)).toEqual([]);
    expect(nbest(buildLattice({ length: 0, edges: [] }), 0)).toEqual([]);
    expect(nbest(buildLattice({ length: 0, edges: [] }), 2)).toHaveLength(1);
    for (const n of [-1, 1.5, NaN])
      expect(() => nbest(gap, n)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});
