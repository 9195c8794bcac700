import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsDivergence, klDivergence } from "../src/index.ts";
import {
  chiSquaredIndependence,
  chiSquaredTail,
  chiSquaredTest,
  gIndependence,
  gTest,
  MetricsError,
  type TestResult,
} from "../src/tests.ts";
import golden from "./golden/tests.json" with { type: "json" };

function expectNear(value: number, expected: number, relative: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}
function expectResult({ statistic, pValue }: TestResult, [wanted, p]: readonly number[]): void {
  expectNear(statistic, wanted!, 1e-12);
  expectNear(pValue, p!, 1e-11);
}

describe("chiSquaredTail", () => {
  test("is scipy's, from 1 degree to 100,000 and far into the tail", () => {
    for (const [x, degrees, tail] of golden.tails as [number, number, number][])
      expectNear(chiSquaredTail(x, degrees), tail, 1e-11);
  });

  test("of two degrees is an exponential, and one of 10⁹ a bell", () => {
    for (const x of [0, 1e-9, 1, 2, 3.9, 4.1, 50, 1400])
      expectNear(chiSquaredTail(x, 2), Math.exp(-x / 2), 1e-12);
    expect(chiSquaredTail(1e9, 1e9)).toBeCloseTo(0.5, 4);
    expect(chiSquaredTail(Infinity, 3)).toBe(0);
  });

  test("falls with x, and has its ranges", () => {
    const x = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(x, x, fc.integer({ min: 1, max: 60 }), (a, b, degrees) => {
        const [p, q] = [chiSquaredTail(Math.min(a, b), degrees), chiSquaredTail(Math.max(a, b), degrees)];
        expect(p).toBeGreaterThanOrEqual(q - 1e-14);
        expect(p).toBeLessThanOrEqual(1);
        expect(q).toBeGreaterThanOrEqual(0);
      }),
    );
    for (const [a, b] of [
      [-1, 1],
      [NaN, 1],
      [1, 0],
      [1, 1.5],
      [1, NaN],
    ] as const)
      expect(() => chiSquaredTail(a, b)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

describe("chiSquaredTest and gTest", () => {
  test("are scipy's", () => {
    for (const { observed, expected, chiSquared, g } of golden.goodness) {
      const options = { expected: expected ?? undefined };
      expectResult(chiSquaredTest(observed, options), chiSquared);
      expectResult(gTest(observed, options), g);
    }
  });

  test("see proportions of what is expected alone, and less degrees for what was fitted", () => {
    const observed = [30, 14, 34, 45, 57, 20];
    const one = chiSquaredTest(observed, { expected: [20, 20, 30, 40, 60, 30] });
    expect(chiSquaredTest(observed, { expected: [0.1, 0.1, 0.15, 0.2, 0.3, 0.15] }).statistic).toBeCloseTo(
      one.statistic,
      12,
    );
    expect(chiSquaredTest(observed, { fitted: 2 }).degrees).toBe(3);
    expect(gTest(observed).statistic).toBeCloseTo(
      400 *
        klDivergence(
          observed.map((v) => v / 200),
          observed.map(() => 1 / 6),
        ),
      10,
    );
    expect(chiSquaredTest([7, 7]).pValue).toBe(1);
    expect(gTest([7, 7]).statistic).toBe(0);
  });

  test("of counts that are drawn from what is expected give p-values that are spread evenly", () => {
    // 2,000 times 300 draws from a die, by a small linear generator with good upper bits.
    let state = 1n;
    const random = (): number => {
      state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
      return Number(state >> 11n) / 2 ** 53;
    };
    const deciles = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 2000; i++) {
      const counts = [0, 0, 0, 0, 0, 0];
      for (let draw = 0; draw < 300; draw++) counts[Math.floor(6 * random())]!++;
      deciles[Math.min(9, Math.floor(10 * chiSquaredTest(counts).pValue))]!++;
    }
    expect(chiSquaredTest(deciles).pValue).toBeGreaterThan(1e-4);
  });
});

describe("chiSquaredIndependence and gIndependence", () => {
  test("are scipy's", () => {
    for (const { table, degrees, chiSquared, g } of golden.contingency) {
      expect(chiSquaredIndependence(table).degrees).toBe(degrees);
      expectResult(chiSquaredIndependence(table), chiSquared);
      expectResult(gIndependence(table), g);
    }
  });

  test("find nothing where rows are in proportion", () => {
    expect(
      gIndependence([
        [2, 4, 6],
        [1, 2, 3],
      ]),
    ).toEqual({ statistic: expect.closeTo(0, 13), degrees: 2, pValue: expect.closeTo(1, 13) });
  });
});

describe("jsDivergence", () => {
  test("is the square of scipy's distance", () => {
    for (const { p, q, js } of golden.divergences) expect(jsDivergence(p, q)).toBeCloseTo(js, 14);
  });

  test("is symmetric, in [0, log 2], 0 for equals, and log 2 where no outcome is shared; its root is a metric", () => {
    const distribution = fc
      .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1, noNaN: true })), {
        minLength: 4,
        maxLength: 4,
      })
      .filter((weights) => weights.some((v) => v > 0))
      .map((weights) => {
        const total = weights.reduce((sum, v) => sum + v, 0);
        return weights.map((v) => v / total);
      });
    const root = (p: number[], q: number[]): number => Math.sqrt(jsDivergence(p, q));
    fc.assert(
      fc.property(distribution, distribution, distribution, (p, q, r) => {
        expect(jsDivergence(p, p)).toBeLessThan(1e-15);
        expect(jsDivergence(p, q)).toBeCloseTo(jsDivergence(q, p), 14);
        expect(jsDivergence(p, q)).toBeLessThanOrEqual(Math.LN2);
        expect(root(p, r)).toBeLessThanOrEqual(root(p, q) + root(q, r) + 1e-7);
        const middle = p.map((v, i) => (v + q[i]!) / 2);
        expect(jsDivergence(p, q)).toBeCloseTo((klDivergence(p, middle) + klDivergence(q, middle)) / 2, 13);
      }),
    );
    expect(jsDivergence([1, 0], [0, 1])).toBe(Math.LN2);
    expect(() => jsDivergence([1], [0.5, 0.5])).toThrow(expect.objectContaining({ code: "length" }));
  });
});

