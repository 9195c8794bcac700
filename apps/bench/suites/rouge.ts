import { textMetricsPython } from "../peers/text-metrics.ts";
import { equalLines } from "../src/check.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";
import { textPairs } from "../src/text-pairs.ts";

const ours = new URL("../contestants/metrics-text.ts", import.meta.url);

export const suite: Suite = {
  name: "rouge",
  claim:
    "ROUGE-1, ROUGE-2 and ROUGE-L of each line, without stems, beside the package that they are equal to and one from npm.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["metrics rouge"],
  inputs: () => [textPairs("English", "Botchan", "botchan", 100_000)],
  check: equalLines,
  contestants: [
    inNode({ name: "metrics rouge", ours: true }, ours, "rouge"),
    textMetricsPython("rouge", "rouge_score"),
    inNode(
      { name: "js-rouge", ours: false, remark: "JavaScript, from npm" },
      new URL("../peers/js-rouge.ts", import.meta.url),
      "rouge",
    ),
  ],
  notes: [
    "Checked by the three F of each line, to six digits. js-rouge cuts words in its own way, without the references' rules, and so gives other scores.",
    "The text comes 23 times, with other hypotheses.",
  ],
};
