import {
  buildLattice,
  constrain,
  countPaths,
  type Lattice,
  latticeOf,
  modelFromPieces,
  nbest,
  viterbi,
} from "@lemmata/lattice";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  antitheticPair,
  coupledSamples,
  createRng,
  nbestSample,
  nbestSampler,
  perfectSampler,
  sampleGivenPieces,
  sampleWithoutReplacement,
  viterbiSample,
  viterbiSampleDistribution,
} from "../src/index.ts";
import { codeOf, countDraws, given, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const pieces = {
  w: -1,
  wa: -1.5,
  wat: -1.1,
  watch: -1.2,
  a: -2,
  at: -1.4,
  t: -2.2,
  tch: -1.3,
  ch: -1,
  c: -3,
  h: -3,
  hing: -1.2,
  ing: -0.9,
  in: -1.1,
  g: -2,
  i: -2.5,
  n: -2.5,
};
const lattice = latticeOf(modelFromPieces(pieces), "watching");
const gap = buildLattice({ length: 2, edges: [{ start: 1, end: 2, score: 0 }] });
const anyLattice: fc.Arbitrary<Lattice> = fc
  .array(
    fc.record({
      start: fc.nat(4),
      span: fc.integer({ min: 1, max: 3 }),
      score: fc.double({ min: -4, max: 1, noNaN: true }),
    }),
    { minLength: 5, maxLength: 12 },
  )
  .map((edges) =>
    buildLattice({
      length: 5,
      edges: edges.map(({ start, span, score }) => ({ start, end: Math.min(5, start + span), score })),
    }),
  )
  .filter((made) => countPaths(made) > 0n);

/**
 * The probability of each path to be among k that are drawn one after another without replacement, by all orders of
 * drawing; with a path that is there in any case, k − 1 are drawn from the others.
 */
function includedOf(law: ReadonlyMap<string, number>, k: number, certain?: string): Map<string, number> {
  const included = new Map([...law.keys()].map((path) => [path, path === certain ? 1 : 0]));
  const rest = [...law].filter(([path]) => path !== certain);
  const draw = (taken: ReadonlySet<string>, left: number, probability: number, more: number): void => {
    if (more === 0) return;
    for (const [path, p] of rest) {
      if (taken.has(path)) continue;
      const chance = (probability * p) / left;
      included.set(path, included.get(path)! + chance);
      draw(new Set([...taken, path]), left - p, chance, more - 1);
    }
  };
  const whole = 1 - (certain === undefined ? 0 : law.get(certain)!);
  draw(new Set(), whole, 1, certain === undefined ? k : k - 1);
  return included;
}

test("the lattice of these tests has many paths", () => {
  expect(countPaths(lattice)).toBe(37n);
});

describe("sampleWithoutReplacement", () => {
  test("draws its first path from the law, and each further one from what is left: G-tests", () => {
    const alpha = 0.7;
    const law = lawOf(lattice, alpha);
    const rng = createRng(1);
    const first = new Map<string, number>();
    // Of pairs, those that begin with the most probable path.
    const [best] = [...law].reduce((a, b) => (b[1] > a[1] ? b : a));
    const second = new Map<string, number>();
    for (let i = 0; i < 30_000; i++) {
      const [a, b] = sampleWithoutReplacement(lattice, 2, { alpha, rng }).map(({ edges }) => edges.join());
      first.set(a!, (first.get(a!) ?? 0) + 1);
      if (a === best) second.set(b!, (second.get(b!) ?? 0) + 1);
    }
    expect(gTest(first, law)).toBeGreaterThan(FALSE_ALARM);
    const rest = new Map(
      [...law].filter(([path]) => path !== best).map(([path, p]) => [path, p / (1 - law.get(best)!)]),
    );
    expect(gTest(second, rest)).toBeGreaterThan(FALSE_ALARM);
  });

  test("draws different paths, by falling noise, all of them if asked, with exact log-probabilities", () => {
    fc.assert(
      fc.property(anyLattice, fc.nat(), (made, seed) => {
        const law = lawOf(made, 1);
        const drawn = sampleWithoutReplacement(made, law.size, { rng: createRng(seed) });
        expect(new Set(drawn.map(({ edges }) => edges.join())).size).toBe(law.size);
        drawn.forEach(({ edges, logProbability, perturbed, logInclusion }, i) => {
          expect(Math.exp(logProbability)).toBeCloseTo(law.get(edges.join())!, 12);
          if (i > 0) expect(perturbed).toBeLessThanOrEqual(drawn[i - 1]!.perturbed);
          expect(logInclusion).toBe(0);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("draws paths that are e^2000 times as rare as others too, if all are asked for", () => {
    const edges = [0, 1, 2].flatMap((start) =>
      [0, -2000, -5000].map((score) => ({ start, end: start + 1, score: score * (start + 1) })),
    );
    const steep = buildLattice({ length: 3, edges });
    for (const includeBest of [false, true]) {
      const drawn = sampleWithoutReplacement(steep, 27, { rng: createRng(1), includeBest });
      expect(new Set(drawn.map((path) => path.edges.join())).size).toBe(27);
      for (const { score, logProbability } of drawn) expect(logProbability).toBeCloseTo(score, 9);
      expect(drawn.map(({ score }) => score)).toEqual(nbest(steep, 27).map(({ score }) => score));
    }
  });

  test("its inclusion probabilities make sums unbiased: Σ p f / inclusion has mean E[f]", () => {
    const law = lawOf(lattice, 1);
    const value = (edges: Int32Array): number => edges.length;
    let exact = 0;
    for (const [path, p] of law) exact += p * path.split(",").length;
    const rng = createRng(4);
    const n = 20_000;
    let mean = 0;
    let squares = 0;
    for (let i = 1; i <= n; i++) {
      const sum = sampleWithoutReplacement(lattice, 4, { rng }).reduce(
        (total, { edges, logProbability, logInclusion }) =>
          total + Math.exp(logProbability - logInclusion) * value(edges),
        0,
      );
      const ahead = sum - mean;
      mean += ahead / i;
      squares += ahead * (sum - mean);
    }
    expect(Math.abs(mean - exact)).toBeLessThan(5 * Math.sqrt(squares / n / n));
  });

  test("the chance to be among k paths is that of enumeration, with the best path among them and without", () => {
    const alpha = 0.4;
    const law = lawOf(lattice, alpha);
    const n = 10_000;
    const rng = createRng(14);
    const best = viterbi(lattice).edges.join();
    for (const includeBest of [false, true]) {
      const counts = new Map<string, number>();
      for (let i = 0; i < n; i++)
        for (const { edges } of sampleWithoutReplacement(lattice, 3, { alpha, rng, includeBest }))
          counts.set(edges.join(), (counts.get(edges.join()) ?? 0) + 1);
      for (const [path, want] of includedOf(law, 3, includeBest ? best : undefined)) {
        // Five standard deviations, and a half for what is certain.
        const got = (counts.get(path) ?? 0) / n;
        expect(Math.abs(got - want)).toBeLessThan(5 * Math.sqrt((want * (1 - want)) / n) + 0.5 / n);
      }
    }
  });

  test("with the best path, that comes first, and the rest is drawn as without it: G-tests, unbiased sums", () => {
    const law = lawOf(lattice, 1);
    const best = viterbi(lattice).edges.join();
    const rest = given(law, (path) => path !== best);
    let exact = 0;
    for (const [path, p] of law) exact += p * path.split(",").length;
    const rng = createRng(15);
    const second = new Map<string, number>();
    const n = 10_000;
    let mean = 0;
    let squares = 0;
    for (let i = 1; i <= n; i++) {
      const drawn = sampleWithoutReplacement(lattice, 4, { rng, includeBest: true });
      expect(new Set(drawn.map(({ edges }) => edges.join())).size).toBe(4);
      expect(drawn[0]!.edges.join()).toBe(best);
      expect(drawn[0]).toMatchObject({ perturbed: Infinity, logInclusion: 0 });
      expect(Math.exp(drawn[0]!.logProbability)).toBeCloseTo(law.get(best)!, 12);
      const next = drawn[1]!.edges.join();
      second.set(next, (second.get(next) ?? 0) + 1);
      const sum = drawn.reduce(
        (total, { edges, logProbability, logInclusion }) =>
          total + Math.exp(logProbability - logInclusion) * edges.length,
        0,
      );
      const ahead = sum - mean;
      mean += ahead / i;
      squares += ahead * (sum - mean);
    }
    expect(gTest(second, rest)).toBeGreaterThan(FALSE_ALARM);
    expect(Math.abs(mean - exact)).toBeLessThan(5 * Math.sqrt(squares / n / n));
    expect(sampleWithoutReplacement(lattice, 37, { rng, includeBest: true })).toHaveLength(37);
    expect(sampleWithoutReplacement(lattice, 1, { rng, includeBest: true })).toHaveLength(1);
    expect(sampleWithoutReplacement(lattice, 0, { rng, includeBest: true })).toEqual([]);
    expect(codeOf(() => sampleWithoutReplacement(lattice, 38, { includeBest: true }))).toBe("argument");
    expect(codeOf(() => sampleWithoutReplacement(gap, 1, { includeBest: true }))).toBe("no-path");
  });

  test("at alpha = ∞ gives the best path, and refuses to give more", () => {
    for (const includeBest of [false, true]) {
      const options = { alpha: Infinity, includeBest };
      const [only, ...others] = sampleWithoutReplacement(lattice, 1, options);
      expect(others).toEqual([]);
      expect(only!.edges).toEqual(viterbi(lattice).edges);
      expect(only).toMatchObject({ logProbability: 0, logInclusion: 0, perturbed: Infinity });
      expect(sampleWithoutReplacement(lattice, 0, options)).toEqual([]);
      expect(codeOf(() => sampleWithoutReplacement(lattice, 2, options))).toBe("argument");
    }
  });

  test("refuses more paths than there are, and none at all", () => {
    expect(codeOf(() => sampleWithoutReplacement(lattice, 38))).toBe("argument");
    expect(codeOf(() => sampleWithoutReplacement(lattice, -1))).toBe("argument");
    expect(codeOf(() => sampleWithoutReplacement(gap, 1))).toBe("no-path");
    expect(codeOf(() => sampleWithoutReplacement(lattice, 1, { rng: () => 1 }))).toBe("rng");
    expect(sampleWithoutReplacement(lattice, 0)).toEqual([]);
    expect(sampleWithoutReplacement(lattice, 37, { rng: () => 0 })).toHaveLength(37);
  });
});

describe("nbestSample", () => {
  test("has the law of the n best alone: a G-test", () => {
    const alpha = 0.5;
    const best = nbest(lattice, 6);
    const weights = best.map(({ score }) => Math.exp(alpha * score));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const law = new Map(best.map(({ edges }, i) => [edges.join(), weights[i]! / total]));
    const draw = nbestSampler(lattice, 6, { alpha, rng: createRng(2) });
    expect(gTest(countDraws(20_000, draw), law)).toBeGreaterThan(FALSE_ALARM);
    const { edges, logProbability } = draw();
    expect(Math.exp(logProbability)).toBeCloseTo(law.get(edges.join())!, 12);
  });

  test("over all paths is the exact law, at any scale of scores", () => {
    const edges = [0, 1, 2].map((i) => ({ start: 0, end: 1, score: -5000 - i }));
    const deep = buildLattice({ length: 1, edges });
    const draw = nbestSampler(deep, 99, { rng: createRng(3) });
    expect(
      gTest(
        countDraws(10_000, draw),
        lawOf(buildLattice({ length: 1, edges: edges.map((e) => ({ ...e, score: e.score + 5000 })) }), 1),
      ),
    ).toBeGreaterThan(FALSE_ALARM);
  });

  test("refuses n below 1 and a lattice without a path", () => {
    expect(codeOf(() => nbestSample(lattice, 0))).toBe("argument");
    expect(codeOf(() => nbestSample(gap, 3))).toBe("no-path");
    const wide = buildLattice({
      length: 18,
      edges: Array.from({ length: 36 }, (_, i) => ({ start: i >> 1, end: (i >> 1) + 1, score: -i })),
    });
    expect(nbestSample(wide, 2 ** 18, { alpha: 0 }).logProbability).toBeCloseTo(-18 * Math.LN2, 9);
    expect(codeOf(() => nbestSample(lattice, 3, { rng: () => NaN }))).toBe("rng");
    expect(nbestSample(lattice, 1).edges).toEqual(nbest(lattice, 1)[0]!.edges);
    expect(nbestSampler(lattice, 2)(() => 1 - 2 ** -53).edges).toEqual(nbest(lattice, 2)[1]!.edges);
  });
});

describe("sampleGivenPieces", () => {
  test.each([3, 4, 5])("has the law of the paths of %i pieces: a G-test", (k) => {
    const law = new Map([...lawOf(lattice, 1)].filter(([path]) => path.split(",").length === k));
    const total = [...law.values()].reduce((sum, p) => sum + p, 0);
    for (const [path, p] of law) law.set(path, p / total);
    const rng = createRng(k);
    expect(
      gTest(
        countDraws(10_000, () => sampleGivenPieces(lattice, k, { rng })),
        law,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
    const { edges, logProbability } = sampleGivenPieces(lattice, k, { rng });
    expect(Math.exp(logProbability)).toBeCloseTo(law.get(edges.join())!, 12);
  });

  test("refuses a number of pieces that no path has", () => {
    expect(codeOf(() => sampleGivenPieces(lattice, 1))).toBe("no-path");
    expect(codeOf(() => sampleGivenPieces(lattice, 99))).toBe("argument");
    const long = buildLattice({
      length: 20_000,
      edges: Array.from({ length: 20_000 }, (_, start) => ({ start, end: start + 1, score: 0 })),
    });
    expect(codeOf(() => sampleGivenPieces(long, 10_000))).toBe("too-large");
    expect(codeOf(() => sampleGivenPieces(lattice, 1.5))).toBe("argument");
    expect(sampleGivenPieces(buildLattice({ length: 0, edges: [] }), 0).edges).toHaveLength(0);
  });
});

test("draws from a constrained lattice have the law conditioned on the constraint: a G-test", () => {
  const cut = constrain(lattice, { cuts: [5] });
  const rng = createRng(6);
  const sampler = perfectSampler(cut, { rng });
  expect(
    gTest(
      countDraws(10_000, () => sampler.sample()),
      lawOf(cut, 1),
    ),
  ).toBeGreaterThan(FALSE_ALARM);
  const throughCut = [...lawOf(lattice, 1)].filter(([path]) =>
    path.split(",").some((e) => lattice.end[Number(e)] === 5),
  );
  expect(countPaths(cut)).toBe(BigInt(throughCut.length));
});

test("an alpha so large that no sum means anything is refused by every method", () => {
  for (const alpha of [1e10, -1e308, 1e308])
    for (const ask of [
      () => perfectSampler(lattice, { alpha }),
      () => viterbiSample(lattice, { alpha }),
      () => sampleWithoutReplacement(lattice, 1, { alpha }),
      () => nbestSample(lattice, 1, { alpha }),
      () => sampleGivenPieces(lattice, 3, { alpha }),
      () => viterbiSampleDistribution(lattice, { alpha }),
      () => coupledSamples(lattice, [alpha]),
    ])
      expect(codeOf(ask)).toBe("argument");
});

test("where rounding leaves the probabilities of a row short of 1, the last edge that leads on takes the rest", () => {
  // Ten edges of a tenth each add up to 1 − 2^−53.
  const edges = Array.from({ length: 10 }, () => ({ start: 0, end: 1, score: 0 }));
  const row = buildLattice({
    length: 2,
    edges: [...edges, { start: 1, end: 2, score: 0 }, { start: 0, end: 2, score: -800 }],
  });
  for (const draw of [
    () => perfectSampler(row).sample(() => 1 - 2 ** -53),
    () => coupledSamples(row, [1], { rng: () => 1 - 2 ** -53 })[0]!,
  ]) {
    const nodes = [...draw().edges].map((e) => row.end[e]);
    expect([[2], [1, 2]]).toContainEqual(nodes);
  }
});

describe("coupledSamples", () => {
  test("each has the exact law of its alpha, and equal alphas give equal paths: G-tests", () => {
    const alphas = [0, 0.5, 2, 2];
    const rng = createRng(7);
    const counts = alphas.map(() => new Map<string, number>());
    for (let i = 0; i < 10_000; i++) {
      const drawn = coupledSamples(lattice, alphas, { rng });
      drawn.forEach(({ edges }, j) => counts[j]!.set(edges.join(), (counts[j]!.get(edges.join()) ?? 0) + 1));
      expect(drawn[3]!.edges).toEqual(drawn[2]!.edges);
    }
    alphas.forEach((alpha, j) =>
      expect(gTest(counts[j]!, lawOf(lattice, alpha))).toBeGreaterThan(FALSE_ALARM),
    );
  });

  test("near alphas differ less often than independent draws do", () => {
    const rng = createRng(8);
    const differing = (pair: () => { edges: Int32Array }[]): number => {
      let count = 0;
      for (let i = 0; i < 2000; i++) {
        const [a, b] = pair();
        if (a!.edges.join() !== b!.edges.join()) count++;
      }
      return count;
    };
    const coupled = differing(() => coupledSamples(lattice, [0.5, 0.55], { rng }));
    const [p, q] = [0.5, 0.55].map((alpha) => perfectSampler(lattice, { alpha, rng }));
    expect(coupled).toBeLessThan(0.2 * differing(() => [p!.sample(), q!.sample()]));
  });

  test("refuses an alpha that is not finite, and a lattice without a path", () => {
    expect(codeOf(() => coupledSamples(lattice, [1, NaN]))).toBe("argument");
    expect(codeOf(() => coupledSamples(gap, [1]))).toBe("no-path");
    expect(codeOf(() => coupledSamples(lattice, [1], { rng: () => 2 }))).toBe("rng");
    expect(coupledSamples(lattice, [])).toEqual([]);
    expect(coupledSamples(lattice, [1], { rng: () => 1 - 2 ** -53 })[0]!.edges.length).toBeGreaterThan(0);
  });
});

describe("antitheticPair", () => {
  test("each of the two has the exact law, and their mean length varies less: G-tests", () => {
    const rng = createRng(9);
    const sampler = perfectSampler(lattice, { rng });
    const law = lawOf(lattice, 1);
    const counts = [new Map<string, number>(), new Map<string, number>()];
    let covariance = 0;
    const mean = [...law].reduce((sum, [path, p]) => sum + p * path.split(",").length, 0);
    for (let i = 0; i < 10_000; i++) {
      const pair = antitheticPair(sampler, rng);
      pair.forEach(({ edges }, j) => counts[j]!.set(edges.join(), (counts[j]!.get(edges.join()) ?? 0) + 1));
      covariance += ((pair[0].edges.length - mean) * (pair[1].edges.length - mean)) / 10_000;
    }
    for (const count of counts) expect(gTest(count, law)).toBeGreaterThan(FALSE_ALARM);
    expect(covariance).toBeLessThan(-0.05);
  });

  test("takes the ends of [0, 1)", () => {
    const sampler = perfectSampler(lattice);
    for (const u of [0, 1 - 2 ** -53]) {
      const [a, b] = antitheticPair(sampler, () => u);
      expect(a.edges).not.toEqual(b.edges);
    }
    expect(codeOf(() => antitheticPair(sampler, () => 1))).toBe("rng");
  });
});

describe("viterbiSampleDistribution", () => {
  const by = (made: Lattice, alpha: number): Map<string, number> =>
    new Map(
      viterbiSampleDistribution(made, { alpha }).map(({ edges, probability }) => [edges.join(), probability]),
    );

  test("is ¼, ¼, ½ for the article's example, and its figures for distinct scores", () => {
    const thirds = latticeOf(
      modelFromPieces({ watch: -1, ing: -1, wat: -1, ching: -1, w: -1, atching: -1 }),
      "watching",
    );
    expect(viterbiSampleDistribution(thirds).map(({ probability }) => probability)).toEqual([
      0.5, 0.25, 0.25,
    ]);
    const distinct = latticeOf(
      modelFromPieces({ w: -1, atching: 0, wat: -1.1, ching: 0, watch: -1.2, ing: 0 }),
      "watching",
    );
    // 科学空间 9811's example, in order of arrival: w|atching, wat|ching, watch|ing.
    const wanted: [number, number[]][] = [
      [0.1, [0.253762, 0.249994, 0.496244]],
      [1, [0.288651, 0.249376, 0.461973]],
      [10, [0.643914, 0.196612, 0.159474]],
    ];
    for (const [alpha, want] of wanted) {
      const law = by(distinct, alpha);
      [...lawOf(distinct, alpha).keys()].forEach((path, i) => expect(law.get(path)).toBeCloseTo(want[i]!, 6));
    }
  });

  test("is what all ways in which arrivals can fall out add up to, to 1e-12, of lattices of every shape", () => {
    fc.assert(
      fc.property(anyLattice, fc.constantFrom(-1, 0, 0.5, 2, 10), (made, alpha) => {
        const { length, rowStart, end, score } = made;
        const law = new Map<string, number>();
        const starts = [...end.keys()].map((e) => rowStart.findLastIndex((first) => first <= e));
        const follow = (e: number, kept: ReadonlyMap<number, readonly number[]>, chance: number): void => {
          if (e === end.length) {
            const path = kept.get(length)!.join();
            law.set(path, (law.get(path) ?? 0) + chance);
            return;
          }
          const here = kept.get(starts[e]!);
          const held = kept.get(end[e]!);
          if (here === undefined) return follow(e + 1, kept, chance);
          const scoreOf = (path: readonly number[]): number =>
            path.reduce((sum, edge) => sum + score![edge]!, 0);
          const arriving = [...here, e];
          const wins =
            held === undefined ? 1 : 1 / (1 + Math.exp(alpha * (scoreOf(held) - scoreOf(arriving))));
          follow(e + 1, new Map([...kept, [end[e]!, arriving]]), chance * wins);
          if (held !== undefined) follow(e + 1, kept, chance * (1 - wins));
        };
        follow(0, new Map([[0, []]]), 1);
        const got = by(made, alpha);
        for (const [path, p] of law) expect(Math.abs((got.get(path) ?? 0) - p)).toBeLessThan(1e-12);
        expect(got.size).toBeLessThanOrEqual(law.size);
      }),
      { numRuns: 60 },
    );
  });

  test("is the law that viterbiSample has, and sums to 1: G-tests", () => {
    const rng = createRng(10);
    for (const alpha of [0.1, 1, 3]) {
      const law = by(lattice, alpha);
      expect([...law.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(
        gTest(
          countDraws(20_000, () => viterbiSample(lattice, { alpha, rng })),
          law,
        ),
      ).toBeGreaterThan(FALSE_ALARM);
    }
  });

  test("of lattices of every shape is the law that viterbiSample has", () => {
    fc.assert(
      fc.property(anyLattice, fc.constantFrom(0, 0.5, 2), fc.nat(), (made, alpha, seed) => {
        const rng = createRng(seed);
        const draws = countDraws(3000, () => viterbiSample(made, { alpha, rng }));
        expect(gTest(draws, by(made, alpha))).toBeGreaterThan(FALSE_ALARM);
      }),
      { numRuns: 40, seed: 12 },
    );
  });

  test("gives up beyond a number of states, and refuses bad input", () => {
    expect(codeOf(() => viterbiSampleDistribution(lattice, { maxStates: 5 }))).toBe("too-large");
    expect(codeOf(() => viterbiSampleDistribution(lattice, { maxStates: NaN }))).toBe("argument");
    expect(codeOf(() => viterbiSampleDistribution(gap))).toBe("no-path");
    expect(viterbiSampleDistribution(buildLattice({ length: 0, edges: [] }))).toEqual([
      { edges: new Int32Array(0), probability: 1 },
    ]);
  });
});
