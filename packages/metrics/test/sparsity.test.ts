import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosine, entropy } from "../src/index.ts";
import {
  effectiveCount,
  effectiveRank,
  gini,
  hoyer,
  MetricsError,
  normRatio,
  participationRank,
  participationRatio,
  renyiEntropy,
  singularValues,
  sparsity,
  stableRank,
  topMass,
} from "../src/sparsity.ts";
import golden from "./golden/vectors.json" with { type: "json" };

const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 100, noNaN: true }));
/** Non-negative weights, at least two, not all zero. */
const weights = fc.array(weight, { minLength: 2, maxLength: 12 }).filter((x) => x.some((v) => v > 0));
const uneven = weights.filter((x) => Math.max(...x) > Math.min(...x) * 1.01 + 0.01);

/** Each measure as a function that is larger for what is sparser, with its values where all are equal and where one is alone. */
const measures: Record<
  string,
  { of: (x: number[]) => number; even: (n: number) => number; alone: (n: number) => number }
> = {
  sparsity: { of: (x) => -sparsity(x), even: () => -1, alone: (n) => -1 / Math.sqrt(n) },
  "normRatio ½ over 3": {
    of: (x) => -normRatio(x, { q: 0.5, p: 3 }),
    even: () => -1,
    alone: (n) => -(n ** (1 / 3 - 2)),
  },
  "normRatio 1 over ∞": { of: (x) => -normRatio(x, { p: Infinity }), even: () => -1, alone: (n) => -1 / n },
  hoyer: { of: hoyer, even: () => 0, alone: () => 1 },
  gini: { of: gini, even: () => 0, alone: (n) => 1 - 1 / n },
  participationRatio: { of: (x) => -participationRatio(x), even: (n) => -n, alone: () => -1 },
  "renyiEntropy of order 1": { of: (x) => -renyiEntropy(x), even: (n) => -Math.log(n), alone: () => 0 },
  "renyiEntropy of order 2": { of: (x) => -renyiEntropy(x, 2), even: (n) => -Math.log(n), alone: () => 0 },
  "renyiEntropy of order ∞": {
    of: (x) => -renyiEntropy(x, Infinity),
    even: (n) => -Math.log(n),
    alone: () => 0,
  },
  effectiveCount: { of: (x) => -effectiveCount(x), even: (n) => -n, alone: () => -1 },
  "effectiveCount of order ½": { of: (x) => -effectiveCount(x, 0.5), even: (n) => -n, alone: () => -1 },
  topMass: { of: (x) => topMass(x, 1), even: (n) => 1 / n, alone: () => 1 },
};
/** Which need not show a transfer, as they look at the largest entry alone, or beside the sum. */
const ofLargest = new Set(["normRatio 1 over ∞", "renyiEntropy of order ∞", "topMass"]);
/** Which of the six properties of Hurley and Rickard a measure has, but for those that all here have. */
const cloning = new Set(["sparsity", "normRatio ½ over 3", "normRatio 1 over ∞", "gini"]);
const babies = new Set(["sparsity", "normRatio ½ over 3", "normRatio 1 over ∞", "gini", "hoyer"]);

