import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kendall, type Sample, pearson, simpson, spearman } from "../src/index.ts";
import golden from "./golden/vectors.json" with { type: "json" };

const measures = { pearson, spearman, kendall };
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const varies = (x: readonly number[]): boolean => x.some((v) => v !== x[0]);
const pair = fc
  .integer({ min: 2, max: 30 })
  .chain((n) =>
    fc.tuple(
      fc.array(value, { minLength: n, maxLength: n }),
      fc.array(value, { minLength: n, maxLength: n }),
    ),
  )
  .filter(([x, y]) => varies(x) && varies(y));

describe.each(Object.entries(measures))("%s", (name, measure) => {
  test("is what scipy gives", () => {
    for (const row of golden.correlations)
      expect(Math.abs(measure(row.x, row.y) - row[name as keyof typeof measures])).toBeLessThan(1e-14);
  });

  test("is symmetric, in [−1, 1], 1 from x to itself and −1 to −x, and turns its sign with y's", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const r = measure(x, y);
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(measure(y, x)).toBeCloseTo(r, 13);
        expect(measure(x, x)).toBeCloseTo(1, 14);
        expect(
          measure(
            x,
            x.map((v) => -v),
          ),
        ).toBeCloseTo(-1, 14);
        expect(
          measure(
            x,
            y.map((v) => -v),
          ),
        ).toBeCloseTo(-r, 13);
      }),
    );
  });

  test("refuses what does not vary, and bad input, by code", () => {
    for (const [x, y, code, at] of [
      [[1, 1, 1], [1, 2, 3], "constant", undefined],
      [[1, 2, 3], [0.1, 0.1, 0.1], "constant", undefined],
      [[5], [5], "constant", undefined],
      [[1, 2], [1, 2, 3], "length", undefined],
      [[1, NaN], [1, 2], "value", 1],
      [[1, 2], [Infinity, 2], "value", 0],
      [[], [], "empty", undefined],
      ["ab", [1, 2], "argument", undefined],
    ] as [number[], number[], string, number | undefined][])
      expect(() => measure(x, y)).toThrow(expect.objectContaining({ code, at }));
  });
});

describe("pearson", () => {
  test("does not see shift and scale, however large", () => {
    const x = [1, 2, 4, 3, 7];
    const y = [2, 1, 5, 5, 6];
    const r = pearson(x, y);
    expect(
      pearson(
        x.map((v) => v + 2 ** 40),
        y.map((v) => v * 1e300),
      ),
    ).toBeCloseTo(r, 14);
    expect(
      pearson(
        x.map((v) => v * 1e-310),
        y,
      ),
    ).toBeCloseTo(r, 9); // subnormal numbers have few digits
    expect(pearson([Number.MAX_VALUE, -Number.MAX_VALUE, 0], [1, 2, 3])).toBeCloseTo(-0.5, 14);
  });
});

describe("spearman and kendall", () => {
  test("see order alone", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const bent = x.map((v) => Math.atan(v / 1e6));
        if (new Set(bent).size !== new Set(x).size) return;
        expect(spearman(bent, y)).toBe(spearman(x, y));
        expect(kendall(bent, y)).toBe(kendall(x, y));
      }),
    );
  });

  test("kendall is the count over all pairs", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        let [balance, untiedX, untiedY] = [0, 0, 0];
        for (let i = 0; i < x.length; i++)
          for (let j = 0; j < i; j++) {
            balance += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
            untiedX += Number(x[i] !== x[j]);
            untiedY += Number(y[i] !== y[j]);
          }
        expect(kendall(x, y)).toBeCloseTo(balance / Math.sqrt(untiedX * untiedY), 14);
      }),
      { numRuns: 300 },
    );
  });

  test("kendall takes 200,000 entries in moments", () => {
    const x = Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i));
    const y = Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i) + Math.sin(i * i));
    expect(kendall(x, y)).toBeGreaterThan(0.3);
  });
});

describe("simpson", () => {
  const article: Sample[] = [
    { name: "first", x: [1, 2, 3], y: [6, 7, 8] },
    { x: [6, 7, 8], y: [1, 2, 3] },
  ];

  test("of the article's example reverses: 4.0 within, −37.5 between, −33.5 in all", () => {
    const result = simpson(article);
    expect(result.reverses).toBe(true);
    expect(result.groups.map(({ name, size, correlation }) => [name, size, correlation])).toEqual([
      ["first", 3, expect.closeTo(1, 14)],
      ["1", 3, expect.closeTo(1, 14)],
    ]);
    expect(result.within.xy).toBeCloseTo(4, 13);
    expect(result.between.xy).toBeCloseTo(-37.5, 13);
    expect(result.total.xy).toBeCloseTo(-33.5, 13);
    expect(result.total.correlation).toBeCloseTo(-0.807229, 6);
  });

  test("within and between add up to the total, which is pearson of all", () => {
    const samples = fc.array(
      fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 }).map((points) => ({
        x: points.map(([x]) => x),
        y: points.map(([, y]) => y),
      })),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(samples, (groups) => {
        const { total, within, between } = simpson(groups);
        const [x, y] = [groups.flatMap((group) => group.x), groups.flatMap((group) => group.y)];
        for (const sum of ["xy", "xx", "yy"] as const)
          expect(total[sum]).toBeCloseTo(within[sum] + between[sum], 10);
        if (total.correlation === undefined) return;
        expect(total.correlation).toBeCloseTo(pearson(x, y), 9);
        if (groups.length === 1) expect(within.xy).toBe(total.xy);
      }),
    );
  });

  test("does not reverse where groups differ in sign, or the total has none", () => {
    expect(simpson([article[0]!, { x: [1, 2], y: [2, 1] }]).reverses).toBe(false);
    expect(simpson([{ x: [1, 2], y: [1, 2] }]).reverses).toBe(false);
    // Groups of one have no correlation.
    expect(
      simpson([
        { x: [1], y: [2] },
        { x: [2], y: [1] },
      ]),
    ).toMatchObject({
      reverses: false,
      total: { correlation: expect.closeTo(-1, 14) },
      within: { correlation: undefined },
      groups: [{ correlation: undefined }, { correlation: undefined }],
    });
    expect(simpson([{ x: [1, 1], y: [1, 2] }]).total.correlation).toBeUndefined();
    expect(simpson([{ x: [0.1, 0.1, 0.1], y: [1, 2, 4] }]).total.correlation).toBeUndefined();
  });

  test("refuses bad samples", () => {
    for (const [samples, code] of [
      [[], "empty"],
      [[{ x: [], y: [] }], "empty"],
      [[{ x: [1], y: [1, 2] }], "length"],
      [[{ x: [NaN], y: [1] }], "value"],
      [[{ x: [1e200, 0], y: [1, 2] }], "value"],
      [[{ y: [1] }], "argument"],
      [[null], "argument"],
      [null, "argument"],
    ] as [Sample[], string][])
      expect(() => simpson(samples)).toThrow(expect.objectContaining({ code }));
  });
});
