// Micro-benchmarks of this package alone, on one real line: `pnpm --filter @lemmata/sampling bench`.
import { modelBytes, textLines, tokenizerJsonBytes } from "@lemmata/data";
import { latticeOf, viterbi } from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { bench, do_not_optimize, run, summary } from "mitata";
import {
  bpeDropout,
  createRng,
  perfectSample,
  perfectSampler,
  sampleWithoutReplacement,
  uniformSample,
  viterbiSample,
} from "../src/index.ts";

const model = readSentencePiece(modelBytes("trained_en_8000"));
const text = textLines("botchan").slice(100, 105).join(" ");
const lattice = latticeOf(model, text);
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
bench("sampleWithoutReplacement, 16 paths", () =>
  do_not_optimize(sampleWithoutReplacement(lattice, 16, options)));
summary(() => {
  const merging = readTokenizerJson(
    JSON.parse(new TextDecoder().decode(tokenizerJsonBytes("gpt2_shape_16000"))) as object,
  );
  bench("bpeDropout", () => do_not_optimize(bpeDropout(merging, text, { dropout: 0.1, rng })));
  bench("uniformSample", () => do_not_optimize(uniformSample(merging, text, { rng })));
});
bench("a further draw", () => do_not_optimize(sampler.sample()));
bench("createRng", () => do_not_optimize(createRng(1)));
bench("rng()", () => do_not_optimize(rng()));
await run();
