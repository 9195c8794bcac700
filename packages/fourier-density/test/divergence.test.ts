import { describe, expect, it } from "vitest";
import { FourierDensity, type Line, type Support } from "../src/index.ts";
import { densityByDefinition, quadrature, randomAmplitude, supports, uniform } from "./oracle.ts";

const one = { re: [1], im: [0] };
const law = (map: Line["map"], location = 0, scale = 1): FourierDensity =>
  new FourierDensity({ kind: "line", map, location, scale }, one);
const normal = (mean: number, deviation: number): FourierDensity => law("erf", mean, deviation * Math.SQRT2);
const circle = { kind: "circle", lower: 0, upper: 1 } as const;

describe("entropy", () => {
  it("has the known values of the reference laws", () => {
    expect(normal(3, 2).entropy()).toBeCloseTo(0.5 * Math.log(2 * Math.PI * Math.E * 4), 12);
    expect(law("logit", 1, 3).entropy()).toBeCloseTo(Math.log(3) + 2, 12);
    expect(law("tanh", 1, 6).entropy()).toBeCloseTo(Math.log(3) + 2, 12);
    expect(law("atan", 0, 2).entropy()).toBeCloseTo(Math.log(8 * Math.PI), 12);
    const interval = { kind: "interval", lower: 1, upper: 3 } as const;
    expect(new FourierDensity({ ...interval, map: "linear" }, one).entropy()).toBeCloseTo(Math.LN2, 13);
    expect(new FourierDensity({ ...interval, map: "arcsine" }, one).entropy()).toBeCloseTo(
      Math.log(Math.PI / 2),
      12,
    );
  });
});

describe("moments", () => {
  it("have the known values of the reference laws", () => {
    expect(normal(3, 2).moments()).toEqual({
      mean: expect.closeTo(3, 13),
      variance: expect.closeTo(4, 12),
      skewness: expect.closeTo(0, 13),
      kurtosis: expect.closeTo(3, 12),
    });
    const logistic = law("logit", 1e6, 2).moments();
    expect(logistic.mean).toBe(1e6);
    expect(logistic.variance).toBeCloseTo((4 * Math.PI ** 2) / 3, 8);
    expect(logistic.kurtosis).toBeCloseTo(4.2, 10);
    const beta = new FourierDensity({ kind: "interval", lower: 0, upper: 1, map: "arcsine" }, one).moments();
    expect([beta.mean, beta.variance, beta.kurtosis]).toEqual(
      [0.5, 0.125, 1.5].map((value) => expect.closeTo(value, 12)),
    );
  });
});

describe("klDivergence", () => {
  it("of normal laws is the known one", () => {
    const expected = Math.log(3 / 2) + (4 + 1) / 18 - 0.5;
    expect(normal(0, 2).klDivergence(normal(1, 3))).toBeCloseTo(expected, 12);
  });

  it("is the integral of its definition, and 0 for a density and itself", () => {
    for (const support of supports) {
      const [a, b] = [1, 2].map((seed) => randomAmplitude(6, seed, support.kind === "interval"));
      const [p, q] = [new FourierDensity(support, a!), new FourierDensity(support, b!)];
      // by the angle, where all supports are alike: of an interval half of the circle
      const flat: Support =
        support.kind === "interval" ? { kind: "interval", lower: 0, upper: 1, map: "linear" } : circle;
      const expected = quadrature(
        (t) => {
          const [x, y] = [densityByDefinition(flat, a!, t), densityByDefinition(flat, b!, t)];
          return x * Math.log(x / y);
        },
        0,
        1,
        1000,
      );
      expect(p.klDivergence(q)).toBeCloseTo(expected, 9);
      expect(p.klDivergence(p)).toBeCloseTo(0, 13);
      expect(p.klDivergence(q)).toBeGreaterThan(0);
    }
  });

  it("compares laws of different supports", () => {
    const interval = new FourierDensity({ kind: "interval", lower: -1, upper: 1, map: "linear" }, one);
    const inner = new FourierDensity({ kind: "interval", lower: -1, upper: 0, map: "arcsine" }, one);
    const arcsine = new FourierDensity({ kind: "interval", lower: -1, upper: 1, map: "arcsine" }, one);
    expect(interval.klDivergence(normal(0, 1))).toBeCloseTo(
      -Math.LN2 + 0.5 * Math.log(2 * Math.PI) + 1 / 6,
      12,
    );
    expect(inner.klDivergence(interval)).toBeCloseTo(Math.LN2 - Math.log(Math.PI / 4), 12);
    expect(interval.klDivergence(inner)).toBe(Infinity);
    expect(normal(0, 1).klDivergence(interval)).toBe(Infinity);
    expect(law("atan").klDivergence(normal(0, 1))).toBe(Infinity);
    expect(normal(0, 1).klDivergence(law("atan"))).toBeCloseTo(
      quadrature(
        (x) => {
          const p = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
          return p * (Math.log(p) + Math.log(Math.PI) + Math.log1p(x * x));
        },
        -30,
        30,
        400,
      ),
      11,
    );
    // of arcsine laws that share an end, at which both are infinite
    expect(inner.klDivergence(arcsine)).toBeCloseTo(Math.log(1 + Math.SQRT2), 6);
  });
});

