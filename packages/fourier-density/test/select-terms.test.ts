import { describe, expect, it } from "vitest";
import { BinnedSamples, fit, FourierDensity, selectTerms } from "../src/index.ts";
import { randomAmplitude, uniform } from "./oracle.ts";

const circle = { kind: "circle", lower: 0, upper: 1 } as const;
const truth = new FourierDensity(circle, randomAmplitude(5, 3));
const samples = truth.sample(5000, { rng: uniform(1) });
const heldOut = truth.sample(5000, { rng: uniform(2) });
const code = (value: string): unknown => expect.objectContaining({ code: value });

describe("selectTerms", () => {
  it("scores the loss, and parameters with the caution and the correction for small samples that fit has", () => {
    const few = samples.subarray(0, 40);
    for (const { terms, logLikelihood, parameters, score } of selectTerms(few, { support: circle }).scores) {
      const cost = parameters + (parameters * (parameters + 1)) / (40 - parameters - 1);
      const expected = -logLikelihood + 1.5 * cost + 0.1 * (2 * terms - parameters);
      expect(score).toBeCloseTo(parameters < 39 ? expected : Infinity, 9);
    }
  });

  it("scores samples held out by what fits lose on them", () => {
    const options = { support: circle, heldOut, candidates: [1, 6] } as const;
    for (const { terms, score } of selectTerms(samples, options).scores) {
      const density = fit(samples, { support: circle, terms });
      const loss = -density.logPdf(heldOut).reduce((sum, value) => sum + value, 0);
      expect(Math.abs(score - loss)).toBeLessThan(0.2); // of 5000
    }
    const hours = { kind: "circle", lower: 0, upper: 24 } as const;
    const [a, b] = [
      selectTerms(samples, options),
      selectTerms(
        samples.map((x) => 24 * x),
        { ...options, support: hours, heldOut: heldOut.map((x) => 24 * x) },
      ),
    ];
    expect(b.scores[1]!.score - a.scores[1]!.score).toBeCloseTo(5000 * Math.log(24), 4);
  });

  it("leaves atoms out of folds and of samples held out, as fit does", () => {
    const tied = [...samples.subarray(0, 1000), ...new Float64Array(500)];
    const rest = samples.subarray(0, 1000);
    const options = { support: circle, candidates: [2, 4, 16, 45] } as const;
    const alone = selectTerms(rest, { ...options, heldOut });
    const beside = selectTerms(tied, { ...options, heldOut: [...heldOut, ...new Float64Array(3000)] });
    expect(beside.scores).toEqual(alone.scores);
    // a whole turn further it is the same atom
    const turned = [...samples.subarray(0, 1000), ...new Float64Array(500).fill(1)];
    for (const data of [tied, turned])
      expect(selectTerms(data, { ...options, criterion: "cross-validation" }).scores).toEqual(
        selectTerms(rest, { ...options, criterion: "cross-validation" }).scores,
      );
  });

  it.each(["aic", "cross-validation", "held-out"] as const)(
    "finds about the terms of the truth by %s",
    (criterion) => {
      const { terms, scores, support } = selectTerms(samples, { support: circle, criterion, heldOut });
      expect(support).toEqual(circle);
      expect(terms).toBeGreaterThanOrEqual(4);
      expect(terms).toBeLessThanOrEqual(11);
      expect(scores.map((entry) => entry.terms)).toEqual([0, 1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64]);
      expect(scores.find((entry) => entry.terms === terms)!.score).toBe(
        Math.min(...scores.map((entry) => entry.score)),
      );
    },
  );

  it("has three estimates of one thing: what new samples lose", () => {
    const by = (criterion: "aic" | "cross-validation") =>
      selectTerms(samples, { support: circle, criterion }).scores;
    const [aic, folds] = [by("aic"), by("cross-validation")];
    aic.forEach((entry, i) =>
      expect(Math.abs(entry.score - folds[i]!.score)).toBeLessThan(8 + entry.parameters),
    );
  });

  it("takes binned samples, weights and candidates, and leaves out those that the samples do not bear", () => {
    const binned = new BinnedSamples(circle).add(samples);
    const candidates = [2, 5, 9];
    const whole = selectTerms(samples, { support: circle, candidates });
    expect(selectTerms(binned, { candidates })).toEqual(whole);
    expect(selectTerms(binned, { candidates, heldOut: new BinnedSamples(circle).add(heldOut) })).toEqual(
      selectTerms(samples, { support: circle, candidates, heldOut }),
    );
    const weights = new Float64Array(samples.length).fill(2);
    const weighed = selectTerms(samples, {
      support: circle,
      candidates,
      weights,
      criterion: "cross-validation",
    });
    const plain = selectTerms(samples, { support: circle, candidates, criterion: "cross-validation" });
    weighed.scores.forEach((entry, i) => expect(entry.score).toBeCloseTo(plain.scores[i]!.score, 6));
    expect(selectTerms([0.1, 0.2, 0.5], { support: circle }).scores.map((entry) => entry.terms)).toEqual([
      0, 1,
    ]);
    expect(selectTerms([1, 1, 1]).scores).toEqual([]);
  });

  it("refuses what it cannot compare", () => {
    const bad = (options: unknown) => () => selectTerms(samples, { support: circle, ...(options as object) });
    expect(bad({ criterion: "held-out" })).toThrow(code("argument"));
    expect(bad({ criterion: "bic" })).toThrow(code("argument"));
    expect(bad({ candidates: [] })).toThrow(code("argument"));
    expect(bad({ candidates: [1.5] })).toThrow(code("argument"));
    expect(bad({ criterion: "cross-validation", folds: 1 })).toThrow(code("argument"));
    expect(bad({ criterion: "cross-validation", ranges: { lower: [0], upper: [0.5] } })).toThrow(
      code("argument"),
    );
    expect(bad({ heldOut: [] })).toThrow(code("empty"));
    expect(() =>
      selectTerms(new BinnedSamples(circle).add(samples), { criterion: "cross-validation" }),
    ).toThrow(code("argument"));
    expect(() => selectTerms([0.1, 0.2], { support: circle, candidates: [5] })).toThrow(code("degenerate"));
  });
});

