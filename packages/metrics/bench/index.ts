// Micro-benchmarks of this package alone: `pnpm --filter @lemmata/metrics bench`.
import { bench, do_not_optimize, run } from "mitata";
import { entropy, klDivergence, totalVariation } from "../src/index.ts";

const normalized = (weights: Float64Array): Float64Array => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};
const p = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 1)));
const q = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 10)));

bench("entropy of 32,000 outcomes", () => do_not_optimize(entropy(p)));
bench("klDivergence", () => do_not_optimize(klDivergence(p, q)));
bench("totalVariation", () => do_not_optimize(totalVariation(p, q)));
await run();
