import { fileURLToPath } from "node:url";
import type { Contestant, Launch } from "../src/suite.ts";
import { pythonWith } from "./python-with.ts";

/** sacrebleu or rouge_score, through their Python packages. */
export function textMetricsPython(call: "bleu" | "chrf" | "rouge", name: string): Contestant {
  return {
    name,
    ours: false,
    remark: "Python",
    async launch({ modelFile, textFile }): Promise<Launch> {
      const script = fileURLToPath(new URL("text_metrics_peer.py", import.meta.url));
      const command = await pythonWith(call === "rouge" ? "rouge_score" : "sacrebleu");
      return { command, args: [script, call, modelFile, textFile] };
    },
  };
}
