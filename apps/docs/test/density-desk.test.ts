import { excessLoss, fitMixtureByEm, kernelDensity, targets } from "@lemmata/comparators";
import { autocorrelation, fit } from "@lemmata/fourier-density";
import { createRng } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import { compareAnswer, COMPARATORS } from "../figures/density-comparison.ts";
import { fitAnswer } from "../figures/density-fit.ts";
import {
  gridOf,
  histogramOf,
  outline,
  type Place,
  supportOf,
  ticksWithin,
  topOf,
  viewOf,
} from "../figures/density-view.ts";
import { magnitude } from "../figures/format.ts";
import { drawLaw, LAWS, placeOf } from "../figures/laws.ts";
import { MOST_NUMBERS, numbersIn } from "../figures/numbers.ts";
import { smoothnessAt, SMOOTHNESS_STEPS } from "../figures/smoothness.ts";
import { sprinkled } from "../figures/sprinkle.ts";

const line: Place = { kind: "line" };
const circle: Place = { kind: "circle", lower: -1, upper: 1 };
const lawNamed = (name: string): (typeof LAWS)[number] => LAWS.find((law) => law.name === name)!;

describe("the laws", () => {
  test("give the same samples for the same seed, where they live, and others for another", () => {
    for (const law of LAWS) {
      const place = placeOf(law);
      const samples = drawLaw(law, 50, 3);
      expect(drawLaw(law, 50, 3)).toEqual(samples);
      expect(drawLaw(law, 50, 4)).not.toEqual(samples);
      if (place.kind !== "line")
        expect(samples.every((x) => x >= place.lower && x <= place.upper)).toBe(true);
    }
  });

  test("tell the package of a circle, of an interval, and of poles", () => {
    expect(supportOf(placeOf(lawNamed("claw")))).toBe("line");
    expect(supportOf(placeOf(lawNamed("von Mises pair")))).toMatchObject({ kind: "circle" });
    expect(supportOf(placeOf(lawNamed("uniform blocks")))).toMatchObject({ kind: "interval", map: "linear" });
    expect(supportOf(placeOf(lawNamed("beta(½, ½)")))).toMatchObject({ map: "arcsine", lower: 0, upper: 1 });
  });
});

describe("the view", () => {
  test("is all of an interval or a circle, and of the line what holds nearly all samples", () => {
    expect(viewOf(Float64Array.of(0.1), circle)).toEqual({ from: -1, to: 1 });
    expect(viewOf(new Float64Array(), line)).toEqual({ from: 0, to: 1 });
    const same = viewOf(Float64Array.of(5, 5), line);
    expect(same.from).toBeLessThan(5);
    expect(same.to).toBeGreaterThan(5);
    const far = Float64Array.from({ length: 1001 }, (_, i) => (i === 1000 ? 1e9 : i));
    const { from, to } = viewOf(far, line);
    expect(from).toBeLessThan(0);
    expect(to).toBeGreaterThan(994);
    expect(to).toBeLessThan(1300);
  });

  test("has a histogram whose area is the share of the samples within", () => {
    const samples = Float64Array.of(-0.9, 0, 0.1, 0.99, 1, 7);
    const view = { from: -1, to: 1 };
    const { heights } = histogramOf(samples, view);
    expect(heights.length).toBe(12);
    const area = heights.reduce((sum, height) => sum + (height * 2) / heights.length, 0);
    expect(area).toBeCloseTo(5 / 6, 12); // the sample at the end is in the last bar
    expect(heights.at(-1)).toBeCloseTo((2 / 6) * 6, 12);
    const edge = outline(histogramOf(samples, view));
    expect(edge[0]).toEqual([-1, 0]);
    expect(edge.at(-1)).toEqual([1, 0]);
    expect(edge).toHaveLength(2 * 12 + 2);
    expect(histogramOf(new Float64Array(), view).heights.every((height) => height === 0)).toBe(true);
  });

  test("reaches as high as the histogram, and as the curve unless that is much higher", () => {
    const histogram = { from: 0, to: 1, heights: Float64Array.of(1, 2) };
    expect(topOf(histogram, undefined)).toBeCloseTo(2.16);
    expect(topOf(histogram, Float64Array.of(0, 3))).toBeCloseTo(3.24);
    expect(topOf(histogram, Float64Array.of(0, Infinity))).toBeCloseTo(4.32);
    expect(topOf({ from: 0, to: 1, heights: new Float64Array(2) }, undefined)).toBe(1);
  });

  test("has a grid that leaves out its ends, and round ticks", () => {
    const grid = gridOf({ from: 0, to: 1 });
    expect(grid[0]).toBeGreaterThan(0);
    expect(grid.at(-1)).toBeLessThan(1);
    expect(ticksWithin({ from: -3.1, to: 3.1 }, 4).map(({ text }) => text)).toEqual(["−2", "0", "2"]);
    expect(ticksWithin({ from: 0, to: 1 }, 5).map(({ at }) => at)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksWithin({ from: 0.0012, to: 0.0018 }, 3).map(({ at }) => at)).toEqual([
      0.0012, 0.0014, 0.0016, 0.0018,
    ]);
  });
});

