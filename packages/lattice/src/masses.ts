import { type AlphaOptions, checked, edgeScores, type Lattice } from "./lattice.ts";

/**
 * log(e^a + e^b) without overflow; −∞ stands for an empty sum.
 */
export function logAddExp(a: number, b: number): number {
  const high = a > b ? a : b;
  const low = a > b ? b : a;
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}

/**
 * Log of the total mass of all partial paths from node 0 to each node:
 * A[e] = log Σ exp(A[s] + alpha · score) over the edges (s, e), A[0] = 0; −∞ where no path leads.
 *
 * @returns `length + 1` log-masses; the last is the log-partition.
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges). 科学空间 9811, the recursion of Z.
 */
export function forwardMasses(lattice: Lattice, options?: AlphaOptions): Float64Array {
  const alpha = checked(lattice, options);
  return forward(lattice, edgeScores(lattice, alpha));
}

/**
 * Log of the total mass of all partial paths from each node to the last one:
 * B[s] = log Σ exp(alpha · score + B[e]) over the edges (s, e), B[length] = 0; −∞ where no path leads.
 *
 * @returns `length + 1` log-masses; the first is the log-partition.
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges).
 */
export function backwardMasses(lattice: Lattice, options?: AlphaOptions): Float64Array {
  const alpha = checked(lattice, options);
  return backward(lattice, edgeScores(lattice, alpha));
}

/** {@link forwardMasses} of checked input, over edge scores already multiplied by alpha. */
export function forward(lattice: Lattice, scores: Float64Array): Float64Array {
  const { length, rowStart, end } = lattice;
  const mass = new Float64Array(length + 1).fill(-Infinity);
  mass[0] = 0;
  for (let s = 0; s < length; s++) {
    const here = mass[s]!;
    if (here === -Infinity) continue;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      mass[to] = logAddExp(mass[to]!, here + scores[e]!);
    }
  }
  return mass;
}

/** {@link backwardMasses} of checked input, over edge scores already multiplied by alpha. */
export function backward(lattice: Lattice, scores: Float64Array): Float64Array {
  const { length, rowStart, end } = lattice;
  const mass = new Float64Array(length + 1).fill(-Infinity);
  mass[length] = 0;
  for (let s = length - 1; s >= 0; s--) {
    let sum = -Infinity;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const after = mass[end[e]!]!;
      if (after !== -Infinity) sum = logAddExp(sum, scores[e]! + after);
    }
    mass[s] = sum;
  }
  return mass;
}
