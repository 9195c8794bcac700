import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CodingDensity, decode, encode, quantizerOf, rateDistortion } from "../../src/coding.ts";
import { cauchy, type ClosedLaw, codeOf, draws, logistic, mixture, uniform } from "./laws.ts";

/** Σ −log₂ P of the bins of values, in bytes. */
function crossEntropy(values: ArrayLike<number>, law: ClosedLaw, step: number): number {
  const quantizer = quantizerOf({ step });
  return (
    Array.from(values).reduce((bits, value) => {
      const bin = quantizer.binOf(value);
      return bits - Math.log2(law.binProbability(quantizer.lowerEdge(bin), quantizer.lowerEdge(bin + 1)));
    }, 0) / 8
  );
}

const laws: [string, ClosedLaw][] = [
  ["logistic", logistic(10, 3)],
  ["Cauchy", cauchy],
  ["uniform", uniform(0, 7)],
  ["bimodal", mixture(logistic(-40, 0.2), logistic(90, 5))],
];

describe("encode and decode", () => {
  test("give back every value within half a step", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 50 }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (values, step, offset) => {
          const decoded = decode(encode(values, logistic(0, 100), { step, offset }));
          expect(decoded).toHaveLength(values.length);
          decoded.forEach((value, i) => {
            expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(step / 2 + 1e-9);
          });
        },
      ),
    );
  });

  test("give back whole numbers as they are, even those that the density excludes", () => {
    const values = [0, 1, -5, 255, 1e6, -(2 ** 51), 2 ** 31, -(2 ** 31) - 1, 2 ** 30];
    expect([...decode(encode(values, uniform(0, 2), { step: 1 }))]).toEqual(values);
    expect([...decode(encode(values, logistic(0, 1), { step: 1 }))]).toEqual(values);
    const nowhere: CodingDensity = { binProbability: () => 0 };
    expect([...decode(encode(values, nowhere, { step: 1 }))]).toEqual(values);
  });

  test.each(laws)(
    "code draws of a %s law in its cross-entropy + 0.1 % + the bytes of no values + 8",
    (_, law) => {
      for (const step of [1, 0.05, 1e-4]) {
        const values = draws(law, 40_000);
        const { length } = encode(values, law, { step });
        const side = encode([], law, { step }).length;
        expect(length).toBeLessThan(crossEntropy(values, law, step) * 1.001 + side + 8);
      }
    },
  );

  test("code the draws of another law in the cross-entropy, too", () => {
    const values = draws(logistic(11, 2), 40_000);
    const { length } = encode(values, logistic(10, 3), { step: 0.1 });
    const side = encode([], logistic(10, 3), { step: 0.1 }).length;
    expect(length).toBeLessThan(crossEntropy(values, logistic(10, 3), 0.1) * 1.001 + side + 8);
  });

  test("take 400 bytes or fewer for the law of a smooth density, whatever the step", () => {
    for (const [, law] of laws)
      for (const step of [1, 0.01, 1e-6]) expect(encode([], law, { step }).length).toBeLessThan(400);
  });

  test("values become the nearest level, of two the lower", () => {
    const levels = [-3, 0, 1, 10];
    const values = [-100, -1.6, -1.5, -1.4, 0.5, 0.6, 5.5, 5.6, 1e300];
    const decoded = decode(encode(values, logistic(0, 1), { levels }));
    expect([...decoded]).toEqual([-3, -3, -3, 0, 0, 1, 1, 10, 10]);
  });

  test("values become the nearest mode of the density", () => {
    const law = { ...mixture(logistic(-4, 1), logistic(4, 1)), modes: () => [{ value: -4 }, { value: 4 }] };
    const values = draws(law, 8000);
    const bytes = encode(values, law, { levels: "modes" });
    expect([...decode(bytes)]).toEqual(Array.from(values, (value) => (value > 0 ? 4 : -4)));
    expect(bytes.length).toBeLessThan(1000 + 80); // a bit a value
  });

  test("what the engine's rounding of the density may change is not in what is decoded", () => {
    const law = logistic(1, 2);
    const noisy: CodingDensity = { binProbability: (a, b) => law.binProbability(a, b) * (1 + 1e-10) };
    const values = draws(law, 1000);
    expect(decode(encode(values, noisy, { step: 0.1 }))).toEqual(decode(encode(values, law, { step: 0.1 })));
  });

  test("refuse what is no quantization, density or value, and say which value", () => {
    const law = logistic(0, 1);
    for (const quantization of [
      { step: 0 },
      { step: -1 },
      { step: NaN },
      { step: Infinity },
      { step: "1" },
      { step: 1, offset: NaN },
      {},
      null,
      { levels: [] },
      { levels: [1, 1] },
      { levels: [0, NaN] },
      { levels: "means" },
      { levels: "modes" },
      { levels: 3 },
    ])
      expect(codeOf(() => encode([1], law, quantization as { step: number }))).toBe("argument");
    expect(codeOf(() => encode([1], null as unknown as ClosedLaw, { step: 1 }))).toBe("argument");
    expect(codeOf(() => encode(null as unknown as number[], law, { step: 1 }))).toBe("argument");
    for (const none of [{ length: -1 }, { length: NaN }, { length: 0.5 }, 3, "12"])
      expect(codeOf(() => encode(none as number[], law, { step: 1 }))).toBe("argument");
    expect(codeOf(() => encode([1n] as unknown as number[], law, { step: 1 }))).toBe("value");
    for (const value of [NaN, Infinity, -Infinity, 2 ** 52]) {
      expect(() => encode([0, value], law, { step: 1 })).toThrowError(/values\[1\] is/);
      expect(codeOf(() => encode([0, value], law, { step: 1 }))).toBe("value");
    }
    expect(codeOf(() => encode([Infinity], law, { levels: [0, 1] }))).toBe("value");
    // Bin 2, whose middle would be 2.4e308.
    expect(codeOf(() => encode([1.79e308], law, { step: 1.19e308 }))).toBe("value");
    expect(codeOf(() => decode("FDC" as unknown as Uint8Array))).toBe("argument");
    expect(codeOf(() => decode(new Uint8Array(), { limit: NaN }))).toBe("argument");
  });
});

