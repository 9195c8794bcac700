// What holds of every sampler alike: alpha at its ends, bad input, and lattices that are just objects of the shape.
import {
  buildLattice,
  type Lattice,
  latticeOf,
  modelFromPieces,
  nbest,
  type Path,
  viterbi,
} from "@lemmata/lattice";
import { describe, expect, test } from "vitest";
import {
  antitheticPair,
  coupledSamples,
  createRng,
  type DrawOptions,
  givenPrefix,
  nbestSample,
  nbestSampler,
  perfectSample,
  perfectSampler,
  type RandomSource,
  sampleEncode,
  sampleGivenPieces,
  sampleWithoutReplacement,
  viterbiSample,
  viterbiSampleDistribution,
} from "../src/index.ts";
import { codeOf, countDraws, given, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const model = modelFromPieces({
  a: -1, b: -1, c: -1, ab: -2, bc: -2, abc: -3.5, ca: -1.5, aa: -2.5, bca: -2, cab: -4,
}); // prettier-ignore
const text = "abcabca";
const lattice = latticeOf(model, text);

type Sampler = (over: Lattice, options?: DrawOptions) => Path;
const samplers: [string, Sampler][] = [
  ["perfectSample", perfectSample],
  ["perfectSampler", (over, options) => perfectSampler(over, options).sample()],
  ["perfectSampler.draw", (over, options) => perfectSampler(over, options).draw(2)[1]!],
  ["perfectSampler.sample(rng)", (over, options) => perfectSampler(over, { ...options, rng: () => 2 }).sample(options?.rng ?? Math.random)],
  ["viterbiSample", viterbiSample],
  ["nbestSample", (over, options) => nbestSample(over, 9, options)],
  ["nbestSampler", (over, options) => nbestSampler(over, 9, { ...options, rng: () => 2 })(options?.rng ?? Math.random)],
  ["sampleWithoutReplacement", (over, options) => sampleWithoutReplacement(over, 1, options)[0]!],
  ["sampleWithoutReplacement with the best", (over, options) => sampleWithoutReplacement(over, 1, { ...options, includeBest: true })[0]!],
  ["coupledSamples", (over, options) => coupledSamples(over, [options?.alpha ?? 1], { rng: options?.rng ?? Math.random })[0]!],
  ["antitheticPair", (over, options) => antitheticPair(perfectSampler(over, options), options?.rng)[1]],
  ["sampleGivenPieces", (over, options) => sampleGivenPieces(over, viterbi(over).edges.length, options)],
  ["givenPrefix", (over, options) => perfectSample(givenPrefix(over, { edges: [] }), options)],
]; // prettier-ignore

describe.each(samplers)("%s", (name, sampler) => {
  test("at alpha = ∞ gives the best path, whatever the numbers, and among equals viterbi's", () => {
    // abc|abca in many ways of one score, and a best path of its own.
    for (const over of [
      lattice,
      latticeOf(modelFromPieces({ a: -1, b: -1, ab: -2, ba: -2, aba: -3 }), "ababa"),
    ]) {
      const best = viterbi(over);
      for (const rng of [() => 0, () => 0.5, () => 1 - 2 ** -53]) {
        const drawn = sampler(over, { alpha: Infinity, rng });
        expect(drawn.score).toBe(best.score);
        if (name !== "sampleGivenPieces") expect([...drawn.edges]).toEqual([...best.edges]);
        if ("logProbability" in drawn) expect(drawn.logProbability).toBe(0);
      }
    }
    const gap = buildLattice({ length: 2, edges: [{ start: 1, end: 2, score: 0 }] });
    if (name !== "sampleGivenPieces") expect(codeOf(() => sampler(gap, { alpha: Infinity }))).toBe("no-path");
  });

  test("refuses an alpha that is no number above −∞, or too large", () => {
    const no: unknown[] = [NaN, -Infinity, "1", 1n, {}, 1e10, -1e308];
    for (const alpha of no)
      expect(codeOf(() => sampler(lattice, { alpha: alpha as number }))).toBe("argument");
  });

  test("refuses a generator that is none, or that returns no number in [0, 1): never a loop", () => {
    expect(codeOf(() => sampler(lattice, { rng: 5 as unknown as RandomSource }))).toBe("argument");
    for (const bad of [1, 2, -0.1, -Infinity, Infinity, NaN, "0.5", 0n, null, undefined, {}, Symbol("u")])
      expect(codeOf(() => sampler(lattice, { rng: () => bad as number }))).toBe("rng");
  });

  test("takes any generator's ends", () => {
    for (const u of [0, -0, 2 ** -1074, 1 - 2 ** -53])
      for (const alpha of [-3, 0, 0.1, 1, 50]) {
        const { edges } = sampler(lattice, { alpha, rng: () => u });
        expect(lawOf(lattice, 0).has(edges.join())).toBe(true);
      }
  });

  test("refuses what is no lattice", () => {
    if (name === "sampleGivenPieces" || name === "givenPrefix") return;
    for (const bad of [
      null,
      undefined,
      5,
      {},
      { ...lattice, end: lattice.end.subarray(1) },
      { ...lattice, length: 1e9 },
    ])
      expect(codeOf(() => sampler(bad as Lattice))).toBe("lattice");
  });

  test("takes any object of the lattice's shape, and draws from it as from the lattice's own", () => {
    const { length, rowStart, end, label, labelScore } = lattice;
    // The arrays alone, as another copy or version of lattice would give them, or a worker's message.
    const plain = structuredClone({ length, rowStart, end, label, labelScore });
    const scored = {
      ...plain,
      labelScore: new Float64Array(0),
      score: Float64Array.from(label, (id) => labelScore[id]!),
    };
    const foreign = { ...plain, isOf: "another version", bytes: "not looked at" };
    const want = sampler(lattice, { alpha: 0.5, rng: createRng(1) });
    for (const over of [plain, scored, foreign]) {
      const got = sampler(over, { alpha: 0.5, rng: createRng(1) });
      expect([...got.edges]).toEqual([...want.edges]);
      expect(got.score).toBeCloseTo(want.score, 12);
      if (name !== "givenPrefix") expect(got.lattice).toBe(over);
    }
  });
});

test.each(samplers.filter(([name]) => name !== "viterbiSample" && !name.endsWith("the best")))(
  "%s has the law ∝ exp(alpha · score) at negative alphas too: G-tests",
  (name, sampler) => {
    for (const alpha of [-2, -0.3]) {
      const rng = createRng(7);
      const pieces = viterbi(lattice).edges.length;
      let law = lawOf(lattice, alpha);
      if (name === "sampleGivenPieces") law = given(law, (path) => path.split(",").length === pieces);
      if (name.startsWith("nbest")) {
        const best = new Set(nbest(lattice, 9).map(({ edges }) => edges.join()));
        law = given(law, (path) => best.has(path));
      }
      expect(
        gTest(
          countDraws(4000, () => sampler(lattice, { alpha, rng })),
          law,
        ),
      ).toBeGreaterThan(FALSE_ALARM);
    }
  },
);

test("alpha = ∞ is the limit of large alphas, where the best path stands alone", () => {
  const single = latticeOf(modelFromPieces({ a: -1, b: -1, ab: -1.5, ba: -2.5 }), "abab");
  const best = viterbi(single).edges;
  for (const [, sampler] of samplers) {
    const rng = createRng(3);
    for (let i = 0; i < 50; i++) expect(sampler(single, { alpha: 500, rng }).edges).toEqual(best);
  }
  expect(viterbiSampleDistribution(single, { alpha: Infinity })).toEqual([{ edges: best, probability: 1 }]);
  expect(perfectSampler(single, { alpha: Infinity }).logPartition).toBeNaN();
});

test("sampleGivenPieces at alpha = ∞ gives the best path of k pieces", () => {
  for (let k = 3; k <= 7; k++) {
    const best = nbest(lattice, 99).find(({ edges }) => edges.length === k)!;
    const { edges, score, logProbability } = sampleGivenPieces(lattice, k, { alpha: Infinity, rng: () => 2 });
    expect(edges).toHaveLength(k);
    expect(score).toBe(best.score);
    expect(logProbability).toBe(0);
  }
  expect(codeOf(() => sampleGivenPieces(lattice, 1, { alpha: Infinity }))).toBe("no-path");
});

describe("sampleEncode", () => {
  test("refuses a text that the pieces do not cover, by code, at any alpha", () => {
    for (const alpha of [0, 1, -1, Infinity])
      expect(codeOf(() => sampleEncode(model, "abz", { alpha }))).toBe("no-path");
    expect(() => sampleEncode(model, 5 as unknown as string)).toThrow(/text must be a string/);
    expect(() => sampleEncode(null as unknown as typeof model, "a")).toThrow(/the model must be/);
  });

  test("refuses bad alphas and generators by code", () => {
    for (const alpha of [NaN, -Infinity, "1" as unknown as number])
      expect(codeOf(() => sampleEncode(model, text, { alpha }))).toBe("argument");
    for (const bad of [1, NaN, -0.1, "0.5", undefined])
      expect(codeOf(() => sampleEncode(model, text, { rng: () => bad as number }))).toBe("rng");
    expect(codeOf(() => sampleEncode(model, text, { rng: 5 as unknown as RandomSource }))).toBe("argument");
    expect(
      codeOf(() => sampleEncode(model, text, { alpha: Infinity, rng: 5 as unknown as RandomSource })),
    ).toBe("argument");
  });
});
