import { bundledInputs } from "../src/inputs.ts";
import type { Contestant, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const module = new URL("../contestants/lattice.ts", import.meta.url);

function question(call: string, name: string, remark?: string): Contestant {
  return inNode(
    { name, ours: true, unchecked: true, ...(remark === undefined ? {} : { remark }) },
    module,
    call,
  );
}

export const suite: Suite = {
  name: "lattice",
  claim:
    "The lattice of each line and an exact question to it, as a share of the rate at which ids are found.",
  measure: "rate",
  process: "kept",
  ratio: "share",
  baselines: ["encodeIds anew", "encodeIds"],
  inputs: bundledInputs,
  contestants: [
    question("encodeIdsAnew", "encodeIds anew", "no memory of words"),
    question("encodeIds", "encodeIds"),
    question("latticeOf", "latticeOf"),
    question("viterbi", "latticeOf + viterbi"),
    question("countPaths", "latticeOf + countPaths"),
    question("logPartition", "latticeOf + logPartition"),
    question("marginals", "latticeOf + marginals"),
    question("entropy", "latticeOf + entropy"),
    question("nbest64", "latticeOf + nbest(64)"),
  ],
  notes: [
    "A lattice is made anew for each line, and `encodeIds` remembers words; the first column compares with it without that memory.",
  ],
};
