import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BinnedSamples, fit, logReference, referenceAngle, type Support } from "../src/index.ts";
import { sharesOf } from "../src/shares.ts";
import { nameOf, supports, uniform } from "./oracle.ts";

const samplesOn = (support: Support, n: number, seed: number): Float64Array => {
  const random = uniform(seed);
  return Float64Array.from({ length: n }, () =>
    support.kind === "line" ? 6 * (random() + random() - 1) : -1 + 6 * random(),
  );
};

/** R(x) in [0, 1]. */
const share = (support: Support, x: number): number => {
  const angle = referenceAngle(support, x);
  if (support.kind === "interval") return angle / Math.PI;
  return angle < 0 || Object.is(angle, -0) ? 1 + angle / (2 * Math.PI) : angle / (2 * Math.PI);
};

describe.each(supports.map((support) => [nameOf(support), support] as const))(
  "BinnedSamples on a %s",
  (_name, support) => {
    const samples = samplesOn(support, 5000, 1);

    it("share each sample between its two nodes, and sum log r", () => {
      const expected = new Float64Array(65);
      for (const x of samples) {
        const place = 64 * share(support, x);
        const node = Math.min(Math.floor(place), 63);
        expected[node]! += 1 - (place - node);
        expected[node + 1]! += place - node;
      }
      const {
        masses,
        count,
        weight,
        squares,
        logReference: sum,
      } = new BinnedSamples(support, 64).add(samples).finish();
      // Places are rounded to 2⁻³⁰.
      masses.forEach((mass, j) => expect(Math.abs(mass - expected[j]!)).toBeLessThan(5000 * 64 * 2 ** -30));
      expect([count, weight, squares]).toEqual([5000, 5000, 5000]);
      expect(sum).toBeCloseTo(
        samples.reduce((total, x) => total + logReference(support, x), 0),
        6,
      );
    });

    it("are the same bits whatever the chunks and the order of merging", () => {
      const whole = new BinnedSamples(support, 256).add(samples).finish();
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 6 }),
          fc.boolean(),
          (cuts, backwards) => {
            const ends = [0, ...cuts.sort((a, b) => a - b), 5000];
            const parts = ends
              .slice(1)
              .map((end, i) => new BinnedSamples(support, 256).add(samples.subarray(ends[i], end)));
            if (backwards) parts.reverse();
            const merged = new BinnedSamples(support, 256);
            for (const part of parts) merged.merge(part);
            const { masses, weight, logReference: sum } = merged.finish();
            expect(masses).toEqual(whole.masses);
            expect(weight).toBe(5000);
            expect(Math.abs(sum - whole.logReference)).toBeLessThan(1e-9);
          },
        ),
        { numRuns: 20 },
      );
    });

    it("weigh samples as if they came again", () => {
      const weights = samples.map((_x, i) => i % 3);
      const repeated = [...samples].flatMap((x, i) => Array.from({ length: i % 3 }, () => x));
      const [a, b] = [
        new BinnedSamples(support, 64).add(samples, weights).finish(),
        new BinnedSamples(support, 64).add(repeated).finish(),
      ];
      a.masses.forEach((mass, j) => expect(mass).toBeCloseTo(b.masses[j]!, 9));
      expect(a.weight).toBe(b.weight);
      expect(a.squares).toBe(weights.reduce((sum, w) => sum + w * w, 0));
      expect(Math.abs(a.logReference - b.logReference)).toBeLessThan(1e-8);
    });

    it("read float32 and plain arrays as they read float64", () => {
      const single = Float32Array.from(samples);
      const expected = new BinnedSamples(support, 64).add(Float64Array.from(single)).finish();
      expect(new BinnedSamples(support, 64).add(single).finish()).toEqual(expected);
      expect(new BinnedSamples(support, 64).add(Array.from(single)).finish()).toEqual(expected);
    });

    it("are halved to what half as many bins would have held", () => {
      const fine = new BinnedSamples(support, 1024).add(samples).finish();
      const coarse = new BinnedSamples(support, 128).add(samples).finish();
      const [a, b] = [sharesOf(fine, 5000, 128), sharesOf(coarse, 5000, 128)];
      expect(a.length).toBe(b.length);
      a.forEach((value, j) => expect(Math.abs(value - b[j]!)).toBeLessThan(1e-6));
      expect(a.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    });

    it("give the fit of the samples, from JSON too", () => {
      const binned = new BinnedSamples(support).add(samples);
      const whole = fit(samples, { support, terms: 4, atoms: "none" });
      expect(fit(binned, { terms: 4 }).amplitude).toEqual(whole.amplitude);
      const read = BinnedSamples.fromJSON(JSON.parse(JSON.stringify(binned)));
      expect(fit(read, { terms: 4 }).report).toEqual(fit(binned, { terms: 4 }).report);
    });
  },
);

