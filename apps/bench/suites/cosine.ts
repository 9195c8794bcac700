import { numpyCosine } from "../peers/numpy.ts";
import { nearNumbers } from "../src/check.ts";
import type { Contestant, Input, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const cosine = new URL("../contestants/cosine.ts", import.meta.url);

function ours(call: string, name: string, remark?: string): Contestant {
  return inNode({ name, ours: true, ...(remark === undefined ? {} : { remark }) }, cosine, call);
}

/** Pairs of vectors that are neither alike nor orthogonal. */
function vectors(entries: number, pairs: number, name: string): Input {
  return {
    name,
    description: "Vectors of float32",
    get model(): Uint8Array {
      const value = (_: unknown, i: number): number => Math.sin(1.3 * i) + 0.7 * Math.cos(i % entries);
      return new Uint8Array(Float32Array.from({ length: 2 * entries * pairs }, value).buffer);
    },
    lines: Array.from({ length: pairs }, (_, i) => `cosine of pair ${i}`),
    extent: `${pairs.toLocaleString("en")} × 2 × ${entries.toLocaleString("en")} entries`,
  };
}

export const suite: Suite = {
  name: "cosine",
  claim:
    "The cosine of two float32 vectors, summed in float64, beside the loop that one would write and native code.",
  measure: "time",
  process: "kept",
  ratio: "times",
  baselines: ["the loop one would write", "simsimd"],
  inputs: () => [vectors(10_000_000, 1, "10 million entries"), vectors(768, 1000, "768 entries")],
  check: nearNumbers,
  contestants: [
    ours("exact", "CosineSketch", "exact sums, the reference here"),
    ours("plain", "cosine"),
    ours("kernel", "cosine of /kernel", "copied by parts"),
    ours("resident", "cosine of /kernel, residentVectors", "in place"),
    ours("plainGroups", "groupedCosine", "in blocks of 50,000"),
    ours("kernelGroups", "groupedCosine of /kernel", "in blocks of 50,000, copied by parts"),
    ours("residentGroups", "groupedCosine of /kernel, residentVectors", "in blocks of 50,000, in place"),
    { ...ours("loop", "the loop one would write"), ours: false },
    inNode({ name: "simsimd", ours: false }, new URL("../peers/simsimd.ts", import.meta.url), "cosine"),
    numpyCosine,
  ],
  notes: [
    "simsimd and numpy sum in float32, at least in part; all of ours sum in float64.",
    "The outputs of rows that are further than 1e-9 from the exact cosine count as different.",
  ],
};
