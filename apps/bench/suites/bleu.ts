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
  inputs: () => [textPairs("English", "Botchan", "botchan", 100_000)],
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
    "The text comes 23 times, with other hypotheses. sacrebleu keeps the tokens of 65,536 lines, so that it finds those of most references made.",
  ],
};
