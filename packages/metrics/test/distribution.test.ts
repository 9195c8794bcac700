import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entropy, klDivergence, MetricsError, totalVariation } from "../src/index.ts";

const ULP = 2 ** -52;
/** Distributions over n outcomes; some have outcomes of probability 0. */
const distribution = (n: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1, noNaN: true })), {
      minLength: n,
      maxLength: n,
    })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return weights.map((weight) => weight / sum);
    });
const size = fc.integer({ min: 1, max: 12 });
const one = size.chain(distribution);
const two = size.chain((n) => fc.tuple(distribution(n), distribution(n)));
const three = size.chain((n) => fc.tuple(distribution(n), distribution(n), distribution(n)));

describe("entropy", () => {
  test("of a uniform distribution over n is log n", () => {
    for (const n of [1, 2, 10, 1000]) {
      const p = new Float64Array(n).fill(1 / n);
      expect(Math.abs(entropy(p) - Math.log(n))).toBeLessThanOrEqual(n * ULP * Math.max(1, Math.log(n)));
    }
  });

  test("of a geometric distribution has a closed form", () => {
    // p_k = 2^−(k+1): H = 2 log 2; beyond 200 terms what is left rounds away.
    const p = Array.from({ length: 200 }, (_, k) => 2 ** -(k + 1));
    expect(entropy(p)).toBeCloseTo(2 * Math.LN2, 14);
  });

  test("lies in [0, log n], is 0 for a sure outcome, and does not see order or impossible outcomes", () => {
    expect(entropy([0, 1, 0])).toBe(0);
    fc.assert(
      fc.property(one, (p) => {
        const h = entropy(p);
        expect(h).toBeGreaterThanOrEqual(0);
        expect(h).toBeLessThanOrEqual(Math.log(p.length) + 1e-14);
        expect(entropy([...p].reverse())).toBeCloseTo(h, 13);
        expect(entropy([...p, 0])).toBe(h);
      }),
    );
  });

  test("of independent outcomes adds up", () => {
    fc.assert(
      fc.property(one, one, (p, q) => {
        const joint = p.flatMap((a) => q.map((b) => a * b));
        expect(entropy(joint)).toBeCloseTo(entropy(p) + entropy(q), 12);
      }),
    );
  });

  test("takes typed arrays", () => {
    expect(entropy(Float32Array.of(0.5, 0.5))).toBe(Math.LN2);
  });
});

describe("klDivergence", () => {
  test("of two coins has a closed form", () => {
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(4 / 3), 15);
    expect(klDivergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
  });

  test("from the uniform distribution is log n − H", () => {
    fc.assert(
      fc.property(one, (p) => {
        const uniform = p.map(() => 1 / p.length);
        expect(klDivergence(p, uniform)).toBeCloseTo(Math.log(p.length) - entropy(p), 13);
      }),
    );
  });

  test("is 0 from a distribution to itself, never negative, and +∞ where q rules out what p does not", () => {
    fc.assert(
      fc.property(two, ([p, q]) => {
        expect(klDivergence(p, p)).toBe(0);
        expect(klDivergence(p, q)).toBeGreaterThanOrEqual(0);
        expect(klDivergence(p, q) === Infinity).toBe(p.some((entry, i) => entry > 0 && q[i] === 0));
      }),
    );
  });

  test("is at least twice the squared total variation (Pinsker)", () => {
    fc.assert(
      fc.property(two, ([p, q]) => {
        expect(klDivergence(p, q)).toBeGreaterThanOrEqual(2 * totalVariation(p, q) ** 2 - 1e-12);
      }),
    );
  });

  test("stays finite for the smallest q there is", () => {
    expect(klDivergence([1, 0], [5e-324, 1])).toBeCloseTo(744.44, 2);
  });
});

