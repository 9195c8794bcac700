import { buildLattice, type Lattice, latticeOf, modelFromPieces } from "@lemmata/lattice";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRng, perfectSample, perfectSampler, type RandomSource, viterbiSample } from "../src/index.ts";
import { codeOf, countDraws, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests below cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;
const DRAWS = 40_000;

const watching = (scores: Record<string, number>): Lattice => latticeOf(modelFromPieces(scores), "watching");
const equal = watching({ watch: -1, ing: -1, wat: -1, ching: -1, w: -1, atching: -1 });
const distinct = watching({ w: -1, atching: 0, wat: -1.1, ching: 0, watch: -1.2, ing: 0 });
/** In the order of arrival: w|atching, wat|ching, watch|ing. */
const shares = (lattice: Lattice, draw: () => { readonly edges: Int32Array }): number[] => {
  const counts = countDraws(DRAWS, draw);
  return [...lawOf(lattice, 1).keys()].map((path) => (counts.get(path) ?? 0) / DRAWS);
};
const near = (got: readonly number[], want: readonly number[]): void => {
  // Five standard deviations of a share of 40,000 draws.
  got.forEach((share, i) => expect(Math.abs(share - want[i]!)).toBeLessThan(5 * Math.sqrt(0.25 / DRAWS)));
};

const methods: [
  string,
  (lattice: Lattice, alpha: number, rng: RandomSource) => () => { readonly edges: Int32Array },
][] = [
  ["perfectSample", (lattice, alpha, rng) => () => perfectSample(lattice, { alpha, rng })],
  [
    "perfectSampler",
    (lattice, alpha, rng) => {
      const sampler = perfectSampler(lattice, { alpha, rng });
      return () => sampler.sample();
    },
  ],
];

describe.each(methods)("%s draws from the exact law", (_, method) => {
  test("of the article's example: a third each where scores are equal", () => {
    near(shares(equal, method(equal, 1, createRng(1))), [1 / 3, 1 / 3, 1 / 3]);
  });

  test.each([0.1, 1, 10])("of the example with distinct scores, alpha = %s", (alpha) => {
    const law = lawOf(distinct, alpha);
    expect(gTest(countDraws(DRAWS, method(distinct, alpha, createRng(2))), law)).toBeGreaterThan(FALSE_ALARM);
    near(shares(distinct, method(distinct, alpha, createRng(3))), [...law.values()]);
  });

  test("of lattices of every shape", () => {
    const edge = fc.record({
      start: fc.nat(5),
      span: fc.integer({ min: 1, max: 3 }),
      score: fc.double({ min: -4, max: 1, noNaN: true }),
    });
    const lattices = fc
      .array(edge, { minLength: 6, maxLength: 16 })
      .map((edges) =>
        buildLattice({
          length: 6,
          edges: edges.map(({ start, span, score }) => ({ start, end: Math.min(6, start + span), score })),
        }),
      )
      .filter((lattice) => lawOf(lattice, 1).size > 1);
    fc.assert(
      fc.property(lattices, fc.constantFrom(-1, 0, 0.5, 1, 3), fc.nat(), (lattice, alpha, seed) => {
        const draws = countDraws(4000, method(lattice, alpha, createRng(seed)));
        expect(gTest(draws, lawOf(lattice, alpha))).toBeGreaterThan(FALSE_ALARM);
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe("viterbiSample has the law of the earlier method", () => {
  test("¼, ¼, ½ in order of arrival where scores are equal", () => {
    const rng = createRng(5);
    near(
      shares(equal, () => viterbiSample(equal, { rng })),
      [1 / 4, 1 / 4, 1 / 2],
    );
  });

  // σ(α(s2 − s1)) and so on, by hand: the values of 科学空间 9811's example in the order w|atching, wat|ching, watch|ing.
  test.each([
    [0.1, [0.253762, 0.249994, 0.496244]],
    [1, [0.288651, 0.249376, 0.461973]],
    [10, [0.643914, 0.196612, 0.159474]],
  ])("with distinct scores, alpha = %s", (alpha, want) => {
    const rng = createRng(6);
    near(
      shares(distinct, () => viterbiSample(distinct, { alpha, rng })),
      want,
    );
    expect(
      gTest(
        countDraws(DRAWS, () => viterbiSample(distinct, { alpha, rng })),
        lawOf(distinct, alpha),
      ),
    ).toBeLessThan(FALSE_ALARM);
  });
});

describe("a drawn path", () => {
  test("carries its score and its exact log-probability", () => {
    const law = lawOf(distinct, 0.5);
    const sampler = perfectSampler(distinct, { alpha: 0.5 });
    for (const path of [...sampler.draw(20), perfectSample(distinct, { alpha: 0.5 })]) {
      expect(Math.exp(path.logProbability)).toBeCloseTo(law.get(path.edges.join())!, 12);
      expect(path.lattice).toBe(distinct);
      expect(path.score).toBeCloseTo(
        [...path.edges].reduce((sum, e) => sum + distinct.labelScore[distinct.label[e]!]!, 0),
        12,
      );
    }
  });

  test("is the same for the same seed", () => {
    const once = (): string[] =>
      perfectSampler(distinct, { rng: createRng(9) })
        .draw(50)
        .map(({ edges }) => edges.join());
    expect(once()).toEqual(once());
    const single = (): string => perfectSample(distinct, { rng: createRng(9) }).edges.join();
    expect(single()).toBe(single());
  });

  test("may take a generator of its own", () => {
    const sampler = perfectSampler(equal, { rng: () => 0.999 });
    expect([...sampler.sample(() => 0).edges].map((e) => equal.end[e])).toEqual([1, 8]);
    expect([...sampler.sample().edges].map((e) => equal.end[e])).toEqual([5, 8]);
  });

  test("is empty in an empty lattice", () => {
    const empty = buildLattice({ length: 0, edges: [] });
    for (const draw of [perfectSample, viterbiSample]) expect(draw(empty).edges).toHaveLength(0);
    expect(
      perfectSampler(empty)
        .draw(2)
        .map(({ logProbability }) => logProbability),
    ).toEqual([0, 0]);
  });
});

describe("bad input", () => {
  const gap = buildLattice({ length: 2, edges: [{ start: 1, end: 2, score: 0 }] });
  const draws: [string, (lattice: Lattice, options?: { alpha?: number; rng?: RandomSource }) => unknown][] = [
    ["perfectSample", perfectSample],
    ["perfectSampler", (lattice, options) => perfectSampler(lattice, options).draw(3)],
    ["viterbiSample", viterbiSample],
  ];

  test.each(draws)("%s refuses it by code", (_, draw) => {
    expect(codeOf(() => draw(gap))).toBe("no-path");
    for (const alpha of [NaN, -Infinity, "1" as unknown as number, 1n as unknown as number])
      expect(codeOf(() => draw(equal, { alpha }))).toBe("argument");
    for (const bad of [1, NaN, -0.1, Infinity])
      expect(codeOf(() => draw(equal, { rng: () => bad }))).toBe("rng");
    expect(codeOf(() => draw(equal, { rng: 5 as unknown as RandomSource }))).toBe("argument");
    expect(codeOf(() => draw({ ...equal, end: equal.end.subarray(1) }))).toBe("lattice");
    expect(codeOf(() => draw(null as unknown as Lattice))).toBe("lattice");
  });

  test("an edge that leads nowhere is never taken", () => {
    const edges = [
      { start: 0, end: 1, score: 9 },
      { start: 0, end: 2, score: 0 },
      { start: 2, end: 3, score: 0 },
      { start: 2, end: 4, score: 9 },
    ];
    const lattice = buildLattice({
      length: 4,
      edges: [...edges.slice(0, 3), { start: 3, end: 4, score: 0 }],
    });
    for (const u of [0, 0.5, 1 - 2 ** -53])
      for (const [, draw] of methods) expect([...draw(lattice, 1, () => u)().edges]).toEqual([1, 2, 3]);
  });

  test("a sampler refuses a number of draws that is none", () => {
    const sampler = perfectSampler(equal);
    for (const k of [-1, 1.5, NaN]) expect(codeOf(() => sampler.draw(k))).toBe("argument");
    expect(sampler.draw(0)).toEqual([]);
    expect(codeOf(() => sampler.sample(() => 1))).toBe("rng");
  });
});
