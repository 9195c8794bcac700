import { expect, test } from "vitest";
import { SparseSamples } from "../../src/cli/sparse-samples.ts";

test.each([0, 1, 5, 8191, 8192, 8193, 20_000, 100_000, 1_000_001])(
  "of %d samples, in parts of any length, all or at least 4096 are kept, at equal distances from the first on",
  (n) => {
    for (const part of [1, 7, 4096, 100_003]) {
      if (n / part > 200_000) continue;
      const sparse = new SparseSamples();
      for (let from = 0; from < n; from += part)
        sparse.add(Float64Array.from({ length: Math.min(part, n - from) }, (_, i) => from + i));
      const kept = sparse.finish();
      const step = kept[1] ?? 1;
      expect(kept).toEqual(Float64Array.from({ length: Math.ceil(n / step) }, (_, i) => i * step));
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(n, 4096));
      expect(kept.length).toBeLessThan(8192);
    }
  },
);
