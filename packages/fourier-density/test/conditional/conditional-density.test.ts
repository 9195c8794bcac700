import { describe, expect, it } from "vitest";
import { ConditionalDensity, fitConditional } from "../../src/conditional.ts";
import type { Support } from "../../src/index.ts";
import { codeOf } from "../code-of.ts";
import { kolmogorov } from "./draws.ts";
import { uniform } from "../oracle.ts";

const SUPPORTS: readonly Support[] = [
  { kind: "line", map: "erf", location: 0, scale: 1 },
  { kind: "circle", lower: 0, upper: 2 },
  { kind: "interval", map: "linear", lower: -1, upper: 3 },
];
const ROWS = 600;

/** A fit to two features, far enough from flat, and rows to ask it about. */
async function example(support: Support) {
  const rng = uniform(11);
  const features = Float64Array.from({ length: 2 * ROWS }, () => rng());
  const targets = Float64Array.from(
    { length: ROWS },
    (_, i) => features[2 * i]! * (0.5 + rng() * features[2 * i + 1]!),
  );
  const density = await fitConditional(features, targets, { support, terms: 5, hidden: 4, rounds: 3, rng });
  return { density, features, targets, row: (i: number) => features.subarray(2 * i, 2 * i + 2) };
}

describe.each(SUPPORTS.map((support) => ({ kind: support.kind, support })))(
  "a ConditionalDensity on the $kind",
  { timeout: 30_000 },
  async ({ support }) => {
    const { density, features, targets, row } = await example(support);

    it("has in each row the logPdf, the cdf and the quantiles of the FourierDensity there", () => {
      const logPdf = density.logPdf(features, targets);
      const cdf = density.cdf(features, targets);
      const medians = density.quantile(features, 0.5);
      const quantiles = density.quantile(features, cdf);
      for (let i = 0; i < ROWS; i += 20) {
        const there = density.at(row(i));
        expect(logPdf[i]).toBeCloseTo(there.logPdf(targets[i]!), 8);
        expect(cdf[i]).toBeCloseTo(there.cdf(targets[i]!), 12);
        expect(medians[i]).toBeCloseTo(there.quantile(0.5), 9);
        expect(quantiles[i]).toBeCloseTo(targets[i]!, 8);
      }
    });

    it("changes with the features", () => {
      const [one, other] = [density.at([0.1, 0.1]), density.at([0.9, 0.9])];
      expect(Math.abs(one.quantile(0.5) - other.quantile(0.5))).toBeGreaterThan(0.1);
      if (support.kind === "line") expect(one.support).not.toEqual(other.support);
      else expect(one.support).toEqual(support);
      expect([density.support, density.terms, density.features]).toEqual([support, 5, 2]);
    });

    it("draws from the density of each row: uniform in its cdf, with a false alarm in 1,000", () => {
      const many = Float64Array.from(
        { length: 40 * features.length },
        (_, i) => features[i % features.length]!,
      );
      const draws = density.sample(many, { rng: uniform(12) });
      expect(kolmogorov(density.cdf(many, draws))).toBeLessThan(1.95);
      const ofOne = Float64Array.from({ length: 10_000 }, (_, i) => row(5)[i % 2]!);
      const there = density.at(row(5));
      expect(kolmogorov(there.cdf(density.sample(ofOne, { rng: uniform(13) })))).toBeLessThan(1.95);
    });

    it("gives the ends of the support for probabilities of 0 and 1", () => {
      const there = density.at(row(3));
      expect([...density.quantile(row(3), [0]), ...density.quantile(row(3), [1])]).toEqual([
        there.quantile(0),
        there.quantile(1),
      ]);
    });

    it("comes back from JSON the same to the last bit", () => {
      const copy = ConditionalDensity.fromJSON(JSON.parse(JSON.stringify(density)));
      expect(copy.logPdf(features, targets)).toEqual(density.logPdf(features, targets));
      expect(copy.toJSON()).toEqual(density.toJSON());
      expect(copy.heldOut).toEqual(density.heldOut);
    });
  },
);

