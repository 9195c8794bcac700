import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aliasTable,
  categorical,
  createRng,
  effectiveSampleSize,
  estimateMean,
  gumbelTopK,
  keyedRng,
  reservoir,
  systematic,
} from "../src/index.ts";
import { philox4x32 } from "../src/keyed-rng.ts";
import { codeOf, gTest } from "./oracle.ts";

const FALSE_ALARM = 1e-6;
const weights = [3, 0, 1, 0.5, 5.5, 0];
const law = new Map(
  weights.map((weight, i): [string, number] => [String(i), weight / 10]).filter(([, p]) => p > 0),
);
const counted = (n: number, draw: () => number | string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const drawn = String(draw());
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  return counts;
};
const someWeights = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e6, noNaN: true })), {
    minLength: 1,
    maxLength: 20,
  })
  .filter((list) => list.some((weight) => weight > 0));

describe("categorical and aliasTable", () => {
  test("draw each index in proportion to its weight: G-tests", () => {
    const rng = createRng(1);
    const table = aliasTable(weights);
    expect(
      gTest(
        counted(40_000, () => categorical(weights, rng)),
        law,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
    expect(
      gTest(
        counted(40_000, () => table.draw(rng)),
        law,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
  });

  test("an alias table holds exactly the weights: column masses add up to n · p", () => {
    fc.assert(
      fc.property(someWeights, (list) => {
        const { keep, alias } = aliasTable(list);
        const mass = new Float64Array(list.length);
        keep.forEach((share, i) => {
          mass[i]! += share;
          mass[alias[i]!]! += 1 - share;
        });
        const total = list.reduce((sum, weight) => sum + weight, 0);
        list.forEach((weight, i) => expect(mass[i]!).toBeCloseTo((weight / total) * list.length, 9));
      }),
    );
  });

  test("never give an index of weight 0, whatever the number", () => {
    fc.assert(
      fc.property(someWeights, fc.constantFrom(0, 0.5, 1 - 2 ** -53), (list, u) => {
        expect(list[categorical(list, () => u)]).toBeGreaterThan(0);
        expect(list[aliasTable(list).draw(() => u)]).toBeGreaterThan(0);
      }),
    );
  });
});

describe("systematic", () => {
  test("gives each index n p times, rounded down or up, in order, and n p on average", () => {
    fc.assert(
      fc.property(
        someWeights,
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (list, n, u) => {
          const drawn = systematic(list, n, () => u);
          const total = list.reduce((sum, weight) => sum + weight, 0);
          const counts = new Float64Array(list.length);
          drawn.forEach((i, k) => {
            counts[i]! += 1;
            if (k > 0) expect(i).toBeGreaterThanOrEqual(drawn[k - 1]!);
          });
          list.forEach((weight, i) => {
            const expected = (n * weight) / total;
            expect(counts[i]).toBeGreaterThanOrEqual(Math.floor(expected - 1e-6));
            expect(counts[i]).toBeLessThanOrEqual(Math.ceil(expected + 1e-6));
          });
        },
      ),
    );
    const rng = createRng(2);
    const mean = new Float64Array(weights.length);
    for (let i = 0; i < 20_000; i++)
      for (const index of systematic(weights, 7, rng)) mean[index]! += 1 / 20_000;
    mean.forEach((got, i) =>
      expect(Math.abs(got - 0.7 * weights[i]!)).toBeLessThan(5 * Math.sqrt(0.25 / 20_000)),
    );
    expect(systematic(weights, 0)).toHaveLength(0);
  });
});

describe("gumbelTopK", () => {
  test("draws pairs without replacement in proportion to what is left: a G-test", () => {
    const rng = createRng(3);
    const logs = weights.map(Math.log);
    const pairs = new Map<string, number>();
    for (const [i, p] of law)
      for (const [j, q] of law) if (i !== j) pairs.set(`${i},${j}`, (p * q) / (1 - p));
    expect(
      gTest(
        counted(40_000, () => gumbelTopK(logs, 2, rng).join()),
        pairs,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
  });

  test("does not see a common constant, and takes a generator's ends", () => {
    const logs = weights.map((weight) => Math.log(weight) - 5000);
    expect(new Set(gumbelTopK(logs, 4, createRng(4)))).toEqual(new Set([0, 2, 3, 4]));
    for (const u of [0, 1 - 2 ** -53])
      expect(gumbelTopK(logs, 4, () => u)).toEqual(Int32Array.of(4, 0, 2, 3));
  });
});

describe("reservoir", () => {
  test("keeps every pair of a stream alike: a G-test", () => {
    const rng = createRng(5);
    const pairs = new Map<string, number>();
    for (let i = 0; i < 6; i++) for (let j = i + 1; j < 6; j++) pairs.set(`${i},${j}`, 1 / 15);
    const draw = (): string => {
      const kept = reservoir<number>(2, rng);
      for (let i = 0; i < 6; i++) kept.add(i);
      return [...kept.items()].sort((a, b) => a - b).join();
    };
    expect(gTest(counted(30_000, draw), pairs)).toBeGreaterThan(FALSE_ALARM);
    const few = reservoir<string>(3, rng);
    few.add("a");
    expect(few.items()).toEqual(["a"]);
  });
});

describe("keyedRng", () => {
  test("Philox4x32-10 gives the published test vectors", () => {
    // Random123's kat_vectors (Salmon et al. 2011).
    expect(philox4x32([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(philox4x32([~0, ~0, ~0, ~0], [~0, ~0])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
    expect(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });

  test("gives the same numbers for the same keys, and others for any other", () => {
    const first = (seed: number, ...keys: number[]): number[] => {
      const rng = keyedRng(seed, ...keys);
      return [rng(), rng(), rng()];
    };
    expect(first(1, 2, 3)).toEqual(first(1, 2, 3));
    const others = [
      first(1),
      first(1, 0),
      first(1, 0, 0),
      first(1, 2, 3),
      first(1, 3, 2),
      first(2, 2, 3),
      first(1, -2, 3),
      first(1, 2 + 2 ** 32, 3),
      first(1, 2),
    ];
    expect(new Set(others.map(String)).size).toBe(others.length);
  });

  test("is uniform within a stream and across neighbouring keys: χ² of 64 cells, false alarm 1e-6", () => {
    // The 1e-6 and 1 − 1e-6 quantiles of χ² with 63 degrees of freedom are 24.6 and 130.2.
    const uniform = (draw: (i: number) => number): void => {
      const cells = new Float64Array(64);
      for (let i = 0; i < 64_000; i++) cells[Math.floor(draw(i) * 64)]! += 1;
      const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare).toBeGreaterThan(24.6);
      expect(chiSquare).toBeLessThan(130.2);
    };
    const rng = keyedRng(9, 1);
    uniform(() => rng());
    uniform((i) => keyedRng(9, i)());
    uniform((i) => keyedRng(i)());
  });

  test("refuses keys that are not exact integers", () => {
    for (const keys of [[0.5], [1, NaN], [1, 2, 2 ** 53]])
      expect(codeOf(() => keyedRng(keys[0]!, ...keys.slice(1)))).toBe("argument");
  });
});

describe("estimateMean", () => {
  test("covers the mean as often as it says: 2,000 intervals of 95%, within five standard deviations", () => {
    const rng = createRng(6);
    let covered = 0;
    for (let i = 0; i < 2000; i++) {
      const { low, high } = estimateMean(Array.from({ length: 200 }, rng), (u) => u);
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / 2000) + 0.005);
  });

  test("has the textbook's figures", () => {
    const { mean, standardError, low, high } = estimateMean([1, 2, 3, 4], (x) => x);
    expect(mean).toBe(2.5);
    expect(standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4), 14);
    expect((high - low) / 2 / standardError).toBeCloseTo(1.959963984540054, 7);
    const reach = (confidence: number): number => {
      const estimate = estimateMean([0, 1], (x) => x, { confidence });
      return (estimate.high - estimate.mean) / estimate.standardError;
    };
    expect(reach(0.99)).toBeCloseTo(2.5758293035489, 7);
    expect(reach(0.5)).toBeCloseTo(0.674489750196082, 7);
    expect(reach(0.999999)).toBeCloseTo(4.891638475699, 6);
    expect(reach(1 - 2 ** -53)).toBeCloseTo(8.2922, 3);
  });

  test("refuses one draw, a value that is not finite, and a confidence out of range", () => {
    expect(codeOf(() => estimateMean([1], (x) => x))).toBe("argument");
    expect(codeOf(() => estimateMean([1, 2], () => NaN))).toBe("argument");
    for (const confidence of [0, 1, NaN])
      expect(codeOf(() => estimateMean([1, 2], (x) => x, { confidence }))).toBe("argument");
  });
});

describe("effectiveSampleSize", () => {
  test("is the number of equal weights, 1 for a single one, and does not see scale", () => {
    expect(effectiveSampleSize([2, 2, 2, 0])).toBeCloseTo(3, 14);
    expect(effectiveSampleSize([0, 7])).toBe(1);
    expect(effectiveSampleSize([1e-200, 3e-200])).toBeCloseTo(effectiveSampleSize([1, 3]), 14);
    expect(effectiveSampleSize([1e300, 3e300])).toBeCloseTo(1.6, 14);
  });
});

describe("bad weights are refused by code", () => {
  test.each([
    [[]],
    [[0, 0]],
    [[-1, 2]],
    [[NaN]],
    [[Infinity]],
    [["1"] as unknown as number[]],
    [null as unknown as number[]],
    [5 as unknown as number[]],
  ])("%j", (bad) => {
    for (const ask of [
      () => categorical(bad),
      () => aliasTable(bad),
      () => systematic(bad, 3),
      () => effectiveSampleSize(bad),
    ])
      expect(codeOf(ask)).toBe("argument");
  });

  test("and so are other bad arguments", () => {
    expect(codeOf(() => gumbelTopK([0, NaN], 1))).toBe("argument");
    expect(codeOf(() => gumbelTopK([0, Infinity], 1))).toBe("argument");
    expect(codeOf(() => gumbelTopK([0, -Infinity], 2))).toBe("argument");
    expect(codeOf(() => systematic([1], -1))).toBe("argument");
    expect(codeOf(() => reservoir(0))).toBe("argument");
    for (const bad of [1, NaN, -0.1, "0.5" as unknown as number, undefined as unknown as number]) {
      const kept = reservoir<number>(1, () => bad);
      kept.add(1);
      expect(codeOf(() => kept.add(2))).toBe("rng");
      expect(codeOf(() => categorical([1, 2], () => bad))).toBe("rng");
      expect(codeOf(() => aliasTable([1, 2]).draw(() => bad))).toBe("rng");
      expect(codeOf(() => systematic([1, 2], 3, () => bad))).toBe("rng");
      expect(codeOf(() => gumbelTopK([1, 2], 1, () => bad))).toBe("rng");
    }
  });
});