describe("totalVariation", () => {
  test("is the largest difference over all events, by enumeration", () => {
    fc.assert(
      fc.property(two, ([p, q]) => {
        let largest = 0;
        for (let event = 0; event < 2 ** p.length; event++) {
          let difference = 0;
          for (let i = 0; i < p.length; i++) if (event & (1 << i)) difference += p[i]! - q[i]!;
          largest = Math.max(largest, difference);
        }
        expect(totalVariation(p, q)).toBeCloseTo(largest, 12);
      }),
      { numRuns: 30 },
    );
  });

  test("is a metric in [0, 1], and 1 where no outcome is shared", () => {
    expect(totalVariation([1, 0], [0, 1])).toBe(1);
    fc.assert(
      fc.property(three, ([p, q, r]) => {
        expect(totalVariation(p, p)).toBe(0);
        expect(totalVariation(p, q)).toBe(totalVariation(q, p));
        expect(totalVariation(p, q)).toBeLessThanOrEqual(1);
        expect(totalVariation(p, r)).toBeLessThanOrEqual(totalVariation(p, q) + totalVariation(q, r) + 1e-14);
      }),
    );
  });
});

describe("bad input", () => {
  const coin = [0.5, 0.5];
  test.each<[string, number[], string, number | undefined]>([
    ["no entries", [], "empty", undefined],
    ["a negative entry", [1.5, -0.5], "distribution", 1],
    ["NaN", [0.5, NaN], "distribution", 1],
    ["an infinite entry", [Infinity, 0], "distribution", undefined],
    ["a sum below 1", [0.5, 0.4], "distribution", undefined],
    ["a sum above 1", [0.7, 0.4], "distribution", undefined],
  ])("%s is refused by code and place", (_, p, code, at) => {
    const fault = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return error;
      }
    };
    for (const error of [
      fault(() => entropy(p)),
      fault(() => klDivergence(p, p)),
      fault(() => totalVariation(p, p)),
    ]) {
      expect(error).toBeInstanceOf(MetricsError);
      expect(error).toMatchObject({ code, at });
    }
  });

  test("two lengths are refused, and a bad second distribution is named", () => {
    for (const measure of [klDivergence, totalVariation]) {
      expect(() => measure(coin, [1])).toThrow(expect.objectContaining({ code: "length" }));
      expect(() => measure(coin, [0.5, 0.6])).toThrow(/q sums to 1\.1/);
    }
  });

  test("what is not an array of numbers is refused", () => {
    for (const bad of [null, undefined, 5, "1", ["1"], [true], [[1]], [1n], { length: 0.5 }, new Set([1])]) {
      expect(() => entropy(bad as unknown as number[])).toThrow(MetricsError);
      expect(() => klDivergence(coin, bad as unknown as number[])).toThrow(MetricsError);
    }
  });
});

describe("rounding", () => {
  test("of a softmax made in float32 over 32,000 outcomes is no fault, and leaves entropy and divergence what they are", () => {
    const logits = Float32Array.from({ length: 32_000 }, (_, i) => 5 * Math.sin(i));
    let sum = 0;
    const weights = logits.map((logit) => Math.exp(logit));
    for (const weight of weights) sum = Math.fround(sum + weight);
    const p = weights.map((weight) => weight / sum);
    const total = weights.reduce((all, weight) => all + weight, 0);
    const exact = Float64Array.from(weights, (weight) => weight / total);
    expect(Math.abs(entropy(p) - entropy(exact))).toBeLessThan(1e-6);
    expect(klDivergence(p, exact)).toBeLessThan(1e-9);
    expect(totalVariation(p, exact)).toBeLessThan(1e-6);
  });

  test("a sum within 10⁻³ of 1 is made 1, and one further off refused", () => {
    expect(entropy([0.5004, 0.5004])).toBe(Math.LN2);
    expect(klDivergence([0.5, 0.5], [0.5004, 0.5004])).toBe(0);
    expect(() => entropy([0.5006, 0.5006])).toThrow(expect.objectContaining({ code: "distribution" }));
    expect(() => entropy([0.4994, 0.4994])).toThrow(expect.objectContaining({ code: "distribution" }));
  });

  test("never makes an entropy or a divergence negative, nor a distance more than 1", () => {
    fc.assert(
      fc.property(two, ([p, q]) => {
        const nearly = p.map((entry) => entry * (1 + 1e-15));
        expect(klDivergence(p, nearly)).toBeGreaterThanOrEqual(0);
        expect(totalVariation(p, q)).toBeLessThanOrEqual(1);
      }),
    );
    expect(entropy([1 + 1e-12])).toBe(0);
    // Ten tenths add up to less than 1, eleven entries on each side to more than 1 in all.
    const tenths = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0.1 : 0));
    expect(totalVariation(tenths, [...tenths].reverse())).toBe(1);
  });
});
