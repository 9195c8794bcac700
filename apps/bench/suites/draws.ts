import { bundledInputs } from "../src/inputs.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const sampling = new URL("../contestants/sampling.ts", import.meta.url);

export const suite: Suite = {
  name: "draws",
  claim:
    "Many draws from one lattice cost little more than one: `perfectSampler(lattice).draw(k)` for each line, its lattice built anew.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["draw(1)"],
  inputs: bundledInputs,
  contestants: [
    inNode({ name: "draw(1)", ours: true, unchecked: true }, sampling, "draw1"),
    inNode({ name: "draw(64)", ours: true, unchecked: true }, sampling, "draw64"),
    inNode(
      { name: "sampleWithoutReplacement(16)", ours: true, remark: "different paths", unchecked: true },
      sampling,
      "distinct16",
    ),
    inNode(
      { name: "perfectSample", ours: true, remark: "one, in one pass", unchecked: true },
      sampling,
      "onePass",
    ),
  ],
  notes: [
    "Paths only: `emit`, which turns one into ids, is left out. Lines of fewer than 16 segmentations are, too.",
  ],
};