describe("bad input", () => {
  test("is refused by code and place", () => {
    for (const [run, code, at] of [
      [() => chiSquaredTest([]), "empty", undefined],
      [() => chiSquaredTest([5]), "argument", undefined],
      [() => chiSquaredTest([0, 0]), "zero", undefined],
      [() => chiSquaredTest([1, -1]), "value", 1],
      [() => gTest([1, NaN]), "value", 1],
      [() => gTest([1, Infinity]), "value", 1],
      [() => gTest([1, 2], { expected: [1, 0] }), "value", 1],
      [() => gTest([1, 2], { expected: [1, -1] }), "value", 1],
      [() => gTest([1, 2], { expected: [1] }), "length", undefined],
      [() => gTest([1, 2, 3], { fitted: 2 }), "argument", undefined],
      [() => gTest([1, 2, 3], { fitted: -1 }), "argument", undefined],
      [() => chiSquaredTest([1e300, 1]), "value", undefined],
      [() => chiSquaredIndependence(null as never), "argument", undefined],
      [() => chiSquaredIndependence([]), "argument", undefined],
      [() => chiSquaredIndependence([[1, 2]]), "argument", undefined],
      [() => chiSquaredIndependence([[1], [2]]), "argument", undefined],
      [() => chiSquaredIndependence([[1, 2], [1]]), "length", 1],
      [
        () =>
          chiSquaredIndependence([
            [1, 2],
            [0, 0],
          ]),
        "zero",
        undefined,
      ],
      [
        () =>
          chiSquaredIndependence([
            [1, 0],
            [2, 0],
          ]),
        "zero",
        1,
      ],
      [
        () =>
          gIndependence([
            [1, 2],
            [1, -2],
          ]),
        "value",
        1,
      ],
    ] as const) {
      expect(run).toThrow(MetricsError);
      expect(run).toThrow(expect.objectContaining({ code, at }));
    }
  });
});