describe("numbers of a text", () => {
  test("are one list whatever stands between them, if there is no heading", () => {
    expect(numbersIn("1, 2;3\n-4.5\t+6e2\r\n 7|8 ")).toEqual([
      { name: "", values: Float64Array.of(1, 2, 3, -4.5, 600, 7, 8), skipped: 0 },
    ]);
  });

  test("are columns under headings, without those that are mostly words", () => {
    const text = '\uFEFFname,"height, cm",weight\n"Doe, J.",170,NA\nRoe,,61\nPoe,180,72\n\n';
    expect(numbersIn(text)).toEqual([
      { name: "height, cm", values: Float64Array.of(170, 180), skipped: 0 },
      { name: "weight", values: Float64Array.of(61, 72), skipped: 1 },
    ]);
    expect(numbersIn("delay\n3\n4")).toEqual([{ name: "delay", values: Float64Array.of(3, 4), skipped: 0 }]);
  });

  test("that are not finite are passed over and counted", () => {
    expect(numbersIn("1 2 1e999")).toEqual([{ name: "", values: Float64Array.of(1, 2), skipped: 1 }]);
  });

  test.each(["", "  \n ", "no numbers here", "a,b\nx,y", "\uFEFF", ",,,", "...", "e e e"])(
    "are missed in %j with a reason",
    (text) => {
      expect(() => numbersIn(text)).toThrow("no numbers");
    },
  );

  test("are refused where there are too many", () => {
    expect(() => numbersIn("1\n".repeat(MOST_NUMBERS + 1))).toThrow("takes up to 1,000,000");
  });
});

test("the steps of smoothness begin with none and go from 10⁻⁸ to 10⁻¹", () => {
  expect(smoothnessAt(0)).toBe(0);
  expect(smoothnessAt(1)).toBeCloseTo(1e-8, 20);
  expect(smoothnessAt(SMOOTHNESS_STEPS)).toBeCloseTo(0.1, 12);
});

test("samples that are sprinkled lie near the place, within an interval and around a circle", () => {
  const rng = createRng(1);
  const view = { from: -1, to: 1 };
  const near = Array.from({ length: 200 }, () => sprinkled(0.3, view, line, rng)).flat();
  expect(near.reduce((sum, x) => sum + x, 0) / near.length).toBeCloseTo(0.3, 2);
  expect(Math.max(...near.map((x) => Math.abs(x - 0.3)))).toBeLessThan(0.2);
  const interval: Place = { kind: "interval", lower: -1, upper: 1 };
  const atEnd = Array.from({ length: 200 }, () => sprinkled(1, view, interval, rng)).flat();
  expect(atEnd.every((x) => x > 0.8 && x <= 1)).toBe(true);
  const across = Array.from({ length: 200 }, () => sprinkled(1, view, circle, rng)).flat();
  expect(across.every((x) => x >= -1 && x <= 1)).toBe(true);
  expect(across.some((x) => x < -0.9)).toBe(true);
});

describe("what the desk shows of a fit", () => {
  const law = lawNamed("claw");
  const samples = drawLaw(law, 1000, 1);
  const view = viewOf(samples, line);
  const question = { samples, place: line, terms: "auto", smoothness: 0, view, law: "claw" } as const;

  test("is what fit says", () => {
    const density = fit(samples);
    const answer = fitAnswer(question);
    expect(answer.curve).toEqual(density.pdf(gridOf(view)));
    expect(answer.terms).toBe(density.report.terms);
    expect(answer.gap).toBe(density.report.gap);
    expect(answer.logLikelihood).toBeCloseTo(
      samples.reduce((sum, x) => sum + density.logPdf(x), 0) / 1000,
      4,
    );
    expect(answer.excess).toBeCloseTo(excessLoss(law, density), 12);
    const { re, im } = autocorrelation(density.amplitude);
    expect(answer.coefficients).toHaveLength(answer.terms);
    expect(answer.coefficients[2]).toBeCloseTo(Math.hypot(re[3]!, im[3]!), 14);
    const modes = density.modes();
    const highest = Math.max(...modes.map((mode) => mode.density));
    expect(answer.allModes).toBe(modes.length);
    expect(answer.modes).toEqual(modes.filter((mode) => mode.density >= highest / 100));
  });

  test("follows terms and smoothness", () => {
    const rough = fitAnswer({ ...question, terms: 20, law: undefined });
    const smooth = fitAnswer({ ...question, terms: 20, smoothness: 0.01, law: undefined });
    expect([rough.terms, smooth.terms]).toEqual([20, 20]);
    expect(smooth.logLikelihood).toBeLessThan(rough.logLikelihood);
    expect(smooth.parameters).toBeLessThan(rough.parameters);
    expect(rough.excess).toBeUndefined();
  });

  test("tells where a fit is a kernel estimate", () => {
    const blocks = lawNamed("uniform blocks");
    const drawn = drawLaw(blocks, 10_000, 1);
    const place = placeOf(blocks);
    const answer = fitAnswer({
      ...question,
      samples: drawn,
      place,
      view: viewOf(drawn, place),
      law: blocks.name,
    });
    expect(answer.method).toBe(
      fit(drawn, { support: { kind: "interval", lower: 0, upper: 1 } }).report.method,
    );
    expect(answer.method).toBe("jackson");
  });

  test("leaves the poles of the arcsine law out of the curve, and takes them for modes", () => {
    const poles = lawNamed("beta(½, ½)");
    const drawn = drawLaw(poles, 1000, 1);
    const place = placeOf(poles);
    const answer = fitAnswer({
      ...question,
      samples: drawn,
      place,
      view: viewOf(drawn, place),
      law: poles.name,
    });
    expect(answer.curve.every(Number.isFinite)).toBe(true);
    expect(answer.modes.map(({ density }) => density)).toContain(Infinity);
  });
});

