import { describe, expect, test } from "vitest";
import { fixedTable, whole } from "../../contestants/coding.ts";
import {
  binProbability,
  codingQuality,
  FIRST,
  probabilities,
  symbolsInput,
} from "../../src/densities/symbols.ts";

const input = symbolsInput("encode");
const work = { model: input.model, modelFile: "", textFile: "", lines: [input.lines[0]!] };

describe("the symbols of the suite coding", () => {
  test("have probabilities that sum to 1", () => {
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
    expect(binProbability(-Infinity, Infinity)).toBe(1);
  });

  test("come as often as they shall", () => {
    // χ² with 93 degrees of freedom exceeds 160 in 2 of 100,000 runs.
    const counts = new Float64Array(probabilities.length);
    for (const symbol of work.lines[0]!) counts[symbol.codePointAt(0)! - FIRST]! += 1;
    const chi = counts.reduce(
      (sum, count, i) => sum + (count - 1e5 * probabilities[i]!) ** 2 / (1e5 * probabilities[i]!),
      0,
    );
    expect(chi).toBeLessThan(160);
  });

  test.each([["the fixed table", fixedTable] as const, ["the whole file", whole] as const])(
    "are coded by %s within 0.1 % of the cross-entropy and some bytes, and decoded as they were",
    async (_, prepare) => {
      const output = await (await prepare(work)).output();
      expect(output[1]).toBe("equal");
      expect(codingQuality.of(output, { ...input, lines: work.lines })).toMatch(
        /^5\.\d+, 0\.[0-2]\d % over the cross-entropy$/,
      );
    },
  );
});