describe.each(Object.entries(measures))("%s", (name, { of, even, alone }) => {
  const slack = 1e-12;

  test("lies between what it is for equal entries and for one alone", () => {
    for (const n of [2, 3, 10]) {
      expect(of(Array.from({ length: n }, () => 0.3))).toBeCloseTo(even(n), 13);
      expect(of(Array.from({ length: n }, (_, i) => (i === 1 ? 7 : 0)))).toBeCloseTo(alone(n), 13);
    }
    fc.assert(
      fc.property(weights, (x) => {
        expect(of(x)).toBeGreaterThanOrEqual(even(x.length) - slack);
        expect(of(x)).toBeLessThanOrEqual(alone(x.length) + slack);
      }),
    );
  });

  test("does not see signs, order, nor scale (D2)", () => {
    fc.assert(
      fc.property(weights, (x) => {
        expect(of(x.map((v, i) => (i % 2 ? -v : v)))).toBe(of(x));
        expect(of(x.toReversed())).toBeCloseTo(of(x), 12);
        for (const scale of [1e-300, 3, 1e300]) expect(of(x.map((v) => v * scale))).toBeCloseTo(of(x), 11);
      }),
    );
  });

  test("is less sparse after a transfer from rich to poor (D1, Robin Hood)", () => {
    const strict = !ofLargest.has(name);
    fc.assert(
      fc.property(uneven, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (x, part) => {
        const [rich, poor] = [x.indexOf(Math.max(...x)), x.indexOf(Math.min(...x))];
        const amount = (part * (x[rich]! - x[poor]!)) / 2;
        const fairer = x.map((v, i) => (i === rich ? v - amount : i === poor ? v + amount : v));
        expect(of(fairer)).toBeLessThan(of(x) + slack);
        if (strict && amount > 0.01) expect(of(fairer)).toBeLessThan(of(x));
      }),
    );
  });

  test("is less sparse after the same is added to all (D3, rising tide)", () => {
    fc.assert(
      fc.property(uneven, fc.double({ min: 1, max: 100, noNaN: true }), (x, more) => {
        expect(of(x.map((v) => v + more))).toBeLessThan(of(x));
      }),
    );
  });

  test(`${cloning.has(name) ? "does not see" : "sees"} whether all is there twice (D4, cloning)`, () => {
    fc.assert(
      fc.property(uneven, (x) => {
        const difference = Math.abs(of([...x, ...x]) - of(x));
        if (cloning.has(name)) expect(difference).toBeLessThan(slack);
        else expect(difference).toBeGreaterThan(1e-6);
      }),
    );
  });

  test("becomes sparser as one entry outgrows all others (P1, Bill Gates)", () => {
    fc.assert(
      fc.property(
        weights.filter((x) => x.filter((v) => v > 0).length > 1),
        (x) => {
          const enormous = (size: number): number[] => [size, ...x.slice(1)];
          if (x.slice(1).every((v) => v === 0)) return;
          expect(of(enormous(1e6))).toBeGreaterThan(of(enormous(1e5)));
        },
      ),
    );
  });

  test(`${babies.has(name) ? "becomes sparser" : "is the same"} with another zero (P2, babies)`, () => {
    fc.assert(
      fc.property(uneven, (x) => {
        if (babies.has(name)) {
          // At its most already for one alone.
          if (x.filter((v) => v > 0).length > 1) expect(of([...x, 0])).toBeGreaterThan(of(x));
        } else expect(of([...x, 0])).toBeCloseTo(of(x), 12);
      }),
    );
  });
});

