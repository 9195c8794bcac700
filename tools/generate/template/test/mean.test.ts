import fc from "fast-check";
import { expect, test } from "vitest";
import { mean } from "../src/index.ts";

test("mean(values) is their sum over their number", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float32Array.of(0.5, 1.5))).toBe(1);
});

test("mean([]) is NaN, and so is a mean with NaN", () => {
  expect(mean([])).toBeNaN();
  expect(mean([1, Number.NaN])).toBeNaN();
});

test("a mean lies between the least and the greatest, to rounding", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, (x) => {
      const slack = x.length * Number.EPSILON * 1e6;
      expect(mean(x)).toBeGreaterThanOrEqual(Math.min(...x) - slack);
      expect(mean(x)).toBeLessThanOrEqual(Math.max(...x) + slack);
    }),
  );
});
