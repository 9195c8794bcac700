import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  backwardMasses,
  buildLattice,
  countPaths,
  edgeWeights,
  entropy,
  forwardMasses,
  type Lattice,
  logAddExp,
  logPartition,
  marginals,
  powerOfTwo,
  transitions,
} from "../src/index.ts";
import { plainMarginals } from "../src/marginals.ts";
import { weightsOf } from "../src/weights.ts";
import { anyAlpha, anyLattice, anyPassableLattice, enumeratePaths, logSumExp } from "./oracle.ts";

const close = (got: number, want: number, tolerance = 1e-10): void => {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(want)));
};

describe("on every small lattice, by enumeration of its paths", () => {
  test("logPartition is the log of the sum of exp(alpha · score)", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const paths = enumeratePaths(lattice);
        close(logPartition(lattice, { alpha }), logSumExp(paths.map(({ score }) => alpha * score)));
      }),
    );
  });

  test("a marginal is the share of the paths through an edge", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const paths = enumeratePaths(lattice);
        const logZ = logSumExp(paths.map(({ score }) => alpha * score));
        const share = new Float64Array(lattice.end.length);
        for (const { edges, score } of paths)
          for (const e of edges) share[e]! += Math.exp(alpha * score - logZ);
        marginals(lattice, { alpha }).edge.forEach((p, e) => close(p, share[e]!));
      }),
    );
  });

  test("entropy is −Σ p log p", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const paths = enumeratePaths(lattice);
        const logZ = logSumExp(paths.map(({ score }) => alpha * score));
        const logs = paths.map(({ score }) => alpha * score - logZ);
        close(entropy(lattice, { alpha }), -logs.reduce((sum, log) => sum + Math.exp(log) * log, 0), 1e-9);
      }),
    );
  });

  test("countPaths is their number, and exp(logPartition) at alpha 0", () => {
    fc.assert(
      fc.property(anyLattice, (lattice) => {
        const paths = enumeratePaths(lattice);
        expect(countPaths(lattice)).toBe(BigInt(paths.length));
        if (paths.length > 0) close(Math.exp(logPartition(lattice, { alpha: 0 })), paths.length);
      }),
    );
  });

  test("forward and backward masses meet at every node: Σ over edges of a cut is Z", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const before = forwardMasses(lattice, { alpha });
        const after = backwardMasses(lattice, { alpha });
        close(before[lattice.length]!, after[0]!);
        const { edge } = marginals(lattice, { alpha });
        for (let cut = 0; cut < lattice.length; cut++) {
          let crossing = 0;
          for (let s = 0; s <= cut; s++)
            for (let e = lattice.rowStart[s]!; e < lattice.rowStart[s + 1]!; e++)
              if (lattice.end[e]! > cut) crossing += edge[e]!;
          close(crossing, 1);
        }
      }),
    );
  });

  test("the derivative of log Z in an edge's score is alpha times its marginal, by finite difference", () => {
    fc.assert(
      fc.property(anyPassableLattice, fc.nat(), (lattice, pick) => {
        if (lattice.end.length === 0) return;
        const e = pick % lattice.end.length;
        const moved = (by: number): Lattice => {
          const score = lattice.score!.slice();
          score[e]! += by;
          return { ...lattice, score };
        };
        const alpha = 0.7;
        const slope = (logPartition(moved(1e-5), { alpha }) - logPartition(moved(-1e-5), { alpha })) / 2e-5;
        expect(Math.abs(slope - alpha * marginals(lattice, { alpha }).edge[e]!)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe("transitions", () => {
  test("multiply along a path to its probability, and sum to 1 in each row that a path goes through", () => {
    fc.assert(
      fc.property(anyPassableLattice, anyAlpha, (lattice, alpha) => {
        const { edge, logPartition: logZ } = transitions(lattice, { alpha });
        close(logZ, logPartition(lattice, { alpha }));
        for (const { edges, score } of enumeratePaths(lattice))
          close(
            edges.reduce((product, e) => product * edge[e]!, 1),
            Math.exp(alpha * score - logZ),
          );
        const { node } = marginals(lattice, { alpha });
        for (let s = 0; s < lattice.length; s++) {
          const row = edge.subarray(lattice.rowStart[s], lattice.rowStart[s + 1]);
          if (node[s]! > 0)
            close(
              row.reduce((sum, p) => sum + p, 0),
              1,
            );
        }
      }),
    );
  });

  test("into a dead end are 0, however far the masses have fallen by there", () => {
    const length = 100;
    const edges = Array.from({ length: length - 1 }, (_, i) => ({
      start: i && i + 1,
      end: i + 2,
      score: -80,
    }));
    const lattice = buildLattice({ length, edges: [{ start: 0, end: 1, score: -80 }, ...edges] });
    const want = [0, ...edges.map(() => 1)];
    expect([...transitions(lattice).edge]).toEqual(want);
    const plain = plainMarginals(lattice, weightsOf(lattice, 1));
    for (const { edge, node } of [marginals(lattice), plain]) {
      edge.forEach((p, e) => close(p, want[e]!));
      node.forEach((p, s) => close(p, s === 1 ? 0 : 1));
    }
  });

  test("of a lattice without a path have the log-partition −∞", () => {
    expect(transitions(buildLattice({ length: 1, edges: [] })).logPartition).toBe(-Infinity);
  });
});

describe("edgeWeights", () => {
  const scores = [0, -0.3, -25, 3, -700, 40, -1e6];
  const byEdge = buildLattice({ length: 1, edges: scores.map((score) => ({ start: 0, end: 1, score })) });
  const byLabel: Lattice = {
    length: 1,
    rowStart: Int32Array.of(0, 7),
    end: new Int32Array(7).fill(1),
    label: Int32Array.of(6, 5, 4, 3, 2, 1, 0),
    labelScore: Float64Array.from(scores).reverse(),
  };

  test("are exp(alpha · score) as mantissa · 2^exponent, the exponent 0 but for extreme scores", () => {
    const { mantissa, exponent } = edgeWeights(byEdge, { alpha: 0.7 });
    scores.forEach((score, e) => {
      close(Math.log(mantissa[e]!) + exponent[e]! * Math.LN2, 0.7 * score, 1e-15);
      expect(Math.abs(Math.log2(mantissa[e]!))).toBeLessThanOrEqual(128);
      expect(Math.abs(exponent[e]! % 256)).toBe(0);
      if (Math.abs(score) < 120) expect(exponent[e]).toBe(0);
    });
  });

  test("are the same by edge and by label, asked once, again, and after many other alphas", () => {
    for (const alpha of [1, 1, 1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 9, 1, 1])
      expect(edgeWeights(byLabel, { alpha })).toEqual(edgeWeights(byEdge, { alpha }));
  });

  test("do not hang on labels that no edge has, asked once or again", () => {
    for (const unused of [NaN, -Infinity, -1e9]) {
      const lattice = { ...byLabel, labelScore: Float64Array.from([...byLabel.labelScore, unused]) };
      for (const alpha of [2, 2, 2])
        expect(edgeWeights(lattice, { alpha })).toEqual(edgeWeights(byEdge, { alpha }));
    }
  });

  test("are refused where alpha · score is so large that no sum of such means anything", () => {
    for (const alpha of [1e4, -1e308, 1e308])
      for (const ask of [edgeWeights, logPartition, marginals, entropy, transitions])
        expect(() => ask(byEdge, { alpha })).toThrow(expect.objectContaining({ code: "argument" }));
    marginals(byEdge, { alpha: -900 }).edge.forEach((p, e) => close(p, e === 6 ? 1 : 0));
  });
});

describe("powerOfTwo", () => {
  test("is 2^x over all of float64, and 0 or ∞ beyond", () => {
    for (const power of [-1074, -1022, -1, 0, 1, 64, 1023]) expect(powerOfTwo(power)).toBe(2 ** power);
    expect(powerOfTwo(-1075)).toBe(0);
    expect(powerOfTwo(1024)).toBe(Infinity);
    expect(powerOfTwo(-1e300)).toBe(0);
  });
});

describe("in closed form", () => {
  /** n units in a row, each alone or in pairs: the paths are counted by the Fibonacci numbers. */
  const fibonacci = (n: number, score = 0): Lattice => {
    const edges = [];
    for (let start = 0; start < n; start++)
      for (const span of [1, 2])
        if (start + span <= n) edges.push({ start, end: start + span, score: span * score });
    return buildLattice({ length: n, edges });
  };

  test("countPaths of singles and pairs over 1,000 units is the 1001st Fibonacci number", () => {
    let [a, b] = [1n, 1n];
    for (let i = 1; i < 1000; i++) [a, b] = [b, a + b];
    expect(countPaths(fibonacci(1000))).toBe(b);
  });

  test("logPartition stays exact over 100,000 units: log F(n + 1) = n log φ + log(φ/√5)", () => {
    const n = 100_000;
    const phi = (1 + Math.sqrt(5)) / 2;
    const lattice = fibonacci(n, -8);
    const want = (n + 1) * Math.log(phi) - Math.log(Math.sqrt(5)) - 8 * n;
    expect(Math.abs(logPartition(lattice) - want)).toBeLessThan(1e-9);
    // Every path covers every unit once.
    const covered = marginals(lattice).edge.reduce((sum, p, e) => sum + (p * lattice.score![e]!) / -8, 0);
    expect(Math.abs(covered / n - 1)).toBeLessThan(1e-10);
  });

  test("equal scores give the entropy log n, and a lone path 0", () => {
    const edges = [-3, -3, -3].map((score) => ({ start: 0, end: 1, score }));
    expect(entropy(buildLattice({ length: 1, edges }))).toBeCloseTo(Math.log(3), 14);
    expect(entropy(buildLattice({ length: 1, edges: edges.slice(0, 1) }))).toBe(0);
  });

  test("scores of any size neither overflow nor vanish", () => {
    const edges = [-5000, -5001, 4000].map((score, i) => ({
      start: i === 2 ? 1 : 0,
      end: i === 2 ? 2 : 1,
      score,
    }));
    const lattice = buildLattice({ length: 2, edges });
    expect(logPartition(lattice)).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 10);
    marginals(lattice, { alpha: 1000 }).edge.forEach((p, e) => close(p, [1, 0, 1][e]!));
  });

  test("an empty lattice has one path of mass 1", () => {
    const lattice = buildLattice({ length: 0, edges: [] });
    expect(logPartition(lattice)).toBe(0);
    expect(entropy(lattice)).toBe(0);
    expect(countPaths(lattice)).toBe(1n);
  });
});

describe("bad input", () => {
  const gap = buildLattice({ length: 2, edges: [{ start: 0, end: 1, score: 0 }] });

  test("a lattice without a path has no law: no-path", () => {
    for (const ask of [logPartition, marginals, entropy])
      expect(() => ask(gap)).toThrow(expect.objectContaining({ code: "no-path" }));
    expect(countPaths(gap)).toBe(0n);
    expect(forwardMasses(gap)[2]).toBe(-Infinity);
    expect(backwardMasses(gap)[0]).toBe(-Infinity);
  });

  test.each([NaN, Infinity, -Infinity])("alpha = %s is refused", (alpha) => {
    for (const ask of [logPartition, marginals, entropy, forwardMasses, backwardMasses])
      expect(() => ask(gap, { alpha })).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

describe("logAddExp", () => {
  test("adds, in either order, from −∞ on", () => {
    expect(logAddExp(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), 14);
    expect(logAddExp(-Infinity, 1)).toBe(1);
    expect(logAddExp(1, -Infinity)).toBe(1);
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
  });
});