describe("klDivergence of atoms", () => {
  it("is that of their masses where they are all, whichever way these sum to 1", () => {
    const values = Array.from({ length: 10 }, (_, i) => i);
    const masses = [...Array.from({ length: 9 }, () => 1 / 16), 7 / 16];
    const line = { kind: "line", map: "tanh", location: 0, scale: 1 } as const;
    const tenths = new FourierDensity(line, one, { values, masses: values.map(() => 0.1) }); // 1 − 1.1e-16
    const exact = new FourierDensity(line, one, { values, masses });
    const expected = masses.reduce((sum, mass) => sum + 0.1 * Math.log(0.1 / mass), 0);
    expect(tenths.klDivergence(exact)).toBeCloseTo(expected, 14);
    expect(tenths.pdf(3)).toBe(0);
  });
});

describe("wasserstein", () => {
  it("of normal laws is the known one", () => {
    expect(normal(0, 1).wasserstein(normal(2, 1))).toBeCloseTo(2, 8);
    expect(normal(0, 1).wasserstein(normal(2, 3), 2)).toBeCloseTo(Math.sqrt(8), 7);
    expect(normal(0, 1).wasserstein(normal(0, 3))).toBeCloseTo(2 * Math.sqrt(2 / Math.PI), 7);
  });

  it("of order 1 is the area between the distribution functions", () => {
    for (const support of supports.filter(({ kind }) => kind === "interval")) {
      const [a, b] = [1, 2].map((seed) => new FourierDensity(support, randomAmplitude(6, seed, true)));
      const area = quadrature((x) => Math.abs(a!.cdf(x) - b!.cdf(x)), -1, 5, 4000);
      expect(Math.abs(a!.wasserstein(b!) - area)).toBeLessThan(1e-6);
    }
  });

  it("goes the shorter way round a circle", () => {
    const atom = (value: number): FourierDensity =>
      new FourierDensity(circle, one, { values: [value], masses: [1] });
    for (const order of [1, 2] as const) {
      expect(atom(0.1).wasserstein(atom(0.9), order)).toBeCloseTo(0.2, 7);
      expect(atom(0.2).wasserstein(atom(0.6), order)).toBeCloseTo(0.4, 7);
    }
    // all mass moves from one narrow peak to another, across the seam
    const peak = (at: number): FourierDensity => {
      const weights = Array.from({ length: 25 }, (_, k) => Math.exp(-((k - 12) ** 2) / 20));
      return new FourierDensity(circle, {
        re: weights.map((w, k) => w * Math.cos(2 * Math.PI * at * k)),
        im: weights.map((w, k) => w * Math.sin(2 * Math.PI * at * k)),
      });
    };
    for (const order of [1, 2] as const)
      expect(peak(0.95).wasserstein(peak(0.05), order)).toBeCloseTo(0.1, 6);
  });

  it("does not depend on where circles are cut open", () => {
    const amplitude = randomAmplitude(3, 8);
    const other = randomAmplitude(3, 9);
    // the same law, on a period that begins later: aₖ e^{ikφ}
    const cutAt = (lower: number): FourierDensity => {
      const turn = (k: number): [number, number] => [
        Math.cos(2 * Math.PI * lower * k),
        -Math.sin(2 * Math.PI * lower * k),
      ];
      const { re, im } = other;
      return new FourierDensity(
        { kind: "circle", lower, upper: lower + 1 },
        {
          re: re.map((a, k) => a * turn(k)[0] - im[k]! * turn(k)[1]),
          im: re.map((a, k) => a * turn(k)[1] + im[k]! * turn(k)[0]),
        },
        { values: [Math.ceil(lower)], masses: [0.25] },
      );
    };
    const here = new FourierDensity(circle, amplitude, { values: [0], masses: [0.5] });
    expect(cutAt(-10.5).pdf(0.3)).toBeCloseTo(cutAt(0).pdf(0.3), 12);
    for (const lower of [-10.5, 0.75]) {
      expect(here.klDivergence(cutAt(lower))).toBeCloseTo(here.klDivergence(cutAt(0)), 11);
      for (const order of [1, 2] as const)
        expect(here.wasserstein(cutAt(lower), order)).toBeCloseTo(here.wasserstein(cutAt(0), order), 6);
    }
  });

  it("of order 1 on a circle is the least area between the distribution functions and a constant", () => {
    const [a, b] = [3, 4].map((seed) => new FourierDensity(circle, randomAmplitude(4, seed)));
    const grid = Float64Array.from({ length: 200_000 }, (_, i) => (i + 0.5) / 200_000);
    const [f, g] = [a!.cdf(grid), b!.cdf(grid)];
    const differences = f.map((value, i) => value - g[i]!);
    const median = differences.slice().sort()[100_000]!;
    const area = differences.reduce((sum, value) => sum + Math.abs(value - median), 0) / 200_000;
    expect(Math.abs(a!.wasserstein(b!) - area)).toBeLessThan(1e-6);
  });

  it("is infinite for Cauchy tails that differ, and 0 for a density and itself", () => {
    expect(law("atan").wasserstein(law("atan", 0, 2))).toBe(Infinity);
    expect(law("atan").wasserstein(law("tanh"))).toBe(Infinity);
    for (const support of supports) {
      const density = new FourierDensity(support, randomAmplitude(5, 7, support.kind === "interval"));
      expect(density.wasserstein(density)).toBeLessThan(1e-7);
    }
  });
});

describe("goodnessOfFit", () => {
  it("rejects samples of another law, and gives where samples lie", () => {
    const samples = normal(0, 1).sample(2000, { rng: uniform(9) });
    expect(normal(0, 1).goodnessOfFit(samples).pValue).toBeGreaterThan(1e-4);
    const other = normal(0.2, 1).goodnessOfFit(samples);
    expect(other.pValue).toBeLessThan(1e-6);
    expect(other.pit).toEqual(normal(0.2, 1).cdf(samples));
  });

  it("has the statistic of its definition", () => {
    const { statistic } = new FourierDensity(
      { kind: "interval", lower: 0, upper: 1, map: "linear" },
      one,
    ).goodnessOfFit([0.7, 0.1, 0.2]);
    expect(statistic).toBeCloseTo(2 / 3 - 0.2, 14);
    expect(() =>
      new FourierDensity({ kind: "interval", lower: 0, upper: 1, map: "linear" }, one).goodnessOfFit([
        0.5, 1.5,
      ]),
    ).toThrow(expect.objectContaining({ code: "support", at: 1 }));
  });
});
