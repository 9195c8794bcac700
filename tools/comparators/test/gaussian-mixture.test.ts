import { createRng } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import {
  binned,
  drawMany,
  excessLoss,
  fitMixtureByEm,
  fitMixtureByGradient,
  GaussianMixture,
  targets,
} from "../src/index.ts";
import { climb } from "../src/estimators/mixture-by-em.ts";
import { mixtureLoss } from "../src/estimators/mixture-by-gradient.ts";
import golden from "./golden/gaussian-mixture.json" with { type: "json" };
import kernelGolden from "./golden/kernel-density.json" with { type: "json" };

const { samples } = kernelGolden;
const bimodal = targets[0]!;

describe("expectation–maximisation", () => {
  test("from the same start converges to scikit-learn's mixture", () => {
    const { weights, means, deviations } = golden.start;
    const { mixture, logLikelihood, converged } = climb(
      samples,
      new Float64Array(samples.length).fill(1),
      new GaussianMixture(weights, means, deviations),
      { tolerance: 1e-13 },
    );
    expect(converged).toBe(true);
    expect(logLikelihood).toBeCloseTo(golden.logLikelihood, 9);
    for (const part of ["weights", "means", "deviations"] as const)
      mixture[part].forEach((value, k) => expect(value).toBeCloseTo(golden[part][k]!, 4));
    golden.points.forEach((x, i) =>
      expect(Math.abs(mixture.logPdf(x) / golden.logPdf[i]! - 1)).toBeLessThan(1e-4),
    );
  });

  test("of bins is that of the samples", () => {
    const values = drawMany(bimodal, 20_000, createRng(3));
    const { shares, lower, step } = binned(values);
    const nodes = shares.map((_, i) => lower + i * step);
    const options = { components: 2, rng: createRng(1) };
    const whole = fitMixtureByEm(values, options);
    const coarse = fitMixtureByEm(nodes, { ...options, weights: shares });
    expect(coarse.logLikelihood).toBeCloseTo(whole.logLikelihood, 6);
    // 2n times the excess is χ² with 5 degrees of freedom, which exceeds 33 in 4 of a million runs.
    expect(excessLoss(bimodal, whole.mixture)).toBeLessThan(33 / 40_000);
  });

  test("refuses values that are all equal, or not finite", () => {
    for (const bad of [[], [1, 1], [1, Infinity], [Number.NaN, 1]])
      for (const fit of [fitMixtureByEm, fitMixtureByGradient])
        expect(() => fit(bad, { components: 2, rng: createRng(1) })).toThrow(
          "an estimate needs finite samples that are not all equal",
        );
  });

  test("survives more components than values, and never narrows one to nothing", () => {
    const { mixture } = fitMixtureByEm([0, 0, 1], { components: 4, rng: createRng(5) });
    expect(Math.min(...mixture.deviations)).toBeGreaterThan(0);
    expect(Number.isFinite(mixture.logPdf(0.5))).toBe(true);
  });
});

describe("a mixture by gradient", () => {
  test("has the gradient that finite differences show", () => {
    const rng = createRng(9);
    const values = Float64Array.from({ length: 20 }, () => 4 * rng() - 2);
    const parameters = Float64Array.from({ length: 12 }, () => 2 * rng() - 1);
    const gradient = new Float64Array(12);
    mixtureLoss(parameters, values, gradient);
    parameters.forEach((_, i) => {
      const at = (h: number): number =>
        mixtureLoss(
          parameters.map((p, j) => (i === j ? p + h : p)),
          values,
          new Float64Array(12),
        );
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
    });
  });

  test("comes near what expectation–maximisation finds", () => {
    const values = drawMany(bimodal, 20_000, createRng(3));
    const trained = fitMixtureByGradient(values, { components: 2, rng: createRng(1) });
    expect(excessLoss(bimodal, trained)).toBeLessThan(0.002);
  });
});
