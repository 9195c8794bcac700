// simsimd, native code for the instructions that the machine has.
import { cosineTask, pairsOf } from "../contestants/cosine.ts";
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const simsimd = await installed<{ cosine(x: Float32Array, y: Float32Array): number }>("simsimd");

// It gives the distance, 1 − cosine.
export const cosine: Prepare = (work) =>
  cosineTask(pairsOf(work), (x, y) => 1 - simsimd.cosine(x, y), versionOf("simsimd"));
