import { modelBytes } from "@lemmata/data";
import { latticeOf, modelFromPieces } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { createRng, perfectSampler } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import { exactLaw, huggingFaceLaw, noiseOf, segmentationsOf, sharesOf, totalVariation } from "../src/laws.ts";

const model = loadModel(modelBytes("trained_en_8000"));
const lattice = latticeOf(model, "understanding");
const all = segmentationsOf(lattice);
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe("the law by enumeration", () => {
  test("has all segmentations, and is the softmax of their scores", () => {
    expect(all.paths).toHaveLength(570);
    const law = exactLaw(all, 0.1);
    expect(sum(law)).toBeCloseTo(1, 12);
    expect(Math.log(law[3]! / law[10]!)).toBeCloseTo(0.1 * (all.paths[3]!.score - all.paths[10]!.score), 12);
  });
});

describe("the law of Hugging Face's recursion", () => {
  test("is a law, and the exact one for alpha 1", () => {
    for (const alpha of [0, 0.1, 0.5, 2, 10])
      expect(sum(huggingFaceLaw(lattice, all, alpha))).toBeCloseTo(1, 10);
    const [got, want] = [huggingFaceLaw(lattice, all, 1), exactLaw(all, 1)];
    got.forEach((p, i) => expect(p).toBeCloseTo(want[i]!, 12));
  });

  test("is that of drawing as its code does, backwards edge by edge", () => {
    // ab, a|b, with a of score −1, b −2, ab −2.5: A[1] = θ·(−1), A[2] = log(e^(θ·(−2.5)) + e^(θ·(−2 + A[1]))).
    const tiny = latticeOf(modelFromPieces({ a: -1, b: -2, ab: -2.5 }), "ab");
    const theta = 0.5;
    const whole = Math.exp(theta * -2.5);
    const parts = Math.exp(theta * -1 + theta * -2);
    const found = huggingFaceLaw(tiny, segmentationsOf(tiny), theta);
    expect([...found]).toEqual([
      expect.closeTo(whole / (whole + parts), 12),
      expect.closeTo(parts / (whole + parts), 12),
    ]);
    // Of three pieces, the theta that is one too many shows: A[2] counts the first piece with θ².
    const three = latticeOf(modelFromPieces({ a: -1, b: -2, c: -3, ab: -2.5, bc: -4 }), "abc");
    const segmentations = segmentationsOf(three);
    const law = huggingFaceLaw(three, segmentations, theta);
    const before = Math.log(Math.exp(theta * -2.5) + Math.exp(theta * (-2 + theta * -1)));
    const viaC = Math.exp(before + theta * -3);
    const viaBc = Math.exp(theta * -1 + theta * -4);
    const bc = segmentations.paths.findIndex(({ edges }) => three.end[edges[0]!] === 1 && edges.length === 2);
    expect(law[bc]).toBeCloseTo(viaBc / (viaC + viaBc), 12);
  });
});

describe("distances", () => {
  test("of laws are half the sum of the differences", () => {
    expect(totalVariation(Float64Array.of(0.5, 0.5, 0), Float64Array.of(0.25, 0.25, 0.5))).toBe(0.5);
    expect([...sharesOf([1, 3])]).toEqual([0.25, 0.75]);
  });

  test("of exact draws lie at the noise floor", () => {
    const law = exactLaw(all, 0.1);
    const sampler = perfectSampler(lattice, { alpha: 0.1, rng: createRng(4) });
    const counts = new Float64Array(law.length);
    for (let i = 0; i < 20_000; i++) counts[all.placeOf.get(sampler.sample().edges.join())!]! += 1;
    const { mean, largest } = noiseOf(law, 20_000, 20);
    const distance = totalVariation(sharesOf(counts), law);
    expect(distance / mean).toBeGreaterThan(0.85);
    expect(distance).toBeLessThan(1.1 * largest);
  });
});
