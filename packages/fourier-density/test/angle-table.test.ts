import { describe, expect, it } from "vitest";
import { AngleTable } from "../src/angle-table.ts";
import { autocorrelation } from "../src/series.ts";
import { FourierDensity } from "../src/index.ts";
import { randomAmplitude } from "./oracle.ts";

function normalised(terms: number, seed: number, real = false) {
  const { re, im } = randomAmplitude(terms, seed, real);
  const norm = Math.sqrt(re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0));
  return { re: re.map((x) => x / norm), im: im.map((x) => x / norm) };
}

describe("AngleTable", () => {
  it("is as exact as the sum of the amplitude at every angle, next to its zeros too", () => {
    // of Dirichlet's kernel, sin²(Nθ/2) / (N sin²(θ/2)), whose amplitude is exact by its closed form
    for (const terms of [1, 2, 15, 32, 200]) {
      const n = terms + 1;
      const table = new AngleTable(
        { re: new Float64Array(n).fill(1 / Math.sqrt(n)), im: new Float64Array(n) },
        false,
      );
      for (let i = -500; i <= 500; i++) {
        const angle = (Math.PI * i) / 500.5 + 1e-9;
        const root = Math.abs(Math.sin((n * angle) / 2) / Math.sin(angle / 2)) / Math.sqrt(n);
        // an angle is rounded by 4e-16, which the slope of A, at most n^{3/2}, makes more
        const error = 4e-16 * n ** 1.5 + 2e-15 * Math.sqrt(n);
        expect(Math.abs(Math.sqrt(table.density(angle)) - root)).toBeLessThan(error);
      }
    }
  });

  it("has derivatives that are those of the amplitude", () => {
    const amplitude = normalised(9, 2);
    const table = new AngleTable(amplitude, false);
    const [re, im] = [new Float64Array(8), new Float64Array(8)];
    const kappa = 5;
    for (const angle of [-3.1, -1, 0, 0.001, 2.2, Math.PI]) {
      table.derivatives(angle, re, im);
      for (let m = 0; m < 4; m++) {
        let [x, y] = [0, 0];
        for (let k = 0; k < 10; k++) {
          const n = k - kappa;
          const phase = -n * angle - (m * Math.PI) / 2; // of (−in)^m e^{−inθ}, up to the sign of n^m
          const size = n ** m;
          x += size * (amplitude.re[k]! * Math.cos(phase) - amplitude.im[k]! * Math.sin(phase));
          y += size * (amplitude.re[k]! * Math.sin(phase) + amplitude.im[k]! * Math.cos(phase));
        }
        expect(Math.abs(re[m]! - x)).toBeLessThan(1e-11 * 5 ** m);
        expect(Math.abs(im[m]! - y)).toBeLessThan(1e-11 * 5 ** m);
      }
    }
  });
});

describe("the distribution function", () => {
  it("is the closed form of the series: (x + 1)/2 + Re Σ cₙ/c₀ (e^{iπnx} − (−1)ⁿ) / (iπn) on [−1, 1]", () => {
    for (const terms of [1, 5, 20]) {
      const amplitude = normalised(terms, 4);
      const series = autocorrelation(amplitude);
      const density = new FourierDensity({ kind: "circle", lower: -1, upper: 1 }, amplitude);
      let mean = 0;
      for (let n = 1; n <= terms; n++) mean += (2 / (Math.PI * n)) * series.im[n]!;
      for (const x of [-1, -0.99, -0.3, 0, 0.123, 0.8, 1]) {
        let expected = (x + 1) / 2;
        for (let n = 1; n <= terms; n++) {
          const sign = n % 2 === 0 ? 1 : -1; // angles begin at −1, cₙ at 0
          const [c, d] = [sign * series.re[n]!, sign * series.im[n]!];
          // Re (c + id)(cos + i sin − (−1)ⁿ) / (iπn)
          expected +=
            (c * Math.sin(Math.PI * n * x) + d * (Math.cos(Math.PI * n * x) - sign)) / (Math.PI * n);
        }
        expect(Math.abs(density.cdf(x) - expected)).toBeLessThan(2e-15);
      }
      expect(density.moments().mean).toBeCloseTo(mean, 13); // E x = Re Σ cₙ/c₀ · 2(−1)ⁿ / (iπn)
      expect(density.pdf(0)).toBeLessThanOrEqual((terms + 1) / 2);
      expect(density.circularMoment(1).re).toBeCloseTo(-series.re[1]!, 14);
    }
  });
});
