import { describe, expect, test } from "vitest";
import { decode, encode, quantizerOf, rateDistortion } from "../../src/coding.ts";
import { FourierDensity, type Support } from "../../src/index.ts";
import { uniforms } from "./laws.ts";

const amplitude = { re: [1, 0.5, -0.3, 0.2], im: [0, 0.4, 0.3, -0.1] };
const real = { re: amplitude.re, im: [0, 0, 0, 0] };
const densities: [string, FourierDensity][] = [
  ["a circle", new FourierDensity({ kind: "circle", lower: -20, upper: 340 }, amplitude)],
  ["an interval", new FourierDensity({ kind: "interval", lower: 2, upper: 50, map: "linear" }, real)],
  [
    "an interval, by arcsine",
    new FourierDensity({ kind: "interval", lower: 0, upper: 9, map: "arcsine" }, real),
  ],
  ...(["tanh", "erf", "atan", "logit"] as const).map((map): [string, FourierDensity] => {
    const support: Support = { kind: "line", map, location: 7, scale: 5 };
    return [`the line, by ${map}`, new FourierDensity(support, amplitude)];
  }),
  [
    "the line, with atoms",
    new FourierDensity({ kind: "line", map: "logit", location: 0, scale: 3 }, amplitude, {
      values: Float64Array.of(0, 4),
      masses: Float64Array.of(0.4, 0.1),
    }),
  ],
];

function crossEntropy(values: Float64Array, density: FourierDensity, step: number): number {
  const quantizer = quantizerOf({ step });
  return (
    values.reduce((bits, value) => {
      const bin = quantizer.binOf(value);
      return bits - Math.log2(density.binProbability(quantizer.lowerEdge(bin), quantizer.lowerEdge(bin + 1)));
    }, 0) / 8
  );
}

describe("a FourierDensity", () => {
  test.each(densities)(
    "on %s codes its draws in the cross-entropy + 0.1 % + the bytes of no values + 8",
    (_, density) => {
      const values = density.sample(20_000, { rng: uniforms(3) });
      for (const step of [1, 0.01]) {
        const bytes = encode(values, density, { step });
        const side = encode([], density, { step }).length;
        expect(bytes.length).toBeLessThan(crossEntropy(values, density, step) * 1.001 + side + 8);
        const errors = decode(bytes).map((value, i) => Math.abs(value - values[i]!));
        expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(step / 2 + 1e-9);
      }
    },
  );

  test("codes to its modes, at a rate below that of steps which are as true", () => {
    const law = new FourierDensity(
      { kind: "line", map: "logit", location: 0, scale: 1 },
      { re: [1, 0, 1], im: [0, 0, 0] },
    );
    const modes = law.modes().map(({ value }) => value);
    expect(modes.length).toBeGreaterThan(1);
    const values = law.sample(5000, { rng: uniforms(8) });
    const decoded = decode(encode(values, law, { levels: "modes" }));
    const beyond = decoded.map((value, i) => {
      const nearest = Math.min(...modes.map((mode) => Math.abs(mode - values[i]!)));
      return Math.abs(Math.abs(value - values[i]!) - nearest);
    });
    expect(beyond.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-12);
    const [coarse, fine, finer] = rateDistortion(values, law, [
      { levels: "modes" },
      { step: 0.5 },
      { step: 0.1 },
    ]);
    expect(coarse!.rate).toBeLessThan(fine!.rate);
    expect(fine!.rate).toBeLessThan(finer!.rate);
    expect(coarse!.distortion).toBeGreaterThan(fine!.distortion);
    expect(fine!.distortion).toBeGreaterThan(finer!.distortion);
  });
});