describe("a ConditionalDensity", { timeout: 30_000 }, async () => {
  const { density, features, targets, row } = await example(SUPPORTS[2]!);
  const line = await example(SUPPORTS[0]!);

  it("writes to `out`", () => {
    const out = new Float64Array(ROWS);
    expect(density.logPdf(features, targets, out)).toBe(out);
    expect(out).toEqual(density.logPdf(features, targets));
    expect(density.cdf(features, targets, out)).toBe(out);
    expect(density.quantile(features, 0.3, out)).toBe(out);
  });

  it("takes no rows", () => {
    for (const none of [
      density.logPdf([], []),
      density.cdf([], []),
      density.quantile([], 0.5),
      density.sample([]),
    ])
      expect(none).toEqual(new Float64Array());
  });

  it("has tails on the line that never end: log p finite and cdf in [0, 1] however far", () => {
    for (const x of [1e3, 1e100, Number.MAX_VALUE])
      for (const y of [x, -x]) {
        expect(Number.isFinite(line.density.logPdf(row(0), [y])[0])).toBe(true);
        expect(line.density.cdf(row(0), [y])[0]).toBe(y > 0 ? 1 : 0);
      }
  });

  it("draws numbers that are finite, even where rng gives 0", () => {
    expect(line.density.sample(row(0), { rng: () => 0 }).every(Number.isFinite)).toBe(true);
  });

  it("gives for features far out what tanh tends to", () => {
    const far = line.density.at([1e300, -1e300]);
    expect(Number.isFinite(far.logPdf(0.3))).toBe(true);
    expect(line.density.at([1e200, -1e200]).amplitude).toEqual(far.amplitude);
  });

  it.each([
    ["features that are no list", "argument", () => density.logPdf(undefined as never, targets)],
    ["features that are no whole rows", "length", () => density.logPdf(features.subarray(1), targets)],
    ["too few targets", "length", () => density.logPdf(features, targets.subarray(1))],
    ["an `out` that does not fit", "length", () => density.cdf(features, targets, new Float64Array(1))],
    ["a feature that is NaN", "value at 7", () => density.cdf(features.with(7, NaN), targets)],
    [
      "a target that is infinite",
      "value at 300",
      () => density.logPdf(features, targets.with(300, Infinity)),
    ],
    ["a target outside the interval", "support at 300", () => density.logPdf(features, targets.with(300, 4))],
    ["a probability above 1", "value at 1", () => density.quantile(features.subarray(0, 4), [0.5, 1.1])],
    ["a probability that is NaN", "value at 0", () => density.quantile(features, NaN)],
    ["an rng that is none", "argument", () => density.sample(features, { rng: 1 as never })],
    ["an rng that gives NaN", "argument", () => density.sample(features, { rng: () => NaN })],
    ["more than a row", "length", () => density.at(features)],
  ])("refuses %s", async (_, code, run) => expect(await codeOf(run)).toBe(code));

  it("refuses features so far out that a linear model says nothing, telling the row", async () => {
    const rng = uniform(3);
    const y = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    const linear = await fitConditional(y.map(rng), y, {
      support: SUPPORTS[0],
      terms: 2,
      hidden: 0,
      rounds: 2,
      rng,
    });
    const x = new Float64Array(300).with(299, 1e300);
    expect(await codeOf(() => linear.logPdf(x, new Float64Array(300)))).toBe("value at 299");
    expect(await codeOf(() => linear.at([1e300]))).toBe("value at 0");
  });

  const json = density.toJSON();
  /** As many weights as so many terms need, on the interval. */
  const weightsOf = (terms: number): number[] =>
    Array.from({ length: 3 * json.hidden + (terms + 1) * (json.hidden + 1) }, () => 1);
  it.each([
    ["nothing", null],
    ["another kind", { ...json, kind: "fourier-density" }],
    ["a later version", { ...json, version: 2 }],
    ["no support", { ...json, support: undefined }],
    ["a support that is none", { ...json, support: { kind: "interval", lower: 1, upper: 0, map: "linear" } }],
    ["half a term", { ...json, terms: 0.5 }],
    ["terms beyond all memory", { ...json, terms: 1e9 }],
    ["more terms than a fit has", { ...json, terms: 4097, weights: weightsOf(4097) }],
    ["more hidden units", { ...json, hidden: 5 }],
    ["a weight less", { ...json, weights: json.weights.slice(1) }],
    ["a weight that is null, as NaN is written", { ...json, weights: json.weights.with(0, null as never) }],
    ["means that are no list", { ...json, means: "0,0" }],
    ["a deviation of 0", { ...json, deviations: [0, 1] }],
    ["a deviation less", { ...json, deviations: [1] }],
    ["no features", { ...json, means: [], deviations: [] }],
    ["no losses", { ...json, heldOut: undefined }],
  ])("refuses the JSON of %s", async (_, damaged) =>
    expect(await codeOf(() => ConditionalDensity.fromJSON(damaged))).toBe("format"),
  );
});