describe("what belongs together", () => {
  test("S is the cosine with equal entries, 1 / √(1 + Var|x| / E²|x|), and gives Hoyer and the participation ratio", () => {
    fc.assert(
      fc.property(weights, (x) => {
        const s = sparsity(x);
        const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
        const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length;
        expect(s).toBeCloseTo(
          cosine(
            x,
            x.map(() => 1),
          ),
          13,
        );
        expect(s).toBeCloseTo(1 / Math.sqrt(1 + variance / mean ** 2), 13);
        expect(participationRatio(x)).toBeCloseTo(x.length * s * s, 11);
        expect(renyiEntropy(x, 2)).toBeCloseTo(Math.log(participationRatio(x)), 13);
        expect(normRatio(x, { q: 1, p: 2 })).toBe(s);
      }),
    );
  });

  test("Rényi entropy is Shannon's at 1, counts at 0, is the largest share at ∞, and falls between", () => {
    fc.assert(
      fc.property(weights, (x) => {
        const total = x.reduce((sum, v) => sum + v, 0);
        expect(renyiEntropy(x)).toBeCloseTo(entropy(x.map((v) => v / total)), 12);
        expect(renyiEntropy(x, 1 + 1e-7)).toBeCloseTo(renyiEntropy(x), 5);
        expect(renyiEntropy(x, 0)).toBeCloseTo(Math.log(x.filter((v) => v > 0).length), 12);
        expect(renyiEntropy(x, Infinity)).toBeCloseTo(-Math.log(Math.max(...x) / total), 12);
        const orders = [0, 0.5, 0.9, 1, 1.5, 2, 10, 1000, Infinity].map((order) => renyiEntropy(x, order));
        for (let i = 1; i < orders.length; i++) expect(orders[i]).toBeLessThanOrEqual(orders[i - 1]! + 1e-12);
      }),
    );
  });

  test("Gini is half the mean difference over the mean, by enumeration", () => {
    fc.assert(
      fc.property(weights, (x) => {
        const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
        const differences = x.flatMap((a) => x.map((b) => Math.abs(a - b)));
        const half = differences.reduce((sum, v) => sum + v, 0) / x.length ** 2 / 2;
        expect(gini(x)).toBeCloseTo(half / mean, 12);
      }),
    );
  });

  test("Rényi entropy keeps its digits near order 1, where it bends by half the variance of log p", () => {
    fc.assert(
      fc.property(weights, fc.double({ min: -0.02, max: 0.02, noNaN: true }), (x, beyond) => {
        const total = x.reduce((sum, v) => sum + v, 0);
        const logs = x.filter((v) => v > 0).map((v) => Math.log(v / total));
        const mean = logs.reduce((sum, v) => sum + Math.exp(v) * v, 0);
        const variance = logs.reduce((sum, v) => sum + Math.exp(v) * (v - mean) ** 2, 0);
        const got = renyiEntropy(x, 1 + beyond);
        // The next term of the series is a sixth of the third cumulant, of logs in [−14, 0].
        expect(Math.abs(got + mean + (beyond * variance) / 2)).toBeLessThan(500 * beyond ** 2 + 1e-12);
      }),
    );
    for (const order of [1 - 1e-15, 1 + 1e-15, 1 + 1e-12])
      expect(renyiEntropy([0.5, 0.25, 0.25], order)).toBeCloseTo(1.5 * Math.LN2, 11);
  });

  test("topMass lies between k / n and 1, grows with k, and is the share of the k largest by enumeration", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 12 }), (x, k) => {
        const total = x.reduce((sum, v) => sum + v, 0);
        const top = x.toSorted((a, b) => b - a).slice(0, k);
        expect(topMass(x, k)).toBeCloseTo(top.reduce((sum, v) => sum + v, 0) / total, 12);
        expect(topMass(x, k)).toBeGreaterThanOrEqual(Math.min(1, k / x.length) - 1e-14);
        expect(topMass(x, k)).toBeLessThanOrEqual(topMass(x, k + 1) + 1e-14);
        expect(topMass(x, k)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("topMass is the share of the largest", () => {
    expect(topMass([1, -5, 2, 2], 1)).toBe(0.5);
    expect(topMass([1, -5, 2, 2], 3)).toBe(0.9);
    expect(topMass([1, -5, 2, 2], 4)).toBe(1);
    expect(topMass([1, -5, 2, 2], 9)).toBe(1);
  });
});

describe("singularValues", () => {
  test("are numpy's", () => {
    for (const { rows, columns, entries, singularValues: expected } of golden.matrices) {
      const got = singularValues(entries, { rows, columns });
      expect(got).toHaveLength(expected.length);
      for (const [i, value] of expected.entries())
        expect(Math.abs(got[i]! - value)).toBeLessThan(1e-14 * expected[0]! * rows);
    }
  });

  test("of columns that are orthogonal but for scale are right in their last digits, however small", () => {
    const scales = [1, 1e-8, 1e-16, 1e-24];
    // Rows of a Hadamard matrix are orthogonal, with norm 2.
    const hadamard = [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ];
    const got = singularValues(
      hadamard.flatMap((row) => row.map((v, c) => v * scales[c]!)),
      { rows: 4, columns: 4 },
    );
    for (const [i, scale] of scales.entries())
      expect(Math.abs(got[i]! / (2 * scale) - 1)).toBeLessThan(1e-14);
  });

  test("do not see transposition, and their squares sum to those of the entries", () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
      .chain(([rows, columns]) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          entries: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
            minLength: rows * columns,
            maxLength: rows * columns,
          }),
        }),
      );
    fc.assert(
      fc.property(matrix, ({ rows, columns, entries }) => {
        const got = singularValues(entries, { rows, columns });
        const turned = Array.from(
          { length: entries.length },
          (_, i) => entries[(i % rows) * columns + Math.floor(i / rows)]!,
        );
        const other = singularValues(turned, { rows: columns, columns: rows });
        got.forEach((value, i) => expect(value).toBeCloseTo(other[i]!, 11));
        const squares = got.reduce((sum, value) => sum + value * value, 0);
        expect(squares).toBeCloseTo(
          entries.reduce((sum, v) => sum + v * v, 0),
          9,
        );
        expect([...got]).toEqual([...got].sort((a, b) => b - a));
      }),
    );
  });

  test("give ranks in [1, rank], of which the participation ratio lies between the stable and the effective rank's", () => {
    fc.assert(
      fc.property(weights, (sigma) => {
        const rank = sigma.filter((v) => v > 0).length;
        const [effective, stable, participation] = [effectiveRank, stableRank, participationRank].map((of) =>
          of(sigma),
        ) as [number, number, number];
        for (const value of [effective, stable, participation]) {
          expect(value).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(value).toBeLessThanOrEqual(rank + 1e-9);
        }
        // exp of entropies of orders ∞ and 2 of the shares of σ², and of order 1 of those of σ.
        expect(stable).toBeLessThanOrEqual(participation + 1e-9);
        expect(participation).toBeLessThanOrEqual(effective + 1e-9);
      }),
    );
  });

  test("give ranks: all are the rank where the values are equal, and fall with those that are small", () => {
    const equal = singularValues([3, 0, 0, 0, -3, 0], { rows: 2, columns: 3 });
    for (const rank of [effectiveRank, stableRank, participationRank]) expect(rank(equal)).toBeCloseTo(2, 14);
    const values = [4, 2, 1, 0];
    expect(stableRank(values)).toBeCloseTo(21 / 16, 14);
    expect(participationRank(values)).toBeCloseTo(21 ** 2 / (256 + 16 + 1), 14);
    expect(effectiveRank(values)).toBeCloseTo(Math.exp(entropy([4 / 7, 2 / 7, 1 / 7])), 13);
    expect([...singularValues(new Float32Array(6), { rows: 3, columns: 2 })]).toEqual([0, 0]);
  });
});

