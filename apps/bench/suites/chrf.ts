import { textMetricsPython } from "../peers/text-metrics.ts";
import { equalLines } from "../src/check.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";
import { textPairs } from "../src/text-pairs.ts";

export const suite: Suite = {
  name: "chrf",
  claim: "chrF of a corpus, one reference a line, beside the package that it is equal to.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["metrics chrf"],
  inputs: () => [
    textPairs("English", "Botchan", "botchan", 100_000),
    textPairs("Chinese", "Romance of the Three Kingdoms", "sanguo_40"),
  ],
  check: equalLines,
  contestants: [
    inNode(
      { name: "metrics chrf", ours: true },
      new URL("../contestants/metrics-text.ts", import.meta.url),
      "chrf",
    ),
    textMetricsPython("chrf", "sacrebleu"),
  ],
  notes: [
    "Checked by the score of each line, to six digits.",
    "The English text comes 23 times, with other hypotheses.",
  ],
};
