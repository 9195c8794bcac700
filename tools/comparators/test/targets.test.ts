import { createRng } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import { drawMany, entropy, excessLoss, GaussianMixture, type Target, targets } from "../src/index.ts";
import laws from "./golden/laws.json" with { type: "json" };

const named = (name: string): Target => targets.find((target) => target.name === name)!;
const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** √n times the largest distance between the cdf and that of the samples. */
function kolmogorovSmirnov(samples: Float64Array, cdf: (x: number) => number): number {
  const n = samples.length;
  return (
    samples
      .toSorted()
      .reduce(
        (largest, x, i) => Math.max(largest, Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)),
        0,
      ) * Math.sqrt(n)
  );
}

describe.each(targets)("$name", (target) => {
  test("has a quadrature with the mass 1, which finer nodes confirm", () => {
    const { mass } = target.nodes();
    expect(Math.abs(sumOf(mass) - 1)).toBeLessThan(3e-12);
    const { x, mass: finer } = target.nodes(2);
    const again = -x.reduce((sum, value, i) => sum + finer[i]! * target.logPdf(value), 0);
    expect(Math.abs(again - entropy(target))).toBeLessThan(1e-9);
  });

  test("has the cdf that its density adds up to", () => {
    const { x, mass } = target.nodes();
    let below = 0;
    for (let i = 0; i < x.length; i += 8) {
      // Between two panels: the masses of all nodes before.
      if (i > 0 && i % 4000 === 0) {
        const edge = (x[i - 1]! + x[i]!) / 2;
        const between = Math.abs(target.cdf(x[i]!) - target.cdf(x[i - 1]!));
        // Next to 1 the arcsine law's cdf rises by 1e-8 from one number to the next.
        expect(Math.abs(target.cdf(edge) - below)).toBeLessThan(2e-8 + between);
      }
      for (let k = i; k < i + 8; k++) below += mass[k]!;
    }
  });

  test("has a density that is the slope of its cdf", () => {
    const { x } = target.nodes();
    for (let i = 8 * 37 + 3; i < x.length; i += 8 * 101) {
      const h = 1e-5 * Math.min(1, Math.max(1e-3, Math.abs(x[i]!)));
      const { domain } = target;
      if (domain.kind !== "line" && Math.min(x[i]! - domain.lower, domain.upper - x[i]!) < 1e-2) continue;
      const p = Math.exp(target.logPdf(x[i]!));
      if (p < 1e-3) continue;
      const slope = (target.cdf(x[i]! + h) - target.cdf(x[i]! - h)) / (2 * h);
      expect(Math.abs(slope / p - 1)).toBeLessThan(1e-4);
    }
  });

  // P(√n D > 2.4) = 2 e^(−2 · 2.4²) = 2e-5 for each law.
  test("draws from its law", () => {
    const samples = drawMany(target, 20_000, createRng(11));
    expect(kolmogorovSmirnov(samples, (x) => target.cdf(x))).toBeLessThan(2.4);
  });

  test("loses nothing against itself", () => {
    expect(excessLoss(target, target)).toBe(0);
  });
});

describe("entropies that one can write down", () => {
  test("of uniform blocks, the arcsine law, the exponential and the Cauchy law", () => {
    const blocks = [
      [0.2, 0.25],
      [0.1, 0.3],
      [0.3, 0.15],
      [0.2, 0.3],
    ] as const;
    const expected = blocks.reduce((sum, [width, mass]) => sum - mass * Math.log(mass / width), 0);
    expect(entropy(named("uniform blocks"))).toBeCloseTo(expected, 12);
    expect(entropy(named("beta(½, ½)"))).toBeCloseTo(Math.log(Math.PI / 4), 6);
    expect(entropy(named("exponential"))).toBeCloseTo(1, 10);
    expect(entropy(named("Cauchy"))).toBeCloseTo(Math.log(4 * Math.PI), 9);
  });

  test("of the paper's mixture lies below the loss at which its tutorial ends, −0.4100", () => {
    expect(entropy(named("paper-10"))).toBeCloseTo(-0.4240249, 6);
  });
});

describe("the excess loss", () => {
  test("of a normal law against another is the textbook's", () => {
    const target = named("bimodal");
    const normal = new GaussianMixture([1], [0.3], [1.5]);
    // −E log q has to do with E (x − 0.3)² alone, and the target has mean 0 and variance 1 + 4/9.
    const second = 1 + 4 / 9 + 0.3 ** 2;
    const cross = Math.log(1.5 * Math.sqrt(2 * Math.PI)) + second / (2 * 1.5 ** 2);
    expect(excessLoss(target, normal)).toBeCloseTo(cross - entropy(target), 10);
  });

  test("is infinite if the tails are too light, or a part of the law is left out", () => {
    expect(excessLoss(named("Cauchy"), new GaussianMixture([1], [0], [5]))).toBe(Infinity);
    expect(excessLoss(named("claw"), named("uniform blocks"))).toBe(Infinity);
    expect(excessLoss(named("exponential"), new GaussianMixture([1], [0], [5]))).toBeLessThan(2);
  });
});

describe("special functions", () => {
  test("the normal cdf is scipy's", () => {
    const { z, cdf } = laws.normal;
    const standard = new GaussianMixture([1], [0], [1]);
    z.forEach((value, i) => expect(Math.abs(standard.cdf(value) / cdf[i]! - 1)).toBeLessThan(1e-13));
  });

  test("the von Mises laws are scipy's", () => {
    const { angles, logPdf, cdf } = laws.vonMises;
    const pair = named("von Mises pair");
    angles.forEach((angle, i) => {
      expect(pair.logPdf(angle)).toBeCloseTo(logPdf[i]!, 12);
      expect(pair.cdf(angle)).toBeCloseTo(cdf[i]!, 9);
    });
  });
});
