import fc from "fast-check";
import { expect, test } from "vitest";
import { CommonSubsequence } from "../../src/text/common-subsequence.ts";

/** The table, and the way back through it: on a tie, one symbol less of the first. */
function byTable(first: readonly number[], second: readonly number[]): number[] {
  const table = [Array.from({ length: second.length + 1 }, () => 0)];
  first.forEach((symbol, i) => {
    const row = [0];
    second.forEach((other, j) => {
      row.push(symbol === other ? table[i]![j]! + 1 : Math.max(table[i]![j + 1]!, row[j]!));
    });
    table.push(row);
  });
  const places: number[] = [];
  for (let i = first.length, j = second.length; i > 0 && j > 0;) {
    if (first[i - 1] === second[j - 1]) {
      places.unshift(--i);
      j--;
    } else if (table[i]![j - 1]! > table[i - 1]![j]!) j--;
    else i--;
  }
  return places;
}

const symbols = fc.array(fc.nat({ max: 4 }), { maxLength: 100 });

test("a longest common subsequence is that of the table, place by place", () => {
  fc.assert(
    fc.property(symbols, symbols, (first, second) => {
      const common = new CommonSubsequence(second);
      const places = byTable(first, second);
      expect(common.placesIn(first)).toEqual(places);
      expect(common.length(first)).toBe(places.length);
    }),
    { numRuns: 500 },
  );
});

test("two texts of 50,000 words take no table of their product", () => {
  const many = Int32Array.from({ length: 50_000 }, (_, i) => (i * i) % 7919);
  expect(new CommonSubsequence(many).length(many)).toBe(50_000);
});

test("a table that takes too much memory is refused", () => {
  const many = new Int32Array(70_000);
  expect(() => new CommonSubsequence(many).placesIn(many)).toThrow(
    expect.objectContaining({ name: "MetricsError", code: "argument" }),
  );
});
