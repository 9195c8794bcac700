import { latticeOf } from "@lemmata/lattice";
import { createRng, perfectSampler } from "@lemmata/sampling";
import { expect, test } from "vitest";
import { lawOf } from "../figures/law.ts";
import { noiseFloor } from "../figures/noise-floor.ts";
import { setStage } from "../scenes/stage.ts";

/** ½ Σ E|X/n − p| by the definition: the sum over all values of X. */
function byDefinition(law: readonly number[], n: number): number {
  let sum = 0;
  for (const p of law) {
    let probability = (1 - p) ** n;
    for (let x = 0; x <= n; x++) {
      sum += Math.abs(x / n - p) * probability;
      probability *= ((n - x) / (x + 1)) * (p / (1 - p));
    }
  }
  return sum / 2;
}

test.each([1, 2, 7, 50, 400])("the noise floor of %i draws is the mean over all outcomes", (n) => {
  const law = [0.5, 0.3, 0.15, 0.0499, 0.0001];
  expect(noiseFloor(law, n)).toBeCloseTo(byDefinition(law, n), 12);
});

test("a sure outcome leaves no noise, and neither does an impossible one", () => {
  expect(noiseFloor([1], 100)).toBe(0);
  expect(noiseFloor([1, 0], 100)).toBe(0);
});

test("with many draws it is what the normal approximation says", () => {
  const law = [0.4, 0.35, 0.25];
  const normal = law.reduce((sum, p) => sum + Math.sqrt((p * (1 - p)) / (2 * Math.PI * 1e6)), 0);
  expect(noiseFloor(law, 1e6) / normal).toBeCloseTo(1, 5);
});

test("it is what simulated draws from the law of a real word leave", () => {
  const draws = 2000;
  const lattice = latticeOf(setStage("").model("trained_en_8000"), "understanding");
  const law = lawOf(lattice, 0.1);
  const sampler = perfectSampler(lattice, { alpha: 0.1, rng: createRng(7) });
  const distances = Array.from({ length: 50 }, () => {
    const shares = new Float64Array(law.outcomes.length);
    for (const path of sampler.draw(draws)) shares[law.outcomeOf(path)]! += 1 / draws;
    return law.outcomes.reduce((sum, p, i) => sum + Math.abs(p - shares[i]!), 0) / 2;
  });
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const variance = distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / 49;
  const error = Math.sqrt(variance / 50);
  // Four standard errors: a false alarm in some 10,000 seeds.
  expect(error / mean).toBeLessThan(0.01);
  expect(Math.abs(mean - noiseFloor(law.outcomes, draws))).toBeLessThan(4 * error);
});
