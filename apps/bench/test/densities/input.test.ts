import { targets } from "@lemmata/comparators";
import { describe, expect, test } from "vitest";
import {
  answerQuality,
  drawsOf,
  fitQuality,
  numbersIn,
  numbersOf,
  quadraturePoints,
  samplesInput,
} from "../../src/densities/input.ts";

const claw = targets.find(({ name }) => name === "claw")!;
const answersTo = (operation: string, numbers: Float64Array) => ({
  ...samplesInput("", 10, "", () => []),
  lines: [operation, ...Array.from(numbers, String)],
});

describe("what outputs are worth", () => {
  test("of a fit is its excess loss", () => {
    const exact = Array.from(numbersIn(quadraturePoints()), (x) => claw.logPdf(x));
    expect(
      fitQuality.of(
        exact.map(String),
        samplesInput("", 10, "", () => []),
      ),
    ).toBe("0.000");
    // A density that is too low by a factor loses its logarithm everywhere.
    const low = exact.map((log) => String(log - 1e-4));
    expect(
      fitQuality.of(
        low,
        samplesInput("", 10, "", () => []),
      ),
    ).toBe("10.0");
  });

  test("of answers is how far from the law's they are", () => {
    const points = drawsOf(1000, 2);
    const logs = Array.from(points, (x) => String(claw.logPdf(x) - 2e-5));
    expect(answerQuality.of(logs, answersTo("log density", points))).toBe("2.00 · 10⁻⁵ nats");
    const cdfs = Array.from(points, (x, i) => String(claw.cdf(x) + (i === 5 ? 3e-5 : 0)));
    expect(answerQuality.of(cdfs, answersTo("cdf", points))).toBe("3.00 · 10⁻⁵ at most");
    const shifted = Array.from(points, (x) => String(x + 10));
    expect(answerQuality.of(shifted, answersTo("draws", points))).toBe("√n · D = 31.6");
  });
});

test("an input holds its samples as bytes", () => {
  expect(numbersOf(samplesInput("", 100, "", () => []).model)).toEqual(drawsOf(100, 1));
});
