import { expect, test } from "vitest";
import { numpyIntegers } from "../../src/text/numpy-random.ts";

// NumPy 2.4.6: rng = default_rng(seed); rng.integers(0, 1000, size=6), then rng.integers(0, 3000000001, size=5).
test.each<[number, number[], number[]]>([
  [0, [850, 636, 511, 269, 307, 40], [225720425, 49582906, 525801878, 1948247249, 1819907327]],
  [1, [473, 511, 755, 950, 34, 144], [2845948341, 747685908, 2607075742, 1269979346, 819508041]],
  [12345, [699, 227, 788, 316, 204, 797], [1928050708, 2028764012, 1173328651, 2518275129, 998441783]],
  [2 ** 40 + 7, [206, 829, 609, 255, 17, 153], [2023513637, 2655564381, 2216522157, 283480328, 1469986249]],
  [2 ** 53 - 1, [61, 786, 827, 606, 841, 537], [2279627783, 468988333, 1681764999, 329258847, 2369641416]],
])("draws what NumPy draws with the seed %i", (seed, small, large) => {
  const draw = numpyIntegers(seed);
  expect(small.map(() => draw(1000))).toEqual(small);
  expect(large.map(() => draw(3_000_000_001))).toEqual(large);
  expect(draw(1)).toBe(0);
});
