// Micro-benchmarks of this package alone: `pnpm --filter @lemmata/metrics bench`.
import { bench, do_not_optimize, run } from "mitata";
import { entropy, klDivergence, totalVariation } from "../src/index.ts";
import { ChrfCounts, BleuCounts, RougeMeans } from "../src/text.ts";

const normalized = (weights: Float64Array): Float64Array => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};
const p = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 1)));
const q = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 10)));

bench("entropy of 32,000 outcomes", () => do_not_optimize(entropy(p)));
bench("klDivergence", () => do_not_optimize(klDivergence(p, q)));
bench("totalVariation", () => do_not_optimize(totalVariation(p, q)));

const reference = "In the morning, about 9.30, the old man had left for the village; nobody knew why.";
const hypothesis = "At about 9.30 in the morning the man left for his village, and nobody knew why.";
const [bleu, chrf, rouge] = [new BleuCounts(), new ChrfCounts(), new RougeMeans()];
bench("BLEU of a pair of lines", () => do_not_optimize(bleu.add(hypothesis, reference)));
bench("chrF", () => do_not_optimize(chrf.add(hypothesis, reference)));
bench("ROUGE-1, 2, L, Lsum", () => do_not_optimize(rouge.add(hypothesis, reference)));
await run();
