// Micro-benchmarks of this package alone, on one real line: `pnpm --filter @lemmata/sampling bench`.
import { modelBytes, textLines } from "@lemmata/data";
import { latticeOf, viterbi } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { bench, do_not_optimize, run, summary } from "mitata";
import { createRng, perfectSample, perfectSampler, viterbiSample } from "../src/index.ts";

const model = readSentencePiece(modelBytes("trained_en_8000"));
const lattice = latticeOf(model, textLines("botchan").slice(100, 105).join(" "));
const rng = createRng(1);
const options = { alpha: 0.1, rng };
const sampler = perfectSampler(lattice, options);
console.log(`${lattice.length} nodes, ${lattice.end.length} edges`);

summary(() => {
  bench("viterbi (no draw)", () => do_not_optimize(viterbi(lattice)));
  bench("perfectSample", () => do_not_optimize(perfectSample(lattice, options)));
  bench("viterbiSample", () => do_not_optimize(viterbiSample(lattice, options)));
  bench("perfectSampler, 1 draw", () => do_not_optimize(perfectSampler(lattice, options).sample()));
  bench("perfectSampler, 64 draws", () => do_not_optimize(perfectSampler(lattice, options).draw(64)));
});
bench("a further draw", () => do_not_optimize(sampler.sample()));
bench("createRng", () => do_not_optimize(createRng(1)));
bench("rng()", () => do_not_optimize(rng()));
await run();
