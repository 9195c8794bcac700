import { bundledInputs } from "../src/inputs.ts";
import type { Input, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const command = new URL("../contestants/sample-command.ts", import.meta.url);

/** Bytes of text, at least: long enough that starting up does not count. */
const LENGTH = 100e6;

/** A bundled text, over and over. */
function long(input: Input): Input {
  const times = Math.ceil(LENGTH / Buffer.byteLength(input.lines.join("\n")));
  return {
    ...input,
    description: `${input.description}; ${times} times the text`,
    lines: Array.from({ length: times }, () => input.lines).flat(),
  };
}

export const suite: Suite = {
  name: "threads",
  claim: "The command line lemmata-sample over a file, ids drawn at alpha = 0.1: two threads beside one.",
  measure: "rate",
  clock: "wall",
  process: "fresh",
  ratio: "share",
  baselines: ["lemmata-sample, 1 thread"],
  inputs: () => bundledInputs().map(long),
  contestants: [
    inNode({ name: "lemmata-sample, 1 thread", ours: true }, command, "thread1"),
    inNode({ name: "lemmata-sample, 2 threads", ours: true }, command, "threads2"),
    inNode(
      {
        name: "lemmata-sample, 2 processes",
        ours: true,
        remark: "a half of the text each, at once: what the machine has to give",
      },
      command,
      "processes2",
    ),
  ],
  notes: [
    "From the start of the command to its end: Node's start, the reading of the model and the sending of it to the threads included. What it prints is thrown away; that all print the same was seen from digests of a thousand lines each.",
    "It says something only of a machine with two cores that are free: the row of two processes tells whether they were.",
  ],
};
