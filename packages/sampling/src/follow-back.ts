import { type Lattice, LatticeError, type Path } from "@lemmata/lattice";
import { SamplingError } from "./sampling-error.ts";

/**
 * The path that a sweep has left behind: `kept` holds the edge into each node, `from` its start, −1 for a node that
 * no edge has reached.
 */
export function followBack<L extends Lattice>(lattice: L, kept: Int32Array, from: Int32Array): Path<L> {
  const { length } = lattice;
  if (length > 0 && from[length]! < 0) throw noPath(length);
  let count = 0;
  for (let node = length; node > 0; node = from[node]!) count++;
  const edges = new Int32Array(count);
  for (let node = length; node > 0; node = from[node]!) edges[--count] = kept[node]!;
  return { lattice, edges, score: pathScore(lattice, edges) };
}

/** Sum of the log-scores of some edges. */
export function pathScore(lattice: Lattice, edges: Int32Array): number {
  const { label, labelScore, score } = lattice;
  let sum = 0;
  for (const e of edges) sum += score === undefined ? labelScore[label[e]!]! : score[e]!;
  return sum;
}

/** What `find` finds, with an error of this package where `@lemmata/lattice` finds no path. */
export function pathFrom<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof LatticeError && error.code === "no-path")
      throw new SamplingError("no-path", error.message);
    throw error;
  }
}

export function noPath(length: number): SamplingError {
  return new SamplingError("no-path", `no path leads from node 0 to node ${length}`);
}
