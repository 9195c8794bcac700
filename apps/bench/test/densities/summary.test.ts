import { targets } from "@lemmata/comparators";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/densities/cell.ts";
import { densitiesReport } from "../../src/densities/densities-report.ts";
import { converged, estimators, guarded, ours } from "../../src/densities/estimators.ts";
import { summarize } from "../../src/densities/summary.ts";

const outcome = (estimator: string, seed: number, excess: Outcome["excess"], target = "claw"): Outcome => ({
  target,
  size: 10_000,
  seed,
  estimator,
  excess,
});

const outcomes = [
  ...[3e-5, 5e-5, 40e-5].map((excess, seed) => outcome(ours, seed, excess)),
  ...[8e-5, 10e-5, 12e-5].map((excess, seed) => outcome(guarded, seed, excess)),
  ...[2e-5, 4e-5].map((excess, seed) => outcome(converged, seed, excess)),
];

describe("the summary", () => {
  test("has medians, and relates ours to the mixture on the seeds that the mixture had", () => {
    const [row] = summarize(outcomes);
    expect(row!.excess).toEqual({
      [ours]: 5e-5,
      [guarded]: 10e-5,
      [converged]: expect.closeTo(3e-5, 12),
    });
    expect(row!.toKernels).toBeCloseTo(0.5, 12);
    expect(row!.toMixture).toBeCloseTo(4 / 3, 12);
  });

  test("takes an infinite loss as one, and a failure as none", () => {
    const [cauchy, claw] = summarize([
      outcome(ours, 0, 1e-4, "Cauchy"),
      outcome(guarded, 0, "∞", "Cauchy"),
      outcome(converged, 0, "∞", "Cauchy"),
      outcome(ours, 0, "cannot"),
      outcome(ours, 1, 1e-4),
      outcome(guarded, 0, 1e-4),
    ]);
    expect(cauchy!.excess[guarded]).toBe(Infinity);
    expect([cauchy!.toKernels, cauchy!.toMixture]).toEqual([0, 0]);
    expect(claw!.excess[ours]).toBe("cannot");
    expect(claw!.toKernels).toBeNaN();
  });
});

describe("the report", () => {
  const page = densitiesReport(summarize(outcomes), targets, estimators, 3, {
    date: "2026-11-24T00:00:00Z",
    node: "24.0.0",
    commit: "abc",
  });

  test("shows losses in units of 10⁻⁵ nats, and what is missed in bold", () => {
    expect(page).toContain("| claw | 10,000 | 5.00 | 10.0 | – | – | 3.00 | – | – | – | 0.500 | **1.33** |");
  });

  test("counts the cells that reach what they shall, and names the others", () => {
    expect(page).toContain("ISJ bandwidth, guarded: 1 of 1 cells.");
    expect(page).toContain("0 of 1 cells; not on claw at 10,000 (1.33×).");
  });
});
