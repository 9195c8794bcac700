import { LatticeError } from "./lattice-error.ts";
import { checked, type Lattice, trustLattice } from "./lattice.ts";

/** What {@link constrain} asks of a path. All of it must hold. */
export interface Constraints {
  /** Nodes that every path must visit: a piece ends and another begins there. */
  readonly cuts?: Iterable<number>;
  /** Nodes that no path may visit. The first and the last cannot be among them. */
  readonly noCuts?: Iterable<number>;
  /** Which edges may be used, by index; all, if left out. */
  readonly allow?: (edge: number) => boolean;
}

/**
 * The lattice of those paths alone that meet some constraints, with the law's proportions as they were: a law
 * conditioned on the constraints. Every algorithm works on it; whether a path is left at all, `countPaths` and
 * `logPartition` tell.
 *
 * To force a piece from node a to node b, cut at both and allow no other edge in between.
 *
 * @throws {@link LatticeError} `lattice`; `argument` for a node that is not in the lattice (at: node).
 * @remarks O(length + edges). Nodes keep their numbers, edges do not.
 */
export function constrain<L extends Lattice>(lattice: L, constraints: Constraints): L {
  checked(lattice);
  const { length, rowStart, end, label, score } = lattice;
  const { cuts = [], noCuts = [], allow = () => true } = constraints ?? {};
  for (const nodes of [cuts, noCuts])
    if (typeof nodes?.[Symbol.iterator] !== "function")
      throw new LatticeError("argument", "cuts and noCuts must be lists of nodes");
  const forbidden = new Uint8Array(length + 1);
  for (const node of noCuts) {
    requireNode(node, length);
    if (node === 0 || node === length)
      throw new LatticeError("argument", `every path visits node ${node}: it cannot be forbidden`, node);
    forbidden[node] = 1;
  }
  // nextCut[s]: the first node after s that must be visited; no edge from s may lead beyond it.
  const nextCut = new Int32Array(length + 1).fill(length);
  const forced = new Uint8Array(length + 1);
  for (const node of cuts) {
    requireNode(node, length);
    forced[node] = 1;
  }
  for (let s = length - 1; s >= 0; s--) nextCut[s] = forced[s + 1] === 1 ? s + 1 : nextCut[s + 1]!;

  const kept: number[] = [];
  const keptStart = new Int32Array(length + 1);
  for (let s = 0; s < length; s++) {
    if (forbidden[s] === 0)
      for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++)
        if (end[e]! <= nextCut[s]! && forbidden[end[e]!] === 0 && allow(e)) kept.push(e);
    keptStart[s + 1] = kept.length;
  }
  const constrained: L = {
    ...lattice,
    rowStart: keptStart,
    end: Int32Array.from(kept, (e) => end[e]!),
    label: Int32Array.from(kept, (e) => label[e]!),
    ...(score === undefined ? {} : { score: Float64Array.from(kept, (e) => score[e]!) }),
  };
  trustLattice(constrained);
  return constrained;
}

function requireNode(node: number, length: number): void {
  if (!Number.isInteger(node) || node < 0 || node > length)
    throw new LatticeError(
      "argument",
      `${node} is not a node of the lattice; they go from 0 to ${length}`,
      node,
    );
}
