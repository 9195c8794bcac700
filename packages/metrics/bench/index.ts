// Micro-benchmarks of this package alone: `pnpm --filter @lemmata/metrics bench`.
import { bench, do_not_optimize, run } from "mitata";
import { cosine, CosineSketch, entropy, groupedCosine, klDivergence, totalVariation } from "../src/index.ts";
import { cosine as kernelCosine, groupedCosine as kernelGroupedCosine } from "../src/kernel.ts";
import { gini, singularValues } from "../src/sparsity.ts";
import { ChrfCounts, BleuCounts, RougeMeans } from "../src/text.ts";

const normalized = (weights: Float64Array): Float64Array => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};
const p = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 1)));
const q = normalized(Float64Array.from({ length: 32_000 }, (_, i) => 1 / (i + 10)));

const x = Float32Array.from(p, (_, i) => Math.sin(i));
const y = Float32Array.from(p, (_, i) => Math.cos(i) + 0.1);
const blocks = Array.from({ length: 100 }, () => 320);
const matrix = x.subarray(0, 64 * 64);

bench("cosine of 32,000 float32", () => do_not_optimize(cosine(x, y)));
bench("cosine of /kernel", () => do_not_optimize(kernelCosine(x, y)));
bench("groupedCosine, 100 blocks", () => do_not_optimize(groupedCosine(x, y, blocks)));
bench("groupedCosine of /kernel", () => do_not_optimize(kernelGroupedCosine(x, y, blocks)));
bench("CosineSketch", () => do_not_optimize(new CosineSketch().add(x, y).finish()));
bench("gini", () => do_not_optimize(gini(x)));
bench("singularValues of 64 × 64", () => do_not_optimize(singularValues(matrix, { rows: 64, columns: 64 })));
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
