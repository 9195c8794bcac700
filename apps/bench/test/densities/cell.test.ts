import { describe, expect, test } from "vitest";
import { measure } from "../../src/densities/cell.ts";

const cell = (estimator: string, seed: number) => ({ target: "bimodal", size: 1000, seed, estimator });

describe("a cell of the experiment", () => {
  test("is the same whenever it is measured, and another for another seed", () => {
    const [first, again, other] = [1, 1, 2].map((seed) => measure([cell("KDE, Scott", seed)], undefined)[0]!);
    expect(first).toEqual(again);
    expect(other!.excess).not.toBe(first!.excess);
    expect(first!.excess).toBeGreaterThan(0);
    expect(first!.excess).toBeLessThan(0.1);
  });

  test("keeps why there is no outcome", () => {
    expect(measure([cell("scikit-learn", 1)], undefined)[0]!.excess).toBe(
      "needs python3 with the package sklearn",
    );
  });
});