describe("BinnedSamples", () => {
  const interval = { kind: "interval", lower: 0, upper: 1, map: "linear" } as const;
  const code = (value: string, at?: number): unknown =>
    expect.objectContaining(at === undefined ? { code: value } : { code: value, at });

  it("take points of a circle into its period, both ends to one place", () => {
    const circle = { kind: "circle", lower: 0, upper: 1 } as const;
    const { masses } = new BinnedSamples(circle, 64).add([0.25, 5.25, -0.75, 1, 0]).finish();
    expect(masses[16]).toBe(3);
    expect(masses[0]! + masses[64]!).toBe(2);
  });

  it("hold the ends of an interval, and those of the arcsine law, where the density is infinite", () => {
    for (const map of ["linear", "arcsine"] as const) {
      const { masses, logReference: sum } = new BinnedSamples({ ...interval, map }, 64).add([0, 1]).finish();
      expect([masses[0], masses[64]]).toEqual([1, 1]);
      expect(Number.isFinite(sum)).toBe(true);
    }
  });

  it("hold samples as far out as numbers go", () => {
    for (const map of ["tanh", "erf", "atan", "logit"] as const) {
      const line = { kind: "line", map, location: 0, scale: 1e-3 } as const;
      const { masses, logReference: sum } = new BinnedSamples(line, 64).add([-1.7e308, 1.7e308]).finish();
      expect([masses[0], masses[64]]).toEqual([1, 1]);
      expect(Number.isNaN(sum)).toBe(false);
    }
  });

  it("keep the sum of squared weights when they are merged: what samples are worth", () => {
    const shards = [
      [1, 2],
      [3, 0.5],
    ].map((weights) => new BinnedSamples(interval, 64).add([0.2, 0.7], weights));
    const { weight, squares, count } = shards[0]!.merge(shards[1]!).finish();
    expect([weight, squares, count]).toEqual([6.5, 14.25, 4]);
  });

  it("say which sample is not to be had, and add nothing then", () => {
    const binned = new BinnedSamples(interval).add([0.5]);
    const before = JSON.stringify(binned);
    expect(() => binned.add([0.1, 0.2, NaN])).toThrow(code("value", 2));
    expect(() => binned.add(Float32Array.of(0, Infinity))).toThrow(code("value", 1));
    expect(() => binned.add([0.1, 1.5])).toThrow(code("support", 1));
    expect(() => binned.add(["0.5" as never])).toThrow(code("value", 0));
    expect(() => binned.add([0.1, 0.2], [1, -1])).toThrow(code("weights", 1));
    expect(() => binned.add([0.1], [NaN])).toThrow(code("value", 0));
    expect(() => binned.add([0.1], [])).toThrow(code("length"));
    expect(() => binned.add(7 as never)).toThrow(code("argument"));
    expect(() => binned.add(null as never)).toThrow(code("argument"));
    expect(JSON.stringify(binned)).toBe(before);
    const far = new Float64Array(10_000);
    far[9000] = 2;
    expect(() => binned.add(far)).toThrow(code("support", 9000));
  });

  it("refuse other numbers of bins, strangers and damaged JSON", () => {
    for (const bins of [0, 63, 100, 2 ** 21, NaN, "64"])
      expect(() => new BinnedSamples(interval, bins as never)).toThrow(code("argument"));
    const binned = new BinnedSamples(interval, 64).add([0.5]);
    expect(() => binned.merge(new BinnedSamples(interval, 128))).toThrow(code("argument"));
    expect(() => binned.merge(new BinnedSamples({ ...interval, upper: 2 }, 64))).toThrow(code("argument"));
    expect(() => binned.merge({} as never)).toThrow(code("argument"));
    const json = binned.toJSON();
    for (const bad of [
      null,
      3,
      { ...json, kind: "x" },
      { ...json, masses: 3 },
      { ...json, masses: [...json.masses.slice(1), -1] },
      { ...json, weight: NaN },
      { ...json, logReference: "0" },
      { ...json, masses: [1, 2] },
      { ...json, support: {} },
      { ...json, weight: 2 },
      { ...json, masses: json.masses.map(() => 0) },
      { ...json, masses: json.masses.map(() => 1e308) },
    ])
      expect(() => BinnedSamples.fromJSON(bad as never)).toThrow(code("format"));
  });
});
