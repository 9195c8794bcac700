import { describe, expect, test } from "vitest";
import { quantile, ratioSpread, spread } from "../src/statistics.ts";

describe("quantile", () => {
  test("of an odd number of values at ½ is the middle one, in whatever order they come", () => {
    expect(quantile([9, 1, 5], 0.5)).toBe(5);
  });

  test("between two values is interpolated", () => {
    expect(quantile([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
  });

  test("of no values is not a number", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

test("spread gives the median and the quartiles, as R's quantile does", () => {
  expect(spread([1, 2, 3, 4, 100])).toEqual({ median: 3, low: 2, high: 4 });
});

describe("ratioSpread", () => {
  test("takes the ratio in each round, so that a slow round does not move it", () => {
    const ours = [1, 10, 1.5].map((value, round) => ({ round, value }));
    const theirs = [2, 20, 3].map((value, round) => ({ round, value }));
    expect(ratioSpread(theirs, ours)).toEqual({ median: 2, low: 2, high: 2 });
  });

  test("leaves out the rounds that one of the two has not", () => {
    const ours = [
      { round: 0, value: 1 },
      { round: 2, value: 4 },
    ];
    const theirs = [
      { round: 1, value: 100 },
      { round: 2, value: 6 },
    ];
    expect(ratioSpread(theirs, ours).median).toBe(1.5);
  });
});
