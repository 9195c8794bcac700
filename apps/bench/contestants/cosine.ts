// Cosines of pairs of float32 vectors, which lie one after the other in the input's file.
import { cosine as plainCosine, CosineSketch, groupedCosine as plainGrouped } from "@lemmata/metrics";
import {
  cosine as kernelCosine,
  groupedCosine as kernelGrouped,
  residentVectors,
} from "@lemmata/metrics/kernel";
import manifest from "@lemmata/metrics/package.json" with { type: "json" };
import type { Prepare, Task, Work } from "../src/task.ts";

export type Pair = readonly [x: Float32Array, y: Float32Array];

/** The pairs of vectors of an input: one for each line, x and y of each in turn. */
export function pairsOf({ model, lines }: Work): Pair[] {
  const all = new Float32Array(model.slice().buffer);
  const length = all.length / lines.length / 2;
  return lines.map((_, i) => [
    all.subarray(2 * i * length, (2 * i + 1) * length),
    all.subarray((2 * i + 1) * length, (2 * i + 2) * length),
  ]);
}

/** The task of computing the cosine of each pair. */
export function cosineTask(
  pairs: readonly Pair[],
  cosine: (x: Float32Array, y: Float32Array) => number,
  versions: Task["versions"],
): Task {
  return {
    versions,
    run() {
      let sum = 0;
      for (const [x, y] of pairs) sum += cosine(x, y);
      return sum;
    },
    output: () => pairs.map(([x, y]) => String(cosine(x, y))),
  };
}

const ours = { "@lemmata/metrics": manifest.version };

export const exact: Prepare = (work) =>
  cosineTask(pairsOf(work), (x, y) => new CosineSketch().add(x, y).finish().cosine!, ours);

export const plain: Prepare = (work) => cosineTask(pairsOf(work), plainCosine, ours);

export const kernel: Prepare = (work) => cosineTask(pairsOf(work), kernelCosine, ours);

export const resident: Prepare = (work) => cosineTask(residentPairsOf(work), kernelCosine, ours);

/** Blocks of 50,000 entries, and of what is left: the parameters of a model. */
function grouped(groupedCosine: typeof plainGrouped): (x: Float32Array, y: Float32Array) => number {
  return (x, y) => {
    const sizes = Array.from({ length: Math.ceil(x.length / BLOCK) }, (_, i) =>
      Math.min(BLOCK, x.length - i * BLOCK),
    );
    return groupedCosine(x, y, sizes).cosine;
  };
}
const BLOCK = 50_000;

export const plainGroups: Prepare = (work) => cosineTask(pairsOf(work), grouped(plainGrouped), ours);

export const kernelGroups: Prepare = (work) => cosineTask(pairsOf(work), grouped(kernelGrouped), ours);

export const residentGroups: Prepare = (work) =>
  cosineTask(residentPairsOf(work), grouped(kernelGrouped), ours);

function residentPairsOf(work: Work): Pair[] {
  const pairs = pairsOf(work);
  const vectors = residentVectors(...pairs.flatMap(([x, y]) => [x.length, y.length]));
  return pairs.map(([x, y], i): Pair => {
    const [a, b] = [vectors[2 * i]!, vectors[2 * i + 1]!];
    a.set(x);
    b.set(y);
    return [a, b];
  });
}

/** What one would write oneself. */
export const loop: Prepare = (work) =>
  cosineTask(
    pairsOf(work),
    (x, y) => {
      let dot = 0;
      let xx = 0;
      let yy = 0;
      for (let i = 0; i < x.length; i++) {
        const a = x[i]!;
        const b = y[i]!;
        dot += a * b;
        xx += a * a;
        yy += b * b;
      }
      return dot / Math.sqrt(xx * yy);
    },
    {},
  );
