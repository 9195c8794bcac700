import {
  buildLattice,
  emit,
  entropy,
  type Lattice,
  latticeOf,
  logPartition,
  modelFromPieces,
} from "@lemmata/lattice";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRng,
  givenPrefix,
  perfectSample,
  perfectSampler,
  type Prefix,
  sampleWithoutReplacement,
} from "../src/index.ts";
import { codeOf, given, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const model = modelFromPieces({
  w: -1, wa: -1.5, wat: -1.1, watch: -1.2, a: -2, at: -1.4, t: -2.2, tch: -1.3, ch: -1, c: -3, h: -3, hing: -1.2,
  ing: -0.9, in: -1.1, g: -2, i: -2.5, n: -2.5,
}); // prettier-ignore
const lattice = latticeOf(model, "watching");

/** A path by the labels and ends of its edges, which conditioning does not renumber. */
const nameOf = (over: Lattice, edges: Iterable<number>): string =>
  Array.from(edges, (e) => `${over.label[e]}>${over.end[e]}`).join();
const numbers = (path: string): number[] => path.split(",").map(Number);

describe("givenPrefix", () => {
  test("leaves the law of the rest: every beginning of every path, by edges and by labels, to 1e-12", () => {
    const alpha = 0.7;
    const law = lawOf(lattice, alpha);
    for (const path of law.keys())
      for (let n = 0; n <= numbers(path).length; n++) {
        const edges = numbers(path).slice(0, n);
        const want = given(law, (other) => edges.every((e, i) => numbers(other)[i] === e));
        const beginnings: Prefix[] = [{ edges }, { labels: edges.map((e) => lattice.label[e]!) }];
        for (const prefix of beginnings) {
          const rest = givenPrefix(lattice, prefix);
          const got = lawOf(rest, alpha);
          expect(got.size).toBe(want.size);
          const wanted = new Map([...want].map(([other, p]) => [nameOf(lattice, numbers(other)), p]));
          for (const [other, p] of got)
            expect(Math.abs(p - wanted.get(nameOf(rest, numbers(other)))!)).toBeLessThan(1e-12);
          const { edges: drawn, logProbability } = perfectSample(rest, { alpha, rng: createRng(n) });
          expect(Math.abs(Math.exp(logProbability) - wanted.get(nameOf(rest, drawn))!)).toBeLessThan(1e-12);
        }
      }
  });

  test("draws by any sampler: G-tests, and ids that begin with those given", () => {
    const ids = [...emit(model, perfectSample(lattice, { rng: () => 0.3 })).ids].slice(0, 1);
    const rest = givenPrefix(lattice, { labels: ids });
    const law = lawOf(rest, 1);
    expect(law.size).toBeGreaterThan(2);
    const rng = createRng(2);
    const counts = [new Map<string, number>(), new Map<string, number>()];
    const sampler = perfectSampler(rest, { rng });
    for (let i = 0; i < 5000; i++)
      [sampler.sample(), sampleWithoutReplacement(rest, 1, { rng })[0]!].forEach((drawn, j) => {
        counts[j]!.set(drawn.edges.join(), (counts[j]!.get(drawn.edges.join()) ?? 0) + 1);
        expect([...emit(model, drawn).ids].slice(0, 1)).toEqual(ids);
      });
    for (const count of counts) expect(gTest(count, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test("a chain of conditions is one condition, and the chain rule of entropy holds", () => {
    const first = [...Array(lattice.rowStart[1]!).keys()];
    const weights = first.map((e) =>
      Math.exp(logPartition(givenPrefix(lattice, { edges: [e] })) - logPartition(lattice)),
    );
    const outer = -weights.reduce((sum, p) => sum + p * Math.log(p), 0);
    const inner = first.reduce(
      (sum, e, i) => sum + weights[i]! * entropy(givenPrefix(lattice, { edges: [e] })),
      0,
    );
    expect(outer + inner).toBeCloseTo(entropy(lattice), 12);
    const twice = givenPrefix(givenPrefix(lattice, { edges: [0] }), { edges: [0, 1] });
    expect(lawOf(twice, 1).size).toBe(
      lawOf(givenPrefix(lattice, { edges: [0, lattice.rowStart[1]!] }), 1).size,
    );
  });

  test("of a whole path leaves that path, with probability 1", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const path = perfectSample(lattice, { rng: createRng(seed) });
        const again = perfectSample(givenPrefix(lattice, path), { alpha: -2 });
        expect(nameOf(again.lattice, again.edges)).toBe(nameOf(lattice, path.edges));
        expect(again.logProbability).toBeCloseTo(0, 12);
      }),
      { numRuns: 30 },
    );
  });

  test("refuses what no path begins with, by code", () => {
    const no: unknown[] = [
      null, undefined, 5, {}, { edges: 5 }, { edges: null }, { edges: [-1] }, { edges: [99] }, { edges: [0.5] },
      { edges: ["0"] }, { edges: [0, 0] }, { labels: [99] }, { labels: [NaN] },
      { edges: [...perfectSample(lattice).edges, 0] },
    ]; // prettier-ignore
    for (const prefix of no) expect(codeOf(() => givenPrefix(lattice, prefix as Prefix))).toBe("argument");
    expect(codeOf(() => givenPrefix(null as unknown as Lattice, { edges: [] }))).toBe("lattice");
    // Two edges of one label: the label does not tell which.
    const twins = buildLattice({ length: 2, edges: [{ start: 0, end: 1, score: 0 }, { start: 0, end: 2, score: 0 }] }); // prettier-ignore
    expect(codeOf(() => givenPrefix(twins, { labels: [0] }))).toBe("argument");
    // It begins so, and gets no further.
    expect(codeOf(() => perfectSample(givenPrefix(twins, { edges: [0] })))).toBe("no-path");
    expect(givenPrefix(buildLattice({ length: 0, edges: [] }), { edges: [] }).length).toBe(0);
  });
});
