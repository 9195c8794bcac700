import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildLattice,
  constrain,
  counting,
  countPaths,
  emit,
  entropy,
  expectation,
  expectationSemiring,
  expectedCounts,
  fold,
  foldByPieces,
  klDivergence,
  type Lattice,
  latticeOf,
  logPartition,
  logSum,
  marginals,
  maxPlus,
  modelFromPieces,
  nbest,
  type Semiring,
  viterbi,
} from "../src/index.ts";
import { anyAlpha, anyLattice, anyPassableLattice, enumeratePaths, logSumExp } from "./oracle.ts";

const near = (got: number, want: number, tolerance = 1e-9): void => {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(want)));
};
/** The law over paths, by enumeration. */
const lawOf = (lattice: Lattice, alpha: number): { edges: number[]; p: number }[] => {
  const paths = enumeratePaths(lattice);
  const logZ = logSumExp(paths.map(({ score }) => alpha * score));
  return paths.map(({ edges, score }) => ({ edges, p: Math.exp(alpha * score - logZ) }));
};
const gap = buildLattice({ length: 2, edges: [{ start: 0, end: 1, score: 0 }] });

describe("fold", () => {
  test("with the semirings given is viterbi, logPartition and countPaths", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        near(fold(lattice, logSum, { alpha }), logPartition(lattice, { alpha }));
        near(fold(lattice, maxPlus), viterbi(lattice).score);
        expect(fold(lattice, counting)).toBe(countPaths(lattice));
      }),
    );
  });

  test("with the expectation semiring is the mean of a value, by enumeration", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const value = (e: number): number => Math.sin(e + 1);
        const mean = lawOf(lattice, alpha).reduce(
          (sum, { edges, p }) => sum + p * edges.reduce((v, e) => v + value(e), 0),
          0,
        );
        const folded = fold(lattice, expectationSemiring(value), { alpha });
        near(folded.mean, mean);
        near(folded.logMass, logPartition(lattice, { alpha }));
      }),
    );
  });

  test("with a semiring of one's own: all paths as strings", () => {
    const strings: Semiring<readonly string[]> = {
      zero: [],
      one: [""],
      plus: (a, b) => [...a, ...b],
      times: (a, b) => a.flatMap((x) => b.map((y) => x + y)),
      edge: (_, e) => [`${e} `],
    };
    fc.assert(
      fc.property(anyLattice, (lattice) => {
        const want = enumeratePaths(lattice).map(({ edges }) => edges.map((e) => `${e} `).join(""));
        expect([...fold(lattice, strings)].sort()).toEqual(want.sort());
      }),
    );
  });

  test("without a path is zero", () => {
    expect(fold(gap, counting)).toBe(0n);
    expect(fold(gap, logSum)).toBe(-Infinity);
    expect(
      fold(
        gap,
        expectationSemiring(() => 1),
      ),
    ).toEqual({ logMass: -Infinity, mean: 0 });
  });
});

describe("foldByPieces", () => {
  test("sums the paths of each length apart, by enumeration", () => {
    fc.assert(
      fc.property(anyLattice, anyAlpha, (lattice, alpha) => {
        const paths = enumeratePaths(lattice);
        const counts = foldByPieces(lattice, counting);
        const masses = foldByPieces(lattice, logSum, { alpha });
        expect(counts.length).toBe(
          paths.length === 0 ? 0 : Math.max(...paths.map(({ edges }) => edges.length)) + 1,
        );
        counts.forEach((count, k) => {
          const those = paths.filter(({ edges }) => edges.length === k);
          expect(count).toBe(BigInt(those.length));
          if (those.length > 0) near(masses[k]!, logSumExp(those.map(({ score }) => alpha * score)));
          else expect(masses[k]).toBe(-Infinity);
        });
      }),
    );
  });

  test("of n units, each alone or in pairs, gives the binomial coefficients", () => {
    const n = 20;
    const edges = Array.from({ length: n }, (_, start) =>
      [1, 2].map((span) => ({ start, end: start + span, score: 0 })),
    );
    const lattice = buildLattice({ length: n, edges: edges.flat().filter(({ end }) => end <= n) });
    const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a - 1, b - 1) * a) / b);
    // k pieces of which n − k are pairs.
    const want = Array.from({ length: n + 1 }, (_, k) => (2 * k < n ? 0n : BigInt(choose(k, n - k))));
    expect(foldByPieces(lattice, counting)).toEqual(want);
  });
});