describe("what the desk shows of comparators", () => {
  const law = lawNamed("bimodal");
  const samples = drawLaw(law, 500, 2);
  const view = viewOf(samples, line);
  const question = { samples, view, law: "bimodal", comparators: COMPARATORS, components: 2 } as const;

  test("is what they give", () => {
    const answer = compareAnswer(question);
    const kernel = kernelDensity(samples, "sheather-jones");
    expect(answer["sheather-jones"]).toEqual({
      curve: gridOf(view).map((x) => Math.exp(kernel.logPdf(x))),
      logLikelihood: samples.reduce((sum, x) => sum + kernel.logPdf(x), 0) / 500,
      excess: excessLoss(law, kernel),
      parameters: 1,
    });
    expect(answer.silverman).not.toEqual(answer["sheather-jones"]);
    expect(answer.law).toMatchObject({ excess: 0, parameters: undefined });
    const { mixture } = fitMixtureByEm(samples, {
      components: 2,
      rng: createRng(1),
      tolerance: 1e-6,
      maxSteps: 500,
    });
    expect(answer.mixture).toMatchObject({ parameters: 5, excess: excessLoss(law, mixture) });
  });

  test("is of bins for many samples, with next to the same mixture", () => {
    const many = drawLaw(law, 5000, 2);
    const found = compareAnswer({ ...question, samples: many, comparators: ["mixture"] }).mixture!;
    const { mixture } = fitMixtureByEm(many, { components: 2, rng: createRng(1), tolerance: 1e-9 });
    expect("excess" in found && found.excess).toBeCloseTo(excessLoss(law, mixture), 4);
  });

  test("is a reason where there is none", () => {
    const answer = compareAnswer({ ...question, samples: Float64Array.of(3, 3), law: undefined });
    for (const name of ["silverman", "sheather-jones", "mixture"] as const)
      expect(answer[name]).toMatchObject({ reason: expect.stringContaining("not all equal") });
    expect(answer.law).toEqual({ reason: "not known" });
  });
});

describe("the figures that the page tells of", () => {
  const target = (name: string): (typeof targets)[number] => targets.find((one) => one.name === name)!;

  test("14 terms lose 0.0002 nats under the mixture of the paper's tutorial", () => {
    const law = target("paper-10");
    expect(excessLoss(law, fit(drawLaw(law, 100_000, 1), { terms: 14 }))).toBeLessThan(0.0003);
  });

  test("an even series of 32 parameters loses 0.00009 nats under the cut exponential law, a periodic one 0.055", () => {
    const law = target("exponential on [0, 8]");
    const samples = drawLaw(law, 1_000_000, 2);
    const ends = { lower: 0, upper: 8 };
    expect(excessLoss(law, fit(samples, { support: { kind: "interval", ...ends }, terms: 32 }))).toBeCloseTo(
      0.00009,
      5,
    );
    expect(excessLoss(law, fit(samples, { support: { kind: "circle", ...ends }, terms: 16 }))).toBeCloseTo(
      0.055,
      3,
    );
  });

  test("no terms are needed under the arcsine law with its own map, and 0.03 nats lost without", () => {
    const law = target("beta(½, ½)");
    const samples = drawLaw(law, 10_000, 2);
    const ends = { kind: "interval", lower: 0, upper: 1 } as const;
    const own = fit(samples, { support: { ...ends, map: "arcsine" } });
    expect(own.terms).toBe(0);
    expect(Math.abs(excessLoss(law, own))).toBeLessThan(1e-12);
    const plain = excessLoss(law, fit(samples, { support: ends }));
    expect(plain).toBeGreaterThan(0.02);
    expect(plain).toBeLessThan(0.035);
  });
});

test("a number of any size is written by its leading digits and a power of ten", () => {
  expect([3.41e-7, 1, 12_300, 9.99e-5, 0, -1e-18].map(magnitude)).toEqual([
    "3.4 × 10⁻⁷",
    "1.0 × 10⁰",
    "1.2 × 10⁴",
    "1.0 × 10⁻⁴",
    "0",
    "0",
  ]);
});
