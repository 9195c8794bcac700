// Micro-benchmarks of this package alone, on one real line: `pnpm --filter @lemmata/lattice bench`.
import { modelBytes, textLines } from "@lemmata/data";
import { bench, do_not_optimize, run, summary } from "mitata";
import {
  countPaths,
  emit,
  encode,
  encodeIds,
  entropy,
  latticeOf,
  logPartition,
  marginals,
  nbest,
  viterbi,
} from "../src/index.ts";
import { kernelModule } from "../src/segment/kernel-memory.ts";
import { KernelSearcher } from "../src/segment/kernel-searcher.ts";
import { PlainSearcher } from "../src/segment/plain-searcher.ts";
import { readSentencePiece } from "../src/sentencepiece.ts";

const file = modelBytes("trained_en_8000");
const model = readSentencePiece(file);
const text = textLines("botchan").slice(100, 105).join(" ");
const lattice = latticeOf(model, text);
const path = viterbi(lattice);
console.log(`${text.length} characters, ${lattice.end.length} edges, ${path.edges.length} pieces`);

summary(() => {
  const plain = new PlainSearcher(model);
  const kernel = new KernelSearcher(kernelModule()!, model);
  bench("best path, plain TypeScript", () => do_not_optimize(plain.search(text, "sentencepiece")));
  bench("best path, kernel", () => do_not_optimize(kernel.search(text, "sentencepiece", "ids")));
});
bench("encodeIds", () => do_not_optimize(encodeIds(model, text)));
bench("encode", () => do_not_optimize(encode(model, text)));
bench("latticeOf", () => do_not_optimize(latticeOf(model, text)));
bench("viterbi", () => do_not_optimize(viterbi(lattice)));
bench("emit", () => do_not_optimize(emit(model, path)));
bench("nbest(64)", () => do_not_optimize(nbest(lattice, 64)));
bench("logPartition", () => do_not_optimize(logPartition(lattice)));
bench("marginals", () => do_not_optimize(marginals(lattice)));
bench("entropy", () => do_not_optimize(entropy(lattice)));
bench("countPaths", () => do_not_optimize(countPaths(lattice)));
bench("readSentencePiece", () => do_not_optimize(readSentencePiece(file)));
await run();
