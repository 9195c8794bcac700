import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { buildLattice, type Edge, type Lattice, logPartition } from "../src/index.ts";
import { plainMarginals } from "../src/marginals.ts";
import { logOf } from "../src/masses.ts";
import { sweepsFor } from "../src/sweeps.ts";
import { weightsOf } from "../src/weights.ts";

/** How the kernel was asked, and what it gave; undefined where it left the lattice to the plain sweeps. */
function byKernel(
  lattice: Lattice,
  alpha: number,
): { edge: Float64Array; node: Float64Array; logZ: number } | undefined {
  const weights = weightsOf(lattice, alpha);
  const sweeps = sweepsFor(lattice, weights);
  const mass = sweeps?.mass(lattice, weights);
  const buffer = mass === undefined || mass.mantissa === 0 ? undefined : sweeps!.marginals(lattice);
  if (buffer === undefined) return undefined;
  const edge = new Float64Array(buffer, 0, lattice.end.length);
  return {
    edge,
    node: new Float64Array(buffer, edge.byteLength),
    logZ: logOf(mass!.mantissa, mass!.exponent),
  };
}

/** Long thin lattices whose masses rise and fall far beyond float64, with ways that lead nowhere. */
function lattices(highest: number): fc.Arbitrary<Lattice> {
  return fc
    .record({
      length: fc.integer({ min: 1, max: 120 }),
      spans: fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 2, max: 9 })), { maxLength: 120 }),
      scores: fc.array(fc.double({ min: -highest, max: highest, noNaN: true }), {
        minLength: 1,
        maxLength: 9,
      }),
      trend: fc.double({ min: -highest, max: highest, noNaN: true }),
      gaps: fc.uniqueArray(fc.nat(119), { maxLength: 3 }),
    })
    .map(({ length, spans, scores, trend, gaps }) => {
      const edges: Edge[] = [];
      const add = (start: number, end: number): void => {
        const score = Math.max(-highest, Math.min(highest, trend + scores[edges.length % scores.length]!));
        if (end <= length) edges.push({ start, end, score });
      };
      for (let node = 0; node < length; node++) if (!gaps.includes(node)) add(node, node + 1);
      for (const [start, span] of spans) if (start < length) add(start, start + span);
      return buildLattice({ length, edges });
    });
}

describe("the kernel's sweeps give what the plain ones give", () => {
  const compare = (lattice: Lattice): boolean => {
    const got = byKernel(lattice, 1);
    if (got === undefined) return false;
    const want = plainMarginals(lattice, weightsOf(lattice, 1));
    expect(Math.abs(got.logZ - want.logPartition)).toBeLessThanOrEqual(
      1e-12 * Math.max(1, Math.abs(want.logPartition)),
    );
    for (const key of ["edge", "node"] as const)
      got[key].forEach((p, i) => expect(Math.abs(p - want[key][i]!)).toBeLessThanOrEqual(1e-12));
    return true;
  };

  test("on all lattices of ordinary scores that have a path, none left out", () => {
    fc.assert(
      fc.property(lattices(20), (lattice) => {
        const passable = weightedMass(lattice) > -Infinity;
        expect(compare(lattice)).toBe(passable);
      }),
      { numRuns: 300 },
    );
  });

  test("on those of extreme scores that it takes", () => {
    let taken = 0;
    fc.assert(
      fc.property(lattices(88), (lattice) => {
        if (compare(lattice)) taken++;
      }),
      { numRuns: 600, seed: 7 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  test("and where the machine has no memory for one, it is left to those", () => {
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("no memory");
    });
    const length = 1 << 16;
    const edges = Array.from({ length }, (_, start) => ({ start, end: start + 1, score: -1 }));
    expect(logPartition(buildLattice({ length, edges }))).toBeCloseTo(-length, 6);
    expect(grow).toHaveBeenCalledTimes(1);
    grow.mockRestore();
  });

  test("and a lattice too long to be kept in its memory is left to those", () => {
    const length = 1 << 18;
    const edges = Array.from({ length }, (_, start) => ({ start, end: start + 1, score: -1 }));
    const lattice = buildLattice({ length, edges });
    expect(sweepsFor(lattice, weightsOf(lattice, 1))).toBeUndefined();
  });
});

/** log Z by the plain sweep; −∞ for no path. */
function weightedMass(lattice: Lattice): number {
  try {
    return plainMarginals(lattice, weightsOf(lattice, 1)).logPartition;
  } catch {
    return -Infinity;
  }
}
