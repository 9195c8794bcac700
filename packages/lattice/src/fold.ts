import { type AlphaOptions, checked, edgeScores, type Lattice } from "./lattice.ts";
import { LatticeError } from "./lattice-error.ts";
import { logAddExp } from "./masses.ts";

/**
 * How to put paths together: `times` goes along a path, `plus` over alternatives, both associative, `times`
 * distributing over `plus`; `zero` is the empty sum (no path), `one` the empty path.
 */
export interface Semiring<T> {
  readonly zero: T;
  readonly one: T;
  plus(a: T, b: T): T;
  times(a: T, b: T): T;
  /** The value of an edge, from alpha · score and its index. */
  edge(score: number, edge: number): T;
}

/** The best score: (max, +). */
export const maxPlus: Semiring<number> = {
  zero: -Infinity,
  one: 0,
  plus: Math.max,
  times: (a, b) => a + b,
  edge: (score) => score,
};

/** The log-partition: (log-sum-exp, +). */
export const logSum: Semiring<number> = { ...maxPlus, plus: logAddExp };

/** The number of paths, as a bigint: (+, ×). */
export const counting: Semiring<bigint> = {
  zero: 0n,
  one: 1n,
  plus: (a, b) => a + b,
  times: (a, b) => a * b,
  edge: () => 1n,
};

/** A log-mass, and the mean over it of some value that adds up along a path. */
export interface MassAndMean {
  readonly logMass: number;
  readonly mean: number;
}

/**
 * The expectation semiring, for a value of each edge that adds up along a path. Its elements are a log-mass and the
 * mean of the value over it, rather than mass and mass × mean, so that long texts cannot overflow.
 *
 * @remarks Eisner 2002, *Parameter estimation for probabilistic finite-state transducers*.
 */
export function expectationSemiring(value: (edge: number) => number): Semiring<MassAndMean> {
  return {
    zero: { logMass: -Infinity, mean: 0 },
    one: { logMass: 0, mean: 0 },
    plus: (a, b) => {
      const logMass = logAddExp(a.logMass, b.logMass);
      if (logMass === -Infinity) return { logMass, mean: 0 };
      return { logMass, mean: a.mean + (b.mean - a.mean) * Math.exp(b.logMass - logMass) };
    },
    times: (a, b) => ({ logMass: a.logMass + b.logMass, mean: a.mean + b.mean }),
    edge: (score, e) => ({ logMass: score, mean: value(e) }),
  };
}

/**
 * Sums a semiring over all paths: ⊕ over paths of ⊗ over their edges. Whatever adds up over paths and multiplies along
 * them is a fold: `fold(lattice, logSum)` is the log-partition, `fold(lattice, counting)` the number of paths.
 *
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length + edges) operations of the semiring. Goodman 1999, *Semiring parsing*.
 */
export function fold<T>(lattice: Lattice, semiring: Semiring<T>, options?: AlphaOptions): T {
  if (
    typeof semiring?.plus !== "function" ||
    typeof semiring.times !== "function" ||
    typeof semiring.edge !== "function"
  )
    throw new LatticeError("argument", "semiring must have plus, times and edge");
  const scores = edgeScores(lattice, checked(lattice, options));
  const { length, rowStart, end } = lattice;
  const total: T[] = Array.from({ length: length + 1 }, () => semiring.zero);
  total[0] = semiring.one;
  for (let s = 0; s < length; s++) {
    const here = total[s]!;
    for (let e = rowStart[s]!, stop = rowStart[s + 1]!; e < stop; e++) {
      const to = end[e]!;
      total[to] = semiring.plus(total[to]!, semiring.times(here, semiring.edge(scores[e]!, e)));
    }
    // No later edge comes back here: what the semiring made of this node may go.
    total[s] = semiring.zero;
  }
  return total[length]!;
}

/**
 * {@link fold} by the number of pieces: entry k sums the paths of exactly k edges, from 0 to the longest path there is.
 *
 * With `counting` it gives how many segmentations have k pieces; with `logSum`, less the log-partition, the log of the
 * probability of k pieces; with `maxPlus` the best score that k pieces can have.
 *
 * @throws {@link LatticeError} `lattice`, `argument`.
 * @remarks O(length · edges) operations in the worst case: for words and sentences, not for books.
 */
export function foldByPieces<T>(lattice: Lattice, semiring: Semiring<T>, options?: AlphaOptions): T[] {
  const byPieces: Semiring<readonly T[]> = {
    zero: [],
    one: [semiring.one],
    plus: (a, b) =>
      Array.from({ length: Math.max(a.length, b.length) }, (_, k) =>
        semiring.plus(a[k] ?? semiring.zero, b[k] ?? semiring.zero),
      ),
    // The right factor is always an edge, of one piece.
    times: (a, b) =>
      a.length === 0 ? a : [semiring.zero, ...a.map((value) => semiring.times(value, b[1]!))],
    edge: (score, e) => [semiring.zero, semiring.edge(score, e)],
  };
  return [...fold(lattice, byPieces, options)];
}
