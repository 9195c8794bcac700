import { describe, expect, it } from "vitest";
import { autocorrelation, CharacteristicSums, fit, jackson, spectralFactor } from "../src/index.ts";
import type { Series } from "../src/index.ts";
import { randomAmplitude, uniform } from "./oracle.ts";

const EPS = Number.EPSILON;

/** 1 + 2 Re Σ rₙ e^{inθ}. */
function valueOf({ re, im }: Series, angle: number): number {
  let sum = re[0]!;
  for (let n = 1; n < re.length; n++)
    sum += 2 * (re[n]! * Math.cos(n * angle) - im[n]! * Math.sin(n * angle));
  return sum;
}

describe("autocorrelation", () => {
  it.each([0, 1, 2, 7, 30])("of %i terms agrees with Σ aₖ āₖ₊ₙ over Σ |aₖ|²", (terms) => {
    const { re, im } = randomAmplitude(terms, terms + 1);
    const series = autocorrelation({ re, im });
    const norm = re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0);
    for (let n = 0; n <= terms; n++) {
      let [a, b] = [0, 0];
      for (let k = 0; k + n <= terms; k++) {
        a += re[k]! * re[k + n]! + im[k]! * im[k + n]!;
        b += im[k]! * re[k + n]! - re[k]! * im[k + n]!;
      }
      expect(Math.hypot(series.re[n]! - a / norm, series.im[n]! - b / norm)).toBeLessThan(20 * EPS);
    }
  });

  it("is the series of |ψ|²", () => {
    const amplitude = randomAmplitude(5, 3);
    const series = autocorrelation(amplitude);
    const norm = amplitude.re.reduce((sum, x, k) => sum + x * x + amplitude.im[k]! ** 2, 0);
    for (const angle of [0, 0.4, 2, -3]) {
      let [a, b] = [0, 0];
      for (let k = 0; k <= 5; k++) {
        a += amplitude.re[k]! * Math.cos(k * angle) + amplitude.im[k]! * Math.sin(k * angle);
        b += amplitude.im[k]! * Math.cos(k * angle) - amplitude.re[k]! * Math.sin(k * angle);
      }
      expect(valueOf(series, angle)).toBeCloseTo((a * a + b * b) / norm, 13);
    }
  });
});