describe("expectation", () => {
  test("is mean and variance of an additive value, by enumeration", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const value = (e: number): number => Math.cos(3 * e) + 2;
        const law = lawOf(lattice, alpha).map(({ edges, p }) => ({
          p,
          x: edges.reduce((sum, e) => sum + value(e), 0),
        }));
        const mean = law.reduce((sum, { p, x }) => sum + p * x, 0);
        const variance = law.reduce((sum, { p, x }) => sum + p * (x - mean) ** 2, 0);
        const got = expectation(lattice, value, { alpha });
        near(got.mean, mean);
        near(got.variance, variance, 1e-8);
      }),
    );
  });

  test("of the score is d log Z / d alpha, and its variance the second derivative", () => {
    fc.assert(
      fc.property(anyPassableLattice, fc.double({ min: 0.1, max: 2, noNaN: true }), (lattice, alpha) => {
        const logZ = (a: number): number => logPartition(lattice, { alpha: a });
        const h = 1e-4;
        const { mean, variance } = expectation(lattice, (e) => lattice.score![e]!, { alpha });
        expect(Math.abs((logZ(alpha + h) - logZ(alpha - h)) / (2 * h) - mean)).toBeLessThan(1e-4);
        expect(
          Math.abs((logZ(alpha + h) - 2 * logZ(alpha) + logZ(alpha - h)) / h ** 2 - variance),
        ).toBeLessThan(1e-3);
      }),
    );
  });

  test("over 100,000 independent choices keeps the variance n · p(1 − p)", () => {
    const n = 100_000;
    const edges = Array.from({ length: n }, (_, start) =>
      [0, Math.log(3)].map((score) => ({ start, end: start + 1, score })),
    );
    const { mean, variance } = expectation(buildLattice({ length: n, edges: edges.flat() }), (e) => e % 2);
    expect(Math.abs(mean / (0.75 * n) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(variance / (0.1875 * n) - 1)).toBeLessThan(1e-9);
  });

  test("refuses a value that is not finite, and a lattice without a path", () => {
    const lattice = buildLattice({ length: 1, edges: [{ start: 0, end: 1, score: 0 }] });
    expect(() => expectation(lattice, () => NaN)).toThrow(
      expect.objectContaining({ code: "argument", at: 0 }),
    );
    expect(() => expectation(gap, () => 1)).toThrow(expect.objectContaining({ code: "no-path" }));
  });
});

describe("marginals", () => {
  test("of a node is the share of the paths that visit it", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const visits = new Float64Array(lattice.length + 1);
        visits[0] = 1;
        for (const { edges, p } of lawOf(lattice, alpha))
          for (const e of edges) visits[lattice.end[e]!]! += p;
        marginals(lattice, { alpha }).node.forEach((p, node) => near(p, visits[node]!));
      }),
    );
  });
});

