import { createRng } from "@lemmata/sampling";
import type { Input, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/coding.ts", import.meta.url);
const rangeCoder = new URL("../peers/range-coder.ts", import.meta.url);

/** Draws from a logistic law, rounded to bytes: like the residuals of an image. */
function symbols(count: number): Input {
  const rng = createRng(1);
  const draw = (): number => {
    const u = rng();
    return Math.min(255, Math.max(0, Math.round(128 + 12 * Math.log(u / (1 - u)))));
  };
  return {
    name: "1 million symbols",
    description: "8-bit symbols of a logistic law",
    model: Uint8Array.from({ length: count }, draw),
    lines: ["all symbols"],
    extent: `${count.toLocaleString("en")} bytes, entropy 6.47 bits each`,
  };
}

export const suite: Suite = {
  name: "coding",
  claim: "8-bit symbols coded by a given density, and decoded, beside an adaptive range coder in JavaScript.",
  measure: "time",
  process: "kept",
  ratio: "times",
  baselines: ["@thi.ng/range-coder, encodeBytes", "@thi.ng/range-coder, decodeBytes"],
  inputs: () => [symbols(1_000_000)],
  contestants: [
    inNode({ name: "encode", ours: true }, ours, "there"),
    inNode({ name: "decode", ours: true }, ours, "back"),
    inNode({ name: "@thi.ng/range-coder, encodeBytes", ours: false }, rangeCoder, "there"),
    inNode({ name: "@thi.ng/range-coder, decodeBytes", ours: false }, rangeCoder, "back"),
  ],
  notes: [
    "1 million bytes in 50 ms are 20 MB/s.",
    "The range coder learns the law of the bytes as it goes; ours is given a density, and makes a table of it in each pass.",
    "Outputs are the checksum of what comes back.",
  ],
};
