import fc from "fast-check";
import { expect, test } from "vitest";
import { ClippedCounts } from "../../src/text/clipped-counts.ts";

/** Counts of the n-grams, by their symbols as text. */
function gramsOf(symbols: readonly number[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= symbols.length; i++) {
    const gram = symbols.slice(i, i + n).join(" ");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

const symbols = fc.array(fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 0x10ffff })), { maxLength: 300 });

test("covers an n-gram as often as the reference has it that has it most", () => {
  const order = 4;
  // One for all runs: nothing of one pair is left in the next.
  const counts = new ClippedCounts(order);
  fc.assert(
    fc.property(symbols, fc.array(symbols, { minLength: 1, maxLength: 3 }), (hypothesis, references) => {
      counts.clear();
      references.forEach((reference) => counts.addReference(reference));
      const matches = new Float64Array(order + 1);
      counts.match(hypothesis, matches, 1);
      const want = [1, 2, 3, 4].map((n) => {
        let sum = 0;
        for (const [gram, count] of gramsOf(hypothesis, n))
          sum += Math.min(
            count,
            Math.max(...references.map((reference) => gramsOf(reference, n).get(gram) ?? 0)),
          );
        return sum;
      });
      expect([...matches]).toEqual([0, ...want]);
    }),
  );
});
