import { countPaths, latticeOf, type Model, modelFromPieces } from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import { describe, expect, test } from "vitest";
import { createRng, type ScorelessOptions, uniformSample } from "../src/index.ts";
import { codeOf, gTest } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;

const vocab = { "<unk>": 0, a: 1, b: 2, ab: 3, ba: 4, aba: 5 };
const merges = ["a b", "b a", "ab a"];
const model = readTokenizerJson({
  pre_tokenizer: { type: "WhitespaceSplit" },
  model: { type: "BPE", vocab, merges, unk_token: "<unk>" },
});

describe("uniformSample", () => {
  test("draws the segmentations of each pre-token alike and independently: a G-test", () => {
    const rng = createRng(1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 8000; i++) {
      const drawn = uniformSample(model, "aba ab aba", { rng }).pieces.join("|");
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    // a b a, ab a, a ba, aba; a b, ab.
    expect(countPaths(latticeOf(model, "aba ab aba"))).toBe(32n);
    expect(counts.size).toBe(32);
    const law = new Map([...counts.keys()].map((name) => [name, 1 / 32]));
    expect(gTest(counts, law)).toBeGreaterThan(FALSE_ALARM);
  });

  test("gives ids, pieces and offsets; an unknown character has one segmentation", () => {
    const { ids, pieces, offsets } = uniformSample(model, "a?b", { rng: () => 0 });
    expect([...ids]).toEqual([1, 0, 2]);
    expect(pieces).toEqual(["a", "<unk>", "b"]);
    expect([...offsets]).toEqual([0, 1, 1, 2, 2, 3]);
    expect(uniformSample(model, "").ids).toHaveLength(0);
  });

  test("refuses by code: unigram models, alpha, a text without a segmentation, a bad generator", () => {
    expect(() => uniformSample(modelFromPieces({ a: -1 }), "a")).toThrow(
      /the model is unigram.*sampleEncode at alpha 0/,
    );
    expect(codeOf(() => uniformSample(model, "ab", { alpha: 0.1 } as ScorelessOptions))).toBe("argument");
    const strict = readTokenizerJson({
      model: { type: "BPE", vocab: { a: 0, b: 1, ab: 2 }, merges: ["a b"] },
    });
    expect(codeOf(() => uniformSample(strict, "a?"))).toBe("no-path");
    for (const bad of [1, NaN, -0.1, "0.5", undefined])
      expect(codeOf(() => uniformSample(model, "ab", { rng: () => bad as number }))).toBe("rng");
    expect(codeOf(() => uniformSample(model, "ab", { rng: 5 as unknown as () => number }))).toBe("argument");
    expect(() => uniformSample({} as Model, "ab")).toThrow(/the model must be/);
  });
});
