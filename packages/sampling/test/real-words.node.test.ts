import { countPaths, emit, entropy, latticeOf, logPartition, type Model, nbest } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { type ModelName, modelBytes, textLines, type TextName } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { createRng, perfectSample, perfectSampler, sampleEncode, viterbiSample } from "../src/index.ts";
import { countDraws, gTest, lawOf } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const words: [ModelName, string, TextName][] = [
  ["trained_en_8000", "understanding", "botchan"],
  ["trained_zh_8000", "却说夏侯惇引军前进", "sanguo_40"],
  ["spm_test_ja_model", "吾輩は猫である", "wagahaiwa_nekodearu"],
];

describe.each(words)("on %s, %s", (name, word, book) => {
  const model: Model = readSentencePiece(modelBytes(name));
  const lattice = latticeOf(model, word);
  const laws = new Map([0, 0.1, 0.2, 0.5, 1, 2].map((alpha) => [alpha, lawOf(lattice, alpha)]));

  test.each([...laws.keys()])("both exact methods pass a G-test against enumeration, alpha = %s", (alpha) => {
    const law = laws.get(alpha)!;
    expect(BigInt(law.size)).toBe(countPaths(lattice));
    const rng = createRng(17);
    const sampler = perfectSampler(lattice, { alpha, rng });
    expect(
      gTest(
        countDraws(10_000, () => sampler.sample()),
        law,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
    expect(
      gTest(
        countDraws(10_000, () => perfectSample(lattice, { alpha, rng })),
        law,
      ),
    ).toBeGreaterThan(FALSE_ALARM);
  });

  test.each([...laws.keys()])("so does sampleEncode, in ids, alpha = %s", (alpha) => {
    const idsOf = new Map(
      nbest(lattice, 1e6).map((path) => [path.edges.join(), emit(model, path).ids.join()]),
    );
    const law = new Map([...laws.get(alpha)!].map(([path, p]) => [idsOf.get(path)!, p]));
    expect(law.size).toBe(idsOf.size);
    const rng = createRng(19);
    const draws = countDraws(10_000, () => ({ edges: sampleEncode(model, word, { alpha, rng }) }));
    expect(gTest(draws, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test("and it draws what perfectSampler draws from the same numbers, on real lines", () => {
    for (const line of textLines(book).slice(50, 150)) {
      const sampler = perfectSampler(latticeOf(model, line), { alpha: 0.3, rng: createRng(4) });
      const ids = sampleEncode(model, line, { alpha: 0.3, rng: createRng(4) });
      expect(ids).toEqual(emit(model, sampler.sample()).ids);
    }
  });

  test("the earlier method fails it at alpha 0.1", () => {
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
    const logs = nbest(lattice, Number(countPaths(lattice))).map(({ score }) => alpha * score - logZ);
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
    expect(logs.reduce((sum, log) => sum - log * Math.exp(log), 0)).toBeCloseTo(
      entropy(lattice, { alpha }),
      10,
    );
    expect(perfectSampler(lattice, { alpha }).logPartition).toBeCloseTo(logZ, 12);
  });
});
