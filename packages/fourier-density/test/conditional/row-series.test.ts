import { describe, expect, it } from "vitest";
import { RowSeries } from "../../src/conditional/row-series.ts";
import { FourierDensity, referenceAngle, type Support, valueAt } from "../../src/index.ts";

const TERMS = 9;
const SUPPORTS: readonly Support[] = [
  { kind: "line", map: "tanh", location: 0.4, scale: 1.3 },
  { kind: "circle", lower: -1, upper: 2 },
  { kind: "interval", map: "linear", lower: -1, upper: 2 },
  { kind: "interval", map: "arcsine", lower: -1, upper: 2 },
];

/** A row of coefficients, others before and behind it, and the density that it means. */
function example(support: Support, seed: number) {
  const even = support.kind === "interval";
  const noise = (k: number): number => Math.sin(seed * 12.9898 + 78.233 * k) * Math.exp(-k / 5);
  const re = Float64Array.from({ length: TERMS + 1 }, (_, k) => noise(k));
  const im = Float64Array.from({ length: TERMS + 1 }, (_, k) => (even ? 0 : noise(k + 0.5)));
  const coefficients = Float64Array.of(7, ...re, ...(even ? [] : im), 7);
  const series = new RowSeries(TERMS, even);
  series.set(coefficients, 1);
  return { series, density: new FourierDensity(support, { re, im }) };
}

describe.each(SUPPORTS.map((support) => ({ name: "map" in support ? support.map : support.kind, support })))(
  "the distribution of one row, on $name",
  ({ support }) => {
    it("is the cdf of the FourierDensity", () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { series, density } = example(support, seed);
        for (const x of [-0.999, -0.7, -0.1, 0.4, 0.9, 1.3, 1.999])
          expect(Math.abs(series.cdf(referenceAngle(support, x)) - density.cdf(x))).toBeLessThan(1e-13);
      }
    });

    it("has the quantiles of the FourierDensity, in mass to rounding", () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { series, density } = example(support, seed);
        for (const u of [1e-9, 1e-3, 0.1, 0.4999, 0.5, 0.75, 0.9, 1 - 1e-3, 1 - 1e-9]) {
          const angle = series.angle(u);
          expect(Math.abs(series.cdf(angle) - u)).toBeLessThan(1e-14);
          expect(valueAt(support, angle)).toBeCloseTo(density.quantile(u), 8);
        }
      }
    });

    it("keeps the relative precision of small probabilities at both ends", () => {
      const { series, density } = example(support, 3);
      for (const u of [1e-12, 1e-40, 1e-250])
        expect(valueAt(support, series.angle(u))).toBeCloseTo(density.quantile(u), 9);
      expect(1 - series.cdf(series.angle(1 - 2 ** -40))).toBeCloseTo(2 ** -40, 15);
    });

    it("gives the ends for probabilities of 0 and 1", () => {
      const { series, density } = example(support, 4);
      expect(valueAt(support, series.angle(0))).toBe(density.quantile(0));
      expect(valueAt(support, series.angle(1))).toBe(density.quantile(1));
    });
  },
);

describe("the distribution of one row", () => {
  it("finds its quantiles on both sides of a point where the density vanishes", () => {
    // (1 + cos θ)²: 0 at ±π, the middle of the circle.
    const series = new RowSeries(2, false);
    series.set(Float64Array.of(1, 2, 1, 0, 0, 0), 0);
    for (const u of [0.4999999, 0.5, 0.5000001]) expect(series.cdf(series.angle(u))).toBeCloseTo(u, 13);
  });
});
