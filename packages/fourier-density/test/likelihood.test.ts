import { describe, expect, it } from "vitest";
import { AngleGrid } from "../src/angle-grid.ts";
import { Likelihood } from "../src/likelihood.ts";
import { minimise } from "../src/lbfgs.ts";
import { maximumLikelihood } from "../src/maximum-likelihood.ts";
import { largestEigenvalue } from "../src/optimality-gap.ts";
import { Ranges } from "../src/ranges.ts";
import { quadrature, uniform } from "./oracle.ts";

const NODES = 256;

/** Shares of a density with two bumps, sampled, and its mirror image where even. */
function sharesOf(seed: number, even: boolean, total: number): Float64Array {
  const random = uniform(seed);
  const shares = new Float64Array(NODES);
  for (let i = 0; i < 500; i++) {
    const bump = (random() + random() + random()) / 3;
    const node = Math.floor((random() < 0.6 ? 0.4 * bump : 0.5 + 0.3 * bump) * NODES * (even ? 0.5 : 1));
    shares[node]! += total / 1000;
    shares[even ? (NODES - node) % NODES : node]! += total / 1000;
  }
  return shares;
}

const arcs = [
  { middle: 1, half: 0.3, weight: 0.2 },
  { middle: 2.5, half: 0.01, weight: 0.15 },
  { middle: 1.6, half: 1.5, weight: 0.05 },
];

const cases = [false, true].flatMap((even) =>
  [0, 0.01].flatMap((roughness) => [false, true].map((ranged) => ({ even, roughness, ranged }))),
);

describe.each(cases)("the likelihood, even: $even, roughness: $roughness, ranges: $ranged", (options) => {
  const { even, roughness, ranged } = options;
  const terms = 6;
  const ranges = ranged ? new Ranges(arcs, even) : undefined;
  const shares = sharesOf(1, even, ranged ? 0.6 : 1);
  const likelihood = new Likelihood(new AngleGrid(NODES, terms, even), shares, roughness, ranges);
  const random = uniform(2);
  const vector = (): Float64Array => Float64Array.from({ length: likelihood.length }, () => random() - 0.5);
  const scratch = new Float64Array(likelihood.length);

  it("is what its definition says", () => {
    const a = vector();
    const [re, im] = [a.subarray(0, terms + 1), even ? new Float64Array(terms + 1) : a.subarray(terms + 1)];
    const norm = a.reduce((sum, x) => sum + x * x, 0);
    const q = (angle: number): number => {
      let [x, y] = [0, 0];
      for (let k = 0; k <= terms; k++) {
        x += re[k]! * Math.cos(k * angle) + im[k]! * Math.sin(k * angle);
        y += im[k]! * Math.cos(k * angle) - re[k]! * Math.sin(k * angle);
      }
      return (x * x + y * y) / norm;
    };
    let expected = -shares.reduce(
      (sum, w, j) => (w === 0 ? sum : sum + w * Math.log(q((2 * Math.PI * j) / NODES))),
      0,
    );
    if (ranged)
      for (const { middle, half, weight } of arcs) {
        const share = quadrature(q, middle - half, middle + half, 8) / (even ? Math.PI : 2 * Math.PI);
        expected -= weight * Math.log(share);
      }
    // ∫ q′² dθ / 2π is 2 Σ n² |rₙ|².
    const slope = (angle: number) => (q(angle + 1e-5) - q(angle - 1e-5)) / 2e-5;
    expected += (roughness / 2) * (quadrature((t) => slope(t) ** 2, 0, 2 * Math.PI, 32) / (2 * Math.PI));
    expect(likelihood.value(a, scratch)).toBeCloseTo(expected, 8);
  });

  it("has the gradient of its differences, and none along the vector", () => {
    for (let round = 0; round < 5; round++) {
      const a = vector();
      const gradient = new Float64Array(a.length);
      likelihood.value(a, gradient);
      const step = 1e-5;
      for (let i = 0; i < a.length; i++) {
        const [up, down] = [a.slice(), a.slice()];
        up[i]! += step;
        down[i]! -= step;
        const difference = (likelihood.value(up, scratch) - likelihood.value(down, scratch)) / (2 * step);
        expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-6 * (1 + Math.abs(difference)));
      }
      expect(Math.abs(gradient.reduce((sum, g, i) => sum + g * a[i]!, 0))).toBeLessThan(1e-12);
    }
  });

  it("is minimised to the global optimum, which no random start passes", () => {
    const problem = { shares, even, roughness, ranges };
    const best = maximumLikelihood(problem, terms, 1e-14);
    expect(best.gap()).toBeGreaterThanOrEqual(0);
    expect(best.gap()).toBeLessThan(1e-5);
    for (let round = 0; round < 6; round++) {
      const { value } = minimise((x, gradient) => likelihood.value(x, gradient), vector(), 1e-14, 5000);
      expect(value - best.value).toBeGreaterThan(-1e-9);
      // On the circle every start arrives; real amplitudes have other minima.
      if (!even) expect(value - best.value).toBeLessThan(1e-6);
    }
  });

  it("has a certified gap that is never below the true one", () => {
    const problem = { shares, even, roughness, ranges };
    const best = maximumLikelihood(problem, terms, 1e-14);
    for (let round = 0; round < 20; round++) {
      const start = { re: vector().slice(0, terms + 1), im: vector().slice(0, terms + 1) };
      const early = maximumLikelihood(problem, terms, 0.1 / 4 ** (round % 5), start);
      const missing = early.value - best.value;
      expect(early.gap()).toBeGreaterThan(missing - 1e-9);
      expect(missing).toBeGreaterThan(-1e-9);
    }
  });
});

describe("largestEigenvalue", () => {
  it("bounds the largest eigenvalue of a Toeplitz matrix from above, as power iteration does from below", () => {
    const random = uniform(5);
    for (const n of [1, 2, 5, 12]) {
      // A positive mixture of waves: rₖ = Σ wⱼ e^{ikθⱼ}.
      const [re, im] = [new Float64Array(n), new Float64Array(n)];
      for (let j = 0; j < 8; j++) {
        const [weight, angle] = [random(), 6 * random()];
        for (let k = 0; k < n; k++) {
          re[k]! += weight * Math.cos(k * angle);
          im[k]! += weight * Math.sin(k * angle);
        }
      }
      let [a, b] = [Float64Array.from({ length: n }, random), Float64Array.from({ length: n }, random)];
      let below = 0;
      for (let step = 0; step < 3000; step++) {
        const [x, y] = [new Float64Array(n), new Float64Array(n)];
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            const k = Math.abs(i - j);
            const s = i >= j ? im[k]! : -im[k]!;
            x[i]! += re[k]! * a[j]! - s * b[j]!;
            y[i]! += re[k]! * b[j]! + s * a[j]!;
          }
        below = Math.hypot(...x, ...y);
        [a, b] = [x.map((v) => v / below), y.map((v) => v / below)];
      }
      const above = largestEigenvalue(re, im, re[0]!);
      expect(above).toBeGreaterThanOrEqual(below * (1 - 1e-12));
      expect(above - re[0]!).toBeLessThan(1.02 * (below - re[0]!) + 1e-9);
    }
  });
});

describe("largestEigenvalue", () => {
  it("ends for matrices of zeros, of the largest numbers and of none", () => {
    for (const value of [0, 1e200, 1e308, Infinity, NaN]) {
      const bound = largestEigenvalue(Float64Array.of(value, value), new Float64Array(2), value);
      expect(bound >= 2 * value || Number.isNaN(bound)).toBe(true);
    }
  });
});
