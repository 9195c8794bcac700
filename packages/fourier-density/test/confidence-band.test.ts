import { expect, it } from "vitest";
import { BinnedSamples, confidenceBand, FourierDensity } from "../src/index.ts";
import { randomAmplitude, uniform } from "./oracle.ts";

const support = { kind: "interval", lower: 0, upper: 1, map: "linear" } as const;
const truth = new FourierDensity(support, randomAmplitude(3, 4, true));
const points = [0.1, 0.3, 0.5, 0.7, 0.9];

it("holds the density as often as it says (normal approximation, false alarm 1e-4)", () => {
  const rng = uniform(7);
  let held = 0;
  const rounds = 60;
  for (let round = 0; round < rounds; round++) {
    const samples = truth.sample(1000, { rng });
    const { lower, upper } = confidenceBand(
      samples,
      { support, terms: 3 },
      { points, level: 0.9, replicates: 60, rng },
    );
    points.forEach((x, i) => (held += lower[i]! <= truth.pdf(x) && truth.pdf(x) <= upper[i]! ? 1 : 0));
  }
  // points of one round are not independent: as if there were one a round
  expect(Math.abs(held / (rounds * points.length) - 0.9)).toBeLessThan(3.9 * Math.sqrt((0.9 * 0.1) / rounds));
});

it("surrounds the fit, and narrows as the root of the number of samples", () => {
  const rng = uniform(3);
  const widths = [500, 50_000].map((n) => {
    const band = confidenceBand(
      truth.sample(n, { rng }),
      { support, terms: 3 },
      { points, replicates: 100, rng },
    );
    const fitted = band.density.pdf(points);
    fitted.forEach((p, i) => expect(p > band.lower[i]! && p < band.upper[i]!).toBe(true));
    return band.upper.reduce((sum, value, i) => sum + value - band.lower[i]!, 0);
  });
  expect(widths[0]! / widths[1]!).toBeGreaterThan(6);
  expect(widths[0]! / widths[1]!).toBeLessThan(16);
});

it("widens with the level as a normal law's quantiles do", () => {
  // 1.645 / 0.674 = 2.44; ratios of 400 refits stray by some 5 %
  const samples = truth.sample(5000, { rng: uniform(3) });
  const [half, most] = [0.5, 0.9].map((level) => {
    const { lower, upper } = confidenceBand(
      samples,
      { support, terms: 3 },
      { points, level, replicates: 400, rng: uniform(9) },
    );
    return upper.reduce((sum, value, i) => sum + value - lower[i]!, 0);
  });
  expect(most! / half!).toBeGreaterThan(2.1);
  expect(most! / half!).toBeLessThan(2.8);
});

it("is of the continuous part where there are atoms, on a circle in any of its periods", () => {
  const circle = { kind: "circle", lower: 0, upper: 1 } as const;
  const random = uniform(4);
  const spread = Float64Array.from({ length: 1000 }, () => 0.5 + 0.5 * (random() + random() - 1));
  const ask = { points: [0.25, 0.5], replicates: 20 };
  for (const [atom, place] of [
    [0.5, 0.5],
    [3, 0],
  ] as const) {
    const samples = [...spread, ...new Float64Array(1000).fill(atom)];
    const { density, lower, upper } = confidenceBand(
      samples,
      { support: circle, terms: 3 },
      { ...ask, rng: uniform(1) },
    );
    const alone = confidenceBand(spread, { support: circle, terms: 3 }, { ...ask, rng: uniform(1) });
    expect([...density.atoms.values]).toEqual([place]);
    for (let i = 0; i < 2; i++) {
      expect(lower[i]).toBeCloseTo(alone.lower[i]! / 2, 12);
      expect(upper[i]).toBeCloseTo(alone.upper[i]! / 2, 12);
    }
  }
});

it("takes binned samples and weights, which count for what they are worth", () => {
  const samples = truth.sample(2000, { rng: uniform(5) });
  const ask = { points, replicates: 40, level: 0.9 };
  const plain = confidenceBand(samples, { support, terms: 3 }, { ...ask, rng: uniform(1) });
  const binned = confidenceBand(
    new BinnedSamples(support, 256).add(samples),
    { terms: 3 },
    { ...ask, rng: uniform(1) },
  );
  const weighted = confidenceBand(
    samples,
    { support, terms: 3, weights: samples.map(() => 7) },
    { ...ask, rng: uniform(1) },
  );
  for (let i = 0; i < points.length; i++) {
    expect(binned.lower[i]).toBeCloseTo(plain.lower[i]!, 6);
    expect(weighted.upper[i]).toBeCloseTo(plain.upper[i]!, 6);
  }
});

it("chooses points of its own, and refuses what is none", () => {
  const samples = truth.sample(500, { rng: uniform(5) });
  expect(
    confidenceBand(samples, { support, terms: 2 }, { replicates: 3, rng: uniform(2) }).points,
  ).toHaveLength(100);
  const argument = expect.objectContaining({ code: "argument" });
  expect(() => confidenceBand(samples, { support }, { level: 1 })).toThrow(argument);
  expect(() => confidenceBand(samples, { support }, { replicates: 1.5 })).toThrow(argument);
  expect(() => confidenceBand([0.5, 0.5, 0.5, 0.5], { support }, { rng: uniform(1) })).toThrow(
    expect.objectContaining({ code: "degenerate" }),
  );
  expect(() => confidenceBand(samples, { support, terms: 2 }, { rng: () => 1 })).toThrow(argument);
  expect(() => confidenceBand(samples, { support, terms: 2 }, { rng: 3 as never })).toThrow(argument);
});
