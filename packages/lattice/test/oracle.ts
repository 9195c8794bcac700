// What the algorithms are held against: every path of a small lattice, one by one.
import fc from "fast-check";
import { buildLattice, type Edge, type Lattice } from "../src/index.ts";

export interface ListedPath {
  readonly edges: number[];
  readonly score: number;
}

/** All paths by depth-first enumeration. */
export function enumeratePaths(lattice: Lattice): ListedPath[] {
  const { length, rowStart, end, label, labelScore, score } = lattice;
  const found: ListedPath[] = [];
  const walk = (node: number, edges: number[], sum: number): void => {
    if (node === length) found.push({ edges, score: sum });
    else
      for (let e = rowStart[node]!; e < rowStart[node + 1]!; e++)
        walk(end[e]!, [...edges, e], sum + (score === undefined ? labelScore[label[e]!]! : score[e]!));
  };
  walk(0, [], 0);
  return found;
}

/** log Σ exp(x), by the largest. */
export function logSumExp(values: readonly number[]): number {
  const high = Math.max(...values);
  return high === -Infinity
    ? high
    : high + Math.log(values.reduce((sum, value) => sum + Math.exp(value - high), 0));
}

/** Small lattices of every shape: nodes without edges, parallel edges, no path at all, equal scores. */
export const anyLattice: fc.Arbitrary<Lattice> = fc.integer({ min: 0, max: 7 }).chain((length) => {
  const score = fc.oneof(fc.double({ min: -12, max: 3, noNaN: true }), fc.integer({ min: -2, max: 0 }));
  const edge: fc.Arbitrary<Edge> = fc
    .tuple(fc.nat(Math.max(0, length - 1)), fc.integer({ min: 1, max: 4 }), score, fc.nat(5))
    .map(([start, span, value, label]) => ({
      start,
      end: Math.min(start + span, length),
      score: value,
      label,
    }));
  return fc.array(edge, { maxLength: length === 0 ? 0 : 18 }).map((edges) => buildLattice({ length, edges }));
});

/** Those with at least one path. */
export const anyPassableLattice: fc.Arbitrary<Lattice> = anyLattice.filter(
  (lattice) => enumeratePaths(lattice).length > 0,
);

export const anyAlpha: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 0.1, 1, 10, -1),
  fc.double({ min: -3, max: 8, noNaN: true }),
);