describe("bad input", () => {
  const shape = { rows: 1, columns: 2 };
  test.each<[string, (x: number[]) => unknown]>([
    ...Object.entries(measures).map(([name, { of }]): [string, typeof of] => [name, of]),
    ["topMass", (x) => topMass(x, 1)],
    ["effectiveRank", effectiveRank],
    ["stableRank", stableRank],
    ["participationRank", participationRank],
  ])("%s refuses it by code and place", (_, of) => {
    for (const [x, code, at] of [
      [[], "empty", undefined],
      [[0, 0], "zero", undefined],
      [[1, NaN], "value", 1],
      [[-Infinity, 1], "value", 0],
      [[1, "2"], "value", 1],
      [null, "argument", undefined],
    ] as [number[], string, number | undefined][])
      expect(() => of(x)).toThrow(expect.objectContaining({ code, at }));
  });

  test("orders, counts and shapes have their ranges", () => {
    for (const [run, code] of [
      [() => normRatio([1, 2], { q: 2, p: 2 }), "argument"],
      [() => normRatio([1, 2], { q: 0 }), "argument"],
      [() => normRatio([1, 2], { q: NaN }), "argument"],
      [() => renyiEntropy([1, 2], -1), "argument"],
      [() => renyiEntropy([1, 2], NaN), "argument"],
      [() => topMass([1, 2], 0), "argument"],
      [() => topMass([1, 2], 1.5), "argument"],
      [() => hoyer([1]), "length"],
      [() => singularValues([1, 2, 3], shape), "length"],
      [() => singularValues([1, 2], { rows: 0, columns: 2 }), "argument"],
      [() => singularValues([1, NaN], shape), "value"],
      [() => singularValues([], shape), "empty"],
    ] as const) {
      expect(run).toThrow(MetricsError);
      expect(run).toThrow(expect.objectContaining({ code }));
    }
  });
});
