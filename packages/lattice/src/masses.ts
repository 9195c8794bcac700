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
  return total(forward(lattice, edgeScores(lattice, alpha)));
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
  return total(backward(lattice, edgeScores(lattice, alpha)));
}

/**
 * The log-mass of each node as `whole + rest`, a whole number and what is left.
 *
 * Log-masses grow with the text, and the sweeps add small numbers to them: a single float64 would lose seven digits
 * over 100,000 characters. Whole numbers add without rounding, so the error stays that of numbers of the size of
 * `rest`.
 */
export interface Masses {
  readonly whole: Float64Array;
  /** −∞ for a node that no path joins. */
  readonly rest: Float64Array;
}

/** How large a rest may grow before its whole part moves to `whole`. */
const LARGE = 32;

/** {@link forwardMasses} of checked input, over edge scores already multiplied by alpha. */
export function forward(lattice: Lattice, scores: Float64Array): Masses {
  const { length, rowStart, end } = lattice;
  const whole = new Float64Array(length + 1);
  const rest = new Float64Array(length + 1).fill(-Infinity);
  rest[0] = 0;
  let level = 0;
  for (let s = 0; s < length; s++) {
    if (rest[s] === -Infinity) continue;
    let here = rest[s]! + (whole[s]! - level);
    if (Math.abs(here) > LARGE) {
      const step = Math.round(here);
      level += step;
      here -= step;
    }
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      rest[to] = logAddExp(rest[to]! + (whole[to]! - level), here + scores[e]!);
      whole[to] = level;
    }
  }
  return { whole, rest };
}

/** {@link backwardMasses} of checked input, over edge scores already multiplied by alpha. */
export function backward(lattice: Lattice, scores: Float64Array): Masses {
  const { length, rowStart, end } = lattice;
  const whole = new Float64Array(length + 1);
  const rest = new Float64Array(length + 1);
  let level = 0;
  for (let s = length - 1; s >= 0; s--) {
    let sum = -Infinity;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      sum = logAddExp(sum, scores[e]! + (rest[to]! + (whole[to]! - level)));
    }
    whole[s] = level;
    rest[s] = sum;
    if (sum > LARGE || (sum < -LARGE && sum !== -Infinity)) level += Math.round(sum);
  }
  return { whole, rest };
}

function total({ whole, rest }: Masses): Float64Array {
  return rest.map((value, node) => whole[node]! + value);
}
