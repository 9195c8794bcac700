import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeTable, quantizerOf } from "../../src/coding.ts";
import { integerFrequencies } from "../../src/coding/frequencies.ts";
import { cauchy, type ClosedLaw, codeOf, logistic, mixture, uniform } from "./laws.ts";

/** Bits a value of coding draws from a law by its table: exact within cells, escapes not counted. */
function divergence(law: ClosedLaw, step: number): { bits: number; escaped: number; cells: number } {
  const quantizer = quantizerOf({ step });
  const { first, shift, frequency, precision } = codeTable(law, quantizer);
  let bits = 0;
  let escaped = 1;
  let bin = first;
  shift.forEach((s, i) => {
    const end = bin + 2 ** s;
    const parts = Math.min(64, 2 ** s);
    for (let j = 0; j < parts && frequency[i]! > 0; j++) {
      const p = law.binProbability(
        quantizer.lowerEdge(bin + (j * 2 ** s) / parts),
        quantizer.lowerEdge(bin + ((j + 1) * 2 ** s) / parts),
      );
      if (p > 0) bits += p * Math.log2((p * parts) / (frequency[i]! / 2 ** precision));
      escaped -= p;
    }
    bin = end;
  });
  return { bits, escaped, cells: shift.length };
}

const laws: [string, ClosedLaw][] = [
  ["logistic", logistic(3.2, 2)],
  ["Cauchy", cauchy],
  ["uniform", uniform(-1, 5)],
  ["two narrow peaks far apart", mixture(logistic(-40, 0.02), logistic(900, 0.5))],
];

describe("codeTable", () => {
  test.each(laws)("the frequencies for a %s law sum to 2^16, the escape's at least 1", (_, law) => {
    for (const step of [10, 1, 0.01, 1e-6]) {
      const { frequency, precision } = codeTable(law, quantizerOf({ step }));
      expect(precision).toBe(16);
      expect(frequency.reduce((a, b) => a + b, 0)).toBe(2 ** 16);
      expect(frequency.at(-1)).toBeGreaterThanOrEqual(1);
    }
  });

  test.each(laws)(
    "loses less than 0.002 bits a value of a %s law, whatever the step, in few cells",
    (_, law) => {
      // A step of 10⁻⁶ leaves the Cauchy law's tails beyond 2³⁰ bins to the escape.
      for (const step of [3, 0.3, 1e-3, law === cauchy ? 1e-5 : 1e-6]) {
        const { bits, escaped, cells } = divergence(law, step);
        expect(bits).toBeLessThan(0.002);
        expect(escaped).toBeLessThan(1e-4);
        expect(cells).toBeLessThan(2000);
      }
    },
  );

  test("levels are cells of one bin, and those that are all but excluded are left to the escape", () => {
    const table = codeTable(logistic(0, 1), quantizerOf({ levels: [-50, -1, 0, 1, 50] }));
    expect(table).toMatchObject({ first: 1, shift: new Uint8Array(3) });
    expect(table.frequency).toHaveLength(4);
  });

  test("a density that gives no probabilities is refused", () => {
    for (const value of [NaN, -0.1, 1.1, "0.5", 0.5])
      expect(
        codeOf(() => codeTable({ binProbability: () => value as number }, quantizerOf({ step: 1 }))),
      ).toBe("argument");
    expect(codeOf(() => codeTable({} as ClosedLaw, quantizerOf({ step: 1 })))).toBe("argument");
  });

  test("a precision that the coder has not is refused", () => {
    for (const precision of [0, 21, 1.5, NaN])
      expect(codeOf(() => codeTable(cauchy, quantizerOf({ step: 1 }), precision))).toBe("argument");
    for (const precision of [1, 20])
      expect(
        codeTable(cauchy, quantizerOf({ step: 1 }), precision).frequency.reduce((a, b) => a + b, 0),
      ).toBe(2 ** precision);
  });
});

describe("integerFrequencies", () => {
  const probabilities = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })
    .filter((p) => p.some((x) => x > 1e-300));

  test("are at least 1 and sum to the total", () => {
    fc.assert(
      fc.property(probabilities, fc.integer({ min: 40, max: 70_000 }), (p, total) => {
        const frequencies = integerFrequencies(p, total);
        expect(Math.min(...frequencies)).toBeGreaterThanOrEqual(1);
        expect(frequencies.reduce((a, b) => a + b, 0)).toBe(total);
      }),
    );
  });

  test("cost at most 0.06 bits more than the best of all, by trying them, even of a total of 16", () => {
    const cost = (p: readonly number[], f: ArrayLike<number>): number =>
      p.reduce((bits, x, i) => bits - (x > 0 ? x * Math.log2(f[i]! / 16) : 0), 0);
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 3 })
          .filter((w) => w.some((x) => x > 0)),
        (weights) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          const p = weights.map((w) => w / sum);
          let best = Infinity;
          for (let a = 1; a <= 14; a++)
            for (let b = 1; a + b <= 15; b++) best = Math.min(best, cost(p, [a, b, 16 - a - b]));
          expect(cost(p, integerFrequencies(p, 16))).toBeLessThan(best + 0.06);
        },
      ),
    );
  });

  test("exact shares stay as they are", () => {
    expect([...integerFrequencies([0.5, 0.25, 0.125, 0.125], 64)]).toEqual([32, 16, 8, 8]);
  });
});
