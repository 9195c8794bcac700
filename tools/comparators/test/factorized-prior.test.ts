import { createRng } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import { drawMany, excessLoss, fitFactorizedPrior, targets } from "../src/index.ts";
import { Network, startOf } from "../src/estimators/factorized-prior.ts";

describe("the deep factorised prior", () => {
  const rng = createRng(2);
  const weights = startOf(rng).map((w) => w + rng() - 0.5);

  test("has the gradient that finite differences show", () => {
    for (const x of [-3, 0.1, 2]) {
      const network = new Network(weights);
      network.logDensity(x);
      const gradient = new Float64Array(weights.length);
      network.addGradient(gradient, 1);
      weights.forEach((_, i) => {
        const at = (h: number): number =>
          new Network(weights.map((w, j) => (i === j ? w + h : w))).logDensity(x);
        expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 7);
      });
    }
  });

  test("is a density: the slope of a cdf that rises from 0 to 1", () => {
    const target = targets[0]!;
    const prior = fitFactorizedPrior(drawMany(target, 5000, createRng(3)), {
      rng: createRng(4),
      steps: 4000,
    });
    expect(prior.cdf(-30)).toBeLessThan(1e-6);
    expect(prior.cdf(30)).toBeGreaterThan(1 - 1e-6);
    for (let x = -3; x <= 3; x += 0.25) {
      const slope = (prior.cdf(x + 1e-5) - prior.cdf(x - 1e-5)) / 2e-5;
      expect(Math.exp(prior.logPdf(x))).toBeCloseTo(slope, 6);
    }
    expect(excessLoss(target, prior)).toBeLessThan(0.005);
    expect(prior.parameters).toBe(43);
  });
});