describe("spectralFactor", () => {
  it.each([false, true])("gives a series back to 1e-7, even: %s", (even) => {
    for (let seed = 1; seed < 12; seed++) {
      const series = autocorrelation(randomAmplitude(seed, seed, even));
      const amplitude = spectralFactor(series, even);
      if (even) expect(amplitude.im.every((x) => x === 0)).toBe(true);
      const again = autocorrelation(amplitude);
      for (let n = 0; n <= seed; n++)
        expect(Math.hypot(again.re[n]! - series.re[n]!, again.im[n]! - series.im[n]!)).toBeLessThan(1e-7);
    }
  });

  it("refuses a series that is negative somewhere", () => {
    const series = { re: Float64Array.of(1, 0.8), im: new Float64Array(2) };
    expect(() => spectralFactor(series)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

describe("jackson", () => {
  it("makes a series of any data that is nowhere negative", () => {
    const random = uniform(4);
    for (const terms of [1, 2, 5, 14, 30]) {
      const points = Array.from({ length: 3 }, () => 6 * random());
      const mean = (f: (x: number) => number) => points.reduce((sum, x) => sum + f(x) / 3, 0);
      const series = jackson({
        re: Float64Array.from({ length: terms + 1 }, (_, n) => mean((x) => Math.cos(n * x))),
        im: Float64Array.from({ length: terms + 1 }, (_, n) => mean((x) => -Math.sin(n * x))),
      });
      expect(series.re[0]).toBeCloseTo(1, 14);
      for (let i = 0; i < 1000; i++) expect(valueOf(series, i / 100)).toBeGreaterThan(-1e-13);
    }
  });

  it("has as its first coefficient cos(π / (terms + 2)), which no density of the degree exceeds", () => {
    for (const terms of [1, 4, 17]) {
      const ones = { re: new Float64Array(terms + 1).fill(1), im: new Float64Array(terms + 1) };
      expect(jackson(ones).re[1]).toBeCloseTo(Math.cos(Math.PI / (terms + 2)), 14);
    }
  });

  it("estimates a mixture of five bumps to a divergence of 0.006 nats with 30 terms and 20,000 samples", () => {
    // The closed form on the line of one's own: von Mises-like bumps by wrapping normal ones.
    const random = uniform(8);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const centres = [-0.7, -0.3, 0, 0.35, 0.75];
    const samples = Float64Array.from(
      { length: 20_000 },
      () => centres[Math.floor(5 * random())]! + 0.08 * normal(),
    );
    const support = { kind: "circle", lower: -1, upper: 1 } as const;
    const density = fit(samples, { support, method: "jackson", terms: 30 });
    let divergence = 0;
    for (let i = 0; i < 2000; i++) {
      const x = -1 + i / 1000;
      let p = 0;
      for (const c of centres)
        for (const turn of [-2, 0, 2])
          p += Math.exp(-(((x - c - turn) / 0.08) ** 2) / 2) / (0.4 * Math.sqrt(2 * Math.PI));
      divergence += (p * (Math.log(p) - density.logPdf(x))) / 1000;
    }
    expect(divergence).toBeGreaterThan(0);
    expect(divergence).toBeLessThan(0.006);
    expect(density.report.gap).toBeGreaterThan(0);
    expect(density.report.iterations).toBe(0);
  });
});

describe("CharacteristicSums", () => {
  const support = { kind: "circle", lower: 0, upper: 10 } as const;
  const random = uniform(3);
  const samples = Float64Array.from({ length: 9000 }, () => 10 * random() ** 2);
  const weights = samples.map((x) => x / 5);

  it("are means of e^{−inθ}, weighted", () => {
    const { re, im } = new CharacteristicSums(support, 4).add(samples, weights).finish();
    const total = weights.reduce((sum, w) => sum + w, 0);
    for (let n = 0; n <= 4; n++) {
      const mean = (f: (x: number) => number) =>
        samples.reduce((sum, x, i) => sum + weights[i]! * f(x), 0) / total;
      expect(re[n]).toBeCloseTo(
        mean((x) => Math.cos((2 * Math.PI * n * x) / 10)),
        12,
      );
      expect(im[n]).toBeCloseTo(-mean((x) => Math.sin((2 * Math.PI * n * x) / 10)), 12);
    }
  });

  it("are real on an interval", () => {
    const { re, im } = new CharacteristicSums({ kind: "interval", lower: 0, upper: 10, map: "linear" }, 3)
      .add(samples)
      .finish();
    expect(re[3]).toBeCloseTo(
      samples.reduce((sum, x) => sum + Math.cos((3 * Math.PI * x) / 10) / 9000, 0),
      12,
    );
    expect(im).toEqual(new Float64Array(4));
  });

  it("merge to what one pass gives, through JSON too", () => {
    const parts = [samples.slice(0, 10), samples.slice(10, 5000), samples.slice(5000)].map((part) =>
      CharacteristicSums.fromJSON(JSON.parse(JSON.stringify(new CharacteristicSums(support, 6).add(part)))),
    );
    const merged = parts[0]!.merge(parts[1]!).merge(parts[2]!).finish();
    const whole = new CharacteristicSums(support, 6).add(samples).finish();
    for (let n = 0; n <= 6; n++) {
      expect(Math.abs(merged.re[n]! - whole.re[n]!)).toBeLessThan(1e-14);
      expect(Math.abs(merged.im[n]! - whole.im[n]!)).toBeLessThan(1e-14);
    }
  });

  it("merge by weight, not by count", () => {
    const one = (x: number, weight: number) => new CharacteristicSums(support, 2).add([x], [weight]);
    const merged = one(1, 3).merge(one(4, 0.5)).finish();
    const { re, im } = new CharacteristicSums(support, 2).add([1, 4], [3, 0.5]).finish();
    re.forEach((value, n) => expect(merged.re[n]).toBeCloseTo(value, 14));
    im.forEach((value, n) => expect(merged.im[n]).toBeCloseTo(value, 14));
  });

  it("give the Jackson estimate of the samples", () => {
    const sums = new CharacteristicSums(support, 20).add(samples);
    const whole = fit(samples, { support, method: "jackson", terms: 12 });
    const fromSums = fit(sums, { terms: 12 });
    for (const x of [0.5, 3, 9]) expect(fromSums.pdf(x) / whole.pdf(x)).toBeCloseTo(1, 2);
    expect(fit(sums).terms).toBe(20);
    expect(fromSums.report).toMatchObject({ logLikelihood: undefined, gap: undefined, terms: 12 });
  });

  it("refuse what they cannot hold", () => {
    const sums = new CharacteristicSums(support, 2);
    const code = (value: string): unknown => expect.objectContaining({ code: value });
    expect(() => new CharacteristicSums(support, -1)).toThrow(code("argument"));
    expect(() => sums.finish()).toThrow(code("empty"));
    expect(() => sums.add([1, NaN])).toThrow(expect.objectContaining({ code: "value", at: 1 }));
    expect(() => sums.add([1], [1, 2])).toThrow(code("length"));
    expect(() => sums.add([1], [0]).finish()).toThrow(code("weights"));
    expect(() => sums.merge(new CharacteristicSums(support, 3))).toThrow(code("argument"));
    expect(() =>
      new CharacteristicSums({ kind: "interval", lower: 0, upper: 1, map: "linear" }, 3).add([2]),
    ).toThrow(code("support"));
    sums.add([1]);
    expect(() => fit(sums, { terms: 3 })).toThrow(code("argument"));
    expect(() => fit(sums, { method: "likelihood" })).toThrow(code("argument"));
    expect(() => fit(sums, { weights: [1] })).toThrow(code("argument"));
    const json = sums.toJSON();
    for (const bad of [
      null,
      {},
      { ...json, version: 2 },
      { ...json, re: [1] },
      { ...json, im: [0, NaN, 0] },
      { ...json, count: -1 },
    ])
      expect(() => CharacteristicSums.fromJSON(bad as never)).toThrow(code("format"));
    const [first, ...others] = json.re;
    for (const bad of [
      { support: {} },
      { re: [0.9 * first!, ...others] },
      { re: [first, 1.1 * first!, ...others.slice(1)] },
    ])
      expect(() => CharacteristicSums.fromJSON({ ...json, ...bad } as never)).toThrow(code("format"));
  });
});

describe("series and amplitudes of one's own", () => {
  it("are refused if they are none", () => {
    for (const take of [autocorrelation, jackson, spectralFactor] as ((value: never) => unknown)[]) {
      const code = (value: string): unknown => expect.objectContaining({ code: value });
      for (const none of [null, [], {}, { re: [], im: [] }, { re: "1", im: "0" }])
        expect(() => take(none as never)).toThrow(code("argument"));
      expect(() => take({ re: [1, 0], im: [0] } as never)).toThrow(code("length"));
      expect(() => take({ re: [1, 0], im: [0, NaN] } as never)).toThrow(code("value"));
      expect(() => take({ re: [1, 0], im: [0, 0] } as never)).not.toThrow();
    }
  });
});
