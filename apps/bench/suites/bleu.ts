import { textMetricsPython } from "../peers/text-metrics.ts";
import { equalLines } from "../src/check.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";
import { textPairs } from "../src/text-pairs.ts";

export const suite: Suite = {
  name: "bleu",
  claim: "BLEU of a corpus, one reference a line, tokenizer 13a, beside the package that it is equal to.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["metrics bleu"],
  inputs: () => [textPairs("English", "Botchan", "botchan")],
  check: equalLines,
  contestants: [
    inNode(
      { name: "metrics bleu", ours: true },
      new URL("../contestants/metrics-text.ts", import.meta.url),
      "bleu",
    ),
    textMetricsPython("bleu", "sacrebleu"),
  ],
  notes: [
    "Checked by the score of each line, to six digits.",
    "sacrebleu keeps the tokens of lines that it has seen, so that all passes but the first find them made.",
  ],
};