describe("rateDistortion", () => {
  test("of steps h has the distortion h² / 12, and a bit more for half the step", () => {
    const law = logistic(0, 2);
    const values = draws(law, 30_000);
    const [coarse, fine] = rateDistortion(values, law, [{ step: 0.2 }, { step: 0.1 }]);
    expect(coarse!.distortion / (0.04 / 12)).toBeCloseTo(1, 1);
    expect(fine!.distortion / (0.01 / 12)).toBeCloseTo(1, 1);
    expect(fine!.rate - coarse!.rate).toBeCloseTo(1, 1);
    expect(fine!.quantization).toEqual({ step: 0.1 });
  });

  test("is the length of what encode gives, and the mean square of what decode changes", () => {
    const law = { ...logistic(1, 1), modes: () => [{ value: 1 }] };
    const [point] = rateDistortion([0, 1, 3], law, [{ levels: "modes" }]);
    expect(point!.rate).toBe((8 * encode([0, 1, 3], law, { levels: "modes" }).length) / 3);
    expect(point!.distortion).toBeCloseTo((1 + 0 + 4) / 3, 12);
  });

  test("refuses no values, and what is no list of quantizations", () => {
    expect(codeOf(() => rateDistortion([], cauchy, [{ step: 1 }]))).toBe("empty");
    expect(codeOf(() => rateDistortion(null as unknown as number[], cauchy, [{ step: 1 }]))).toBe("argument");
    expect(codeOf(() => rateDistortion([1], cauchy, { step: 1 } as unknown as []))).toBe("argument");
  });
});
