import { describe, expect, it } from "vitest";
import { evidenceOf } from "../src/evidence.ts";
import { BinnedSamples, fit, jackson, type Support } from "../src/index.ts";
import { scoreJackson } from "../src/search-jackson.ts";
import { uniform } from "./oracle.ts";

describe("the score of a Jackson estimate", () => {
  it.each<Support>([
    { kind: "circle", lower: 0, upper: 1 },
    { kind: "interval", lower: 0, upper: 1, map: "linear" },
  ])("is what it loses on each sample when that is left out, on the $kind", (support) => {
    // at nodes of the grid, so that nothing is blurred
    const random = uniform(3);
    const samples = Array.from({ length: 40 }, () => Math.floor(64 * random() ** 2) / 64);
    const angle = (x: number): number => (support.kind === "circle" ? 2 : 1) * Math.PI * x;
    const estimate = (from: readonly number[], terms: number, x: number): number => {
      const mean = (of: (angle: number) => number, n: number): number =>
        from.reduce((sum, y) => sum + of(n * angle(y)), 0) / from.length;
      const degrees = Float64Array.from({ length: terms + 1 }, (_, n) => n);
      const re = degrees.map((n) => mean(Math.cos, n));
      const im = degrees.map((n) => (support.kind === "circle" ? -mean(Math.sin, n) : 0));
      const series = jackson({ re, im });
      return degrees.reduce(
        (sum, n) =>
          n === 0
            ? 1
            : sum + 2 * (series.re[n]! * Math.cos(n * angle(x)) - series.im[n]! * Math.sin(n * angle(x))),
        0,
      );
    };
    const evidence = evidenceOf(new BinnedSamples(support, 8192).add(samples));
    const [of5, of12] = scoreJackson(evidence, [5, 12]);
    for (const { terms, score, logLikelihood } of [of5!, of12!]) {
      const lost = samples.map((x, i) => -Math.log(estimate(samples.toSpliced(i, 1), terms, x)));
      expect(score).toBeCloseTo(
        lost.reduce((sum, loss) => sum + loss, 0),
        6,
      );
      expect(logLikelihood).toBeCloseTo(
        samples.reduce((sum, x) => sum + Math.log(estimate(samples, terms, x)), 0),
        6,
      );
    }
  });
});

describe("fit, of terms to be chosen", () => {
  const random = uniform(7);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  it("takes a Jackson estimate where a jump wants terms without end, and the greatest likelihood where none does", () => {
    const jump = Float64Array.from({ length: 20_000 }, () => -Math.log(1 - random()));
    const plain = Float64Array.from({ length: 20_000 }, normal);
    expect(fit(jump).report.method).toBe("jackson");
    expect(fit(plain).report.method).toBe("likelihood");
    for (const samples of [jump, plain]) {
      const { report } = fit(samples);
      const own = report.scores.find(
        (entry) => entry.method === report.method && entry.terms === report.terms,
      );
      expect(own).toBeDefined();
      for (const method of ["likelihood", "jackson"] as const)
        expect(fit(samples, { method }).report.method).toBe(method);
    }
  });

  it("takes no Jackson estimate of a single sample, which leaves none when it is left out", () => {
    for (const support of ["circle", { kind: "interval", lower: 0, upper: 2 }] as const) {
      const { method, terms, scores } = fit([1], { support }).report;
      expect({ method, terms }).toEqual({ method: "likelihood", terms: 0 });
      for (const { score } of scores) expect(score).toBe(Infinity);
    }
  });

  it("chooses the terms of a Jackson estimate by the same score", () => {
    const samples = Float64Array.from({ length: 5000 }, normal);
    const { terms, scores } = fit(samples, { method: "jackson" }).report;
    const best = scores.find((entry) => entry.terms === terms)!;
    for (const { score } of scores) expect(score).toBeGreaterThanOrEqual(best.score);
    expect(scores.length).toBeGreaterThan(10);
    expect(terms).toBeGreaterThan(3);
    expect(fit([1, 2, 4], { method: "jackson" }).report.terms).toBeLessThan(4);
  });
});
