import { checked, type Lattice } from "./lattice.ts";
import { logPartition } from "./marginals.ts";

/**
 * Number of paths from the first node to the last, exactly: the number of segmentations of the text.
 *
 * @throws {@link LatticeError} `lattice`.
 * @remarks O(length + edges) additions of integers as long as the answer, which grows by up to a few bits a node.
 */
export function countPaths(lattice: Lattice): bigint {
  checked(lattice);
  const { length, rowStart, end } = lattice;
  const ways = Array.from<bigint>({ length: length + 1 }).fill(0n);
  ways[0] = 1n;
  for (let s = 0; s < length; s++) {
    const here = ways[s]!;
    if (here === 0n) continue;
    // No later edge comes back to s: letting its integer go keeps only those of the live nodes in memory.
    ways[s] = 0n;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) ways[end[e]!] = ways[end[e]!]! + here;
  }
  return ways[length]!;
}

/**
 * Log of the number of paths, for texts so long that the number itself is too large to be of use; −∞ for none.
 *
 * @throws {@link LatticeError} `lattice`.
 * @remarks O(length + edges) in float64: log Z at alpha 0.
 */
export function logCountPaths(lattice: Lattice): number {
  return logPartition(lattice, { alpha: 0 });
}