describe("expectedCounts", () => {
  test("times alpha is the gradient of log Z in the scores of the pieces, by finite difference", () => {
    const pieces: Record<string, number> = { a: -1, aa: -1.5, b: -2, ab: -2.5, ba: -1.2 };
    const alpha = 0.7;
    const at = (change: Record<string, number>): number =>
      logPartition(latticeOf(modelFromPieces({ ...pieces, ...change }), "aababaab"), { alpha });
    const counts = expectedCounts(latticeOf(modelFromPieces(pieces), "aababaab"), { alpha });
    Object.entries(pieces).forEach(([piece, score], id) => {
      const slope = (at({ [piece]: score + 1e-5 }) - at({ [piece]: score - 1e-5 })) / 2e-5;
      expect(Math.abs(slope - alpha * counts[id]!)).toBeLessThan(1e-7);
    });
  });

  test("refuses a lattice whose labels have no scores", () => {
    expect(() => expectedCounts(gap)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

describe("klDivergence", () => {
  const weights = (lattice: Lattice, alpha: number): Map<string, number> => {
    const law = new Map<string, number>();
    for (const { edges, p } of lawOf(lattice, alpha)) {
      const cuts = edges.map((e) => lattice.end[e]).join();
      law.set(cuts, (law.get(cuts) ?? 0) + p);
    }
    return law;
  };
  const byEnumeration = (p: Map<string, number>, q: Map<string, number>): number => {
    let sum = 0;
    for (const [cuts, mass] of p) if (mass > 0) sum += mass * Math.log(mass / (q.get(cuts) ?? 0));
    return sum;
  };
  const moderate = fc.double({ min: -1, max: 2, noNaN: true });

  test("between two alphas of one lattice, by enumeration", () => {
    fc.assert(
      fc.property(anyPassableLattice, moderate, moderate, (lattice, alphaP, alphaQ) => {
        const want = byEnumeration(weights(lattice, alphaP), weights(lattice, alphaQ));
        near(klDivergence(lattice, lattice, { alphaP, alphaQ }), want, 1e-8);
      }),
    );
  });

  test("between two lattices over the same nodes, by enumeration; +∞ where one lacks a segmentation", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyPassableLattice, (p, q) => {
        if (p.length !== q.length) return;
        const want = byEnumeration(weights(p, 0.3), weights(q, 0.5));
        const got = klDivergence(p, q, { alphaP: 0.3, alphaQ: 0.5 });
        if (want === Infinity) expect(got).toBe(Infinity);
        else near(got, want, 1e-8);
      }),
      { numRuns: 1000 },
    );
  });

  test("between two models on one text", () => {
    const p = latticeOf(modelFromPieces({ a: -1, b: -1, ab: -1 }), "abab");
    const q = latticeOf(modelFromPieces({ ab: -3, a: -2, b: -1, ba: -1 }), "abab");
    near(klDivergence(p, q), byEnumeration(weights(p, 1), weights(q, 1)));
    expect(klDivergence(q, p)).toBe(Infinity);
    expect(() => klDivergence(p, gap)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

describe("constrain", () => {
  test("leaves just the paths that meet the constraints, in the same proportions, by enumeration", () => {
    const nodes = fc.array(fc.nat(7), { maxLength: 2 });
    fc.assert(
      fc.property(anyLattice, nodes, nodes, fc.nat(5), (lattice, someCuts, someNoCuts, label) => {
        const cuts = someCuts.filter((node) => node <= lattice.length);
        const noCuts = someNoCuts.filter((node) => node > 0 && node < lattice.length);
        const allow = (e: number): boolean => lattice.label[e] !== label;
        const visits = (edges: readonly number[]): number[] => [0, ...edges.map((e) => lattice.end[e]!)];
        const want = enumeratePaths(lattice).filter(
          ({ edges }) =>
            cuts.every((node) => visits(edges).includes(node)) &&
            !noCuts.some((node) => visits(edges).includes(node)) &&
            edges.every(allow),
        );
        const constrained = constrain(lattice, { cuts, noCuts, allow });
        const got = enumeratePaths(constrained);
        const scores = (paths: readonly { score: number }[]): number[] =>
          paths.map(({ score }) => score).sort((a, b) => a - b);
        expect(scores(got)).toEqual(scores(want));
      }),
    );
  });

  test("keeps a text's lattice one that emit understands", () => {
    const model = modelFromPieces({ un: -1, do: -1, und: -1, o: -2, u: -3, n: -3, d: -3 });
    const lattice = latticeOf(model, "undo");
    const [best] = nbest(constrain(lattice, { cuts: [2], noCuts: [1] }), 1);
    expect(emit(model, best!).pieces).toEqual(["un", "do"]);
    const noDo = constrain(lattice, { allow: (e) => lattice.end[e] !== 4 || lattice.label[e] === 3 });
    expect(emit(model, viterbi(noDo)).pieces).toEqual(["und", "o"]);
    expect(entropy(constrain(lattice, { cuts: [1, 2, 3] }))).toBe(0);
  });

  test("without constraints changes nothing, and refuses nodes that are not there", () => {
    const lattice = latticeOf(modelFromPieces({ a: -1, aa: -2 }), "aaa");
    expect(constrain(lattice, {})).toEqual(lattice);
    for (const node of [-1, 4, 0.5])
      expect(() => constrain(lattice, { cuts: [node] })).toThrow(
        expect.objectContaining({ code: "argument" }),
      );
    for (const node of [0, 3])
      expect(() => constrain(lattice, { noCuts: [node] })).toThrow(
        expect.objectContaining({ code: "argument" }),
      );
  });
});
