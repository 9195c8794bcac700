import {
  constrain,
  countPaths,
  emit,
  encodeIds,
  entropy,
  type Lattice,
  latticeOf,
  logPartition,
  type Model,
  nbest,
  type Path,
  viterbi,
} from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { type ModelName, modelBytes, textLines, type TextName } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import {
  antitheticPair,
  coupledSamples,
  createRng,
  givenPrefix,
  nbestSampler,
  perfectSample,
  perfectSampler,
  type Rng,
  sampleEncode,
  sampleGivenPieces,
  sampleWithoutReplacement,
  viterbiSample,
  viterbiSampleDistribution,
} from "../src/index.ts";
import { countDraws, given, gTest, lawOf, lawOfScores, pathsOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;
const DRAWS = 3000;
const ALPHAS = [0, 0.1, 0.2, 0.5, 1, 2, 10];

/** A model, a word of thousands of segmentations or so long a clause, how many it has, and a book. */
const words: [ModelName, string, bigint, TextName][] = [
  ["trained_en_8000", "internationalization", 9841n, "botchan"],
  ["trained_zh_8000", "却说袁绍输了一阵，坚守不出。两军相拒月余，有人来长安报知", 2880n, "sanguo_40"],
  ["spm_test_ja_model", "第一日記などという無用のものは決してつけない", 2016n, "wagahaiwa_nekodearu"],
];

type Draw = () => Path;
/** Every sampler of the law over all paths. */
const samplers: [string, (lattice: Lattice, alpha: number, rng: Rng) => Draw][] = [
  ["perfectSample", (lattice, alpha, rng) => () => perfectSample(lattice, { alpha, rng })],
  [
    "perfectSampler",
    (lattice, alpha, rng) => {
      const sampler = perfectSampler(lattice, { alpha, rng });
      return () => sampler.sample();
    },
  ],
  ["nbestSampler of all", (lattice, alpha, rng) => nbestSampler(lattice, 99_999, { alpha, rng })],
  [
    "sampleWithoutReplacement, the first",
    (lattice, alpha, rng) => () => sampleWithoutReplacement(lattice, 1, { alpha, rng })[0]!,
  ],
  ["coupledSamples", (lattice, alpha, rng) => () => coupledSamples(lattice, [1, alpha], { rng })[1]!],
  [
    "antitheticPair, the second",
    (lattice, alpha, rng) => {
      const sampler = perfectSampler(lattice, { alpha });
      return () => antitheticPair(sampler, rng)[1];
    },
  ],
];

describe.each(words)("on %s, %s", (name, word, count, book) => {
  const model: Model = readSentencePiece(modelBytes(name));
  const lattice = latticeOf(model, word);
  const scores = pathsOf(lattice);
  const laws = new Map(ALPHAS.map((alpha) => [alpha, lawOfScores(scores, alpha)]));
  const viaEdges = (path: string): number[] => path.split(",").map(Number);

  test("there are as many segmentations as are counted", () => {
    expect(BigInt(scores.size)).toBe(count);
    expect(countPaths(lattice)).toBe(count);
  });

  describe.each(samplers)("%s passes a G-test against enumeration", (_, sampler) => {
    test.each(ALPHAS)("alpha = %s", (alpha) => {
      const draw = sampler(lattice, alpha, createRng(17));
      expect(gTest(countDraws(DRAWS, draw), laws.get(alpha)!)).toBeGreaterThan(FALSE_ALARM);
    });
  });

  test.each(ALPHAS)("so does sampleEncode, in ids, alpha = %s", (alpha) => {
    const idsOf = (path: string): string =>
      emit(model, { lattice, edges: Int32Array.from(viaEdges(path)), score: 0 }).ids.join();
    const law = new Map([...laws.get(alpha)!].map(([path, p]) => [idsOf(path), p]));
    expect(law.size).toBe(scores.size);
    const rng = createRng(19);
    const draws = countDraws(DRAWS, () => ({ edges: sampleEncode(model, word, { alpha, rng }) }));
    expect(gTest(draws, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test.each(ALPHAS)("so do draws under conditions: pieces, a beginning, a cut, alpha = %s", (alpha) => {
    const law = laws.get(alpha)!;
    const rng = createRng(23);
    const best = viterbi(lattice).edges;
    const pieces = best.length + 2;
    const ofPieces = given(law, (path) => viaEdges(path).length === pieces);
    expect(
      gTest(
        countDraws(1000, () => sampleGivenPieces(lattice, pieces, { alpha, rng })),
        ofPieces,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
    const second = lattice.end[best[0]!]!;
    for (const [conditioned, holds] of [
      [
        givenPrefix(lattice, { edges: best.subarray(0, 1) }),
        (path: string) => viaEdges(path)[0] === best[0]!,
      ],
      [
        constrain(lattice, { cuts: [second] }),
        (path: string) => viaEdges(path).some((e) => lattice.end[e] === second),
      ],
    ] as const) {
      // The edges of a conditioned lattice have other numbers: paths are told apart by the nodes that they visit.
      const nodes = (over: Lattice, edges: Iterable<number>): string =>
        Array.from(edges, (e) => over.end[e]).join();
      const byNodes = new Map([...given(law, holds)].map(([path, p]) => [nodes(lattice, viaEdges(path)), p]));
      const sampler = perfectSampler(conditioned, { alpha, rng });
      const counts = new Map<string, number>();
      for (const drawn of sampler.draw(DRAWS)) {
        const visited = nodes(conditioned, drawn.edges);
        counts.set(visited, (counts.get(visited) ?? 0) + 1);
        expect(Math.abs(Math.exp(drawn.logProbability) - byNodes.get(visited)!)).toBeLessThan(1e-12);
      }
      expect(gTest(counts, byNodes)).toBeGreaterThan(FALSE_ALARM);
    }
  });

  test.each(ALPHAS)(
    "the probabilities that paths carry are those of enumeration to 1e-12, alpha = %s",
    (alpha) => {
      const law = laws.get(alpha)!;
      const sampler = perfectSampler(lattice, { alpha, rng: createRng(29) });
      const drawn = [
        ...sampler.draw(500),
        ...sampleWithoutReplacement(lattice, 500, { alpha, rng: createRng(31) }),
      ];
      for (let i = 0; i < 50; i++) drawn.push(perfectSample(lattice, { alpha, rng: createRng(i) }));
      for (const { edges, logProbability } of drawn)
        expect(Math.abs(Math.exp(logProbability) - law.get(edges.join())!)).toBeLessThan(1e-12);
    },
  );

  test("sampleEncode draws what perfectSampler draws from the same numbers, on real lines", () => {
    for (const line of textLines(book).slice(50, 150)) {
      const sampler = perfectSampler(latticeOf(model, line), { alpha: 0.3, rng: createRng(4) });
      const ids = sampleEncode(model, line, { alpha: 0.3, rng: createRng(4) });
      expect(ids).toEqual(emit(model, sampler.sample()).ids);
    }
  });

  test("at alpha = ∞ it gives the best path, with the choice of viterbi where there are equals", () => {
    for (const line of textLines(book).slice(50, 250)) {
      const ids = sampleEncode(model, line, { alpha: Infinity });
      expect(ids).toEqual(emit(model, viterbi(latticeOf(model, line))).ids);
    }
    expect(encodeIds(model, word, { ties: "exact" })).toEqual(sampleEncode(model, word, { alpha: Infinity }));
  });

  test("the earlier method fails at alpha 0.1", () => {
    const rng = createRng(17);
    expect(
      gTest(
        countDraws(10_000, () => viterbiSample(lattice, { alpha: 0.1, rng })),
        laws.get(0.1)!,
      ),
    ).toBeLessThan(FALSE_ALARM);
  });

  test("exact probabilities add up over the n-best list, and give the entropy", () => {
    const alpha = 0.5;
    const logZ = logPartition(lattice, { alpha });
    const logs = nbest(lattice, Number(count)).map(({ score }) => alpha * score - logZ);
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
    expect(logs.reduce((sum, log) => sum - log * Math.exp(log), 0)).toBeCloseTo(
      entropy(lattice, { alpha }),
      10,
    );
    expect(perfectSampler(lattice, { alpha }).logPartition).toBeCloseTo(logZ, 12);
  });
});

test.each(ALPHAS)("viterbiSample has its own exact law on real words: G-tests, alpha = %s", (alpha) => {
  const model = readSentencePiece(modelBytes("trained_en_8000"));
  const rng = createRng(37);
  for (const word of ["teacher", "watching"]) {
    const lattice = latticeOf(model, word);
    const law = viterbiSampleDistribution(lattice, { alpha });
    expect(law.length).toBeGreaterThan(alpha < 10 ? 50 : 0);
    const byEdges = new Map(law.map(({ edges, probability }) => [edges.join(), probability]));
    expect(
      gTest(
        countDraws(DRAWS, () => viterbiSample(lattice, { alpha, rng })),
        byEdges,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
    expect(lawOf(lattice, alpha).size).toBeGreaterThanOrEqual(law.length);
  }
});