describe("the effective number of parameters", () => {
  it.each([
    ["positive throughout", 1, 8],
    ["next to nothing on most of the circle", 0.1, 8],
    ["next to nothing on most of an interval", 0.1, 12],
  ])(
    "is what samples gain on new ones, for a density %s (60 rounds, 4 standard errors)",
    (name, width, terms) => {
      const even = name.includes("interval");
      const support = even ? ({ kind: "interval", lower: 0, upper: 1, map: "linear" } as const) : circle;
      const random = uniform(5);
      const n = 2000;
      const rounds = 60;
      const log = (x: number) => Math.log(triangle(x, width));
      const gains: number[] = [];
      let parameters = 0;
      for (let round = 0; round < rounds; round++) {
        const x = Float64Array.from({ length: n }, () => 0.5 + width * (random() + random() - 1) * 0.5);
        const density = fit(x, { support, terms, atoms: "none" });
        const own = x.reduce((sum, v) => sum + density.logPdf(v) - log(v), 0);
        let fresh = 0;
        for (let i = 0; i < 4000; i++) {
          const v = 0.5 + width * ((i + 0.5) / 4000 - 0.5);
          fresh += (n * width * triangle(v, width) * (density.logPdf(v) - log(v))) / 4000;
        }
        gains.push(own - fresh);
        parameters += density.report.parameters! / rounds;
      }
      const mean = gains.reduce((sum, gain) => sum + gain, 0) / rounds;
      const error = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)) / rounds;
      expect(parameters).toBeLessThan((even ? 1 : 2) * terms + 1e-6);
      // The formula is an estimate: within a fifth, or what the simulation can tell.
      expect(Math.abs(mean - parameters)).toBeLessThan(Math.max(4 * error, 0.2 * parameters));
      if (width === 0.1) expect(parameters).toBeLessThan((even ? 0.8 : 1.6) * terms);
    },
  );
});

/** The density of 0.5 + width · (u + u′ − 1) / 2. */
function triangle(x: number, width: number): number {
  return Math.max((2 / width) * (1 - Math.abs((2 * (x - 0.5)) / width)), 1e-300);
}
