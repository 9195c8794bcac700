import { type ModelName, modelBytes, type TextName, textLines } from "@lemmata/data";
import { emit, latticeOf, nbest } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { describe, expect, test } from "vitest";
import { createRng, perfectSample, sampleStream } from "../src/index.ts";
import { gTest } from "./oracle.ts";

/** Seeds are fixed, so the tests cannot fail by chance; with new seeds each would, once in a million. */
const FALSE_ALARM = 1e-6;
const ALPHAS = [0, 0.1, 0.2, 0.5, 1, 2, 10];
const cases: [ModelName, TextName, string][] = [
  ["trained_en_8000", "botchan", "watching"],
  ["trained_zh_8000", "sanguo_40", "却说夏侯惇引军前进"],
  ["spm_test_ja_model", "wagahaiwa_nekodearu", "吾輩は猫である"],
];

describe.each(cases)("with %s", (name, book, word) => {
  const model = readSentencePiece(modelBytes(name));

  test.each([0, 0.1, 1])(
    "a book, streamed at alpha %s, is what perfectSample draws from it as a whole",
    (alpha) => {
      const text = textLines(book).join("\n").slice(0, 100_000);
      const { ids } = emit(model, perfectSample(latticeOf(model, text), { alpha, rng: createRng(2) }));
      for (const part of [1, 97, text.length]) {
        const stream = sampleStream(model, { alpha, rng: createRng(2) });
        const streamed: number[] = [];
        for (let at = 0; at < text.length; at += part) {
          for (const id of stream.push(text.slice(at, at + part))) streamed.push(id);
          if (part === 1) expect(stream.pending).toBeLessThan(2500);
        }
        for (const id of stream.end()) streamed.push(id);
        expect(Int32Array.from(streamed)).toEqual(ids);
      }
    },
  );

  test.each(ALPHAS)("draws of a word pass a G-test against enumeration, alpha = %s", (alpha) => {
    const lattice = latticeOf(model, word);
    const paths = nbest(lattice, 1e6);
    const weights = paths.map(({ score }) => Math.exp(alpha * (score - paths[0]!.score)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const law = new Map(paths.map((path, i) => [emit(model, path).ids.join(), weights[i]! / total]));
    expect(law.size).toBe(paths.length);
    const stream = sampleStream(model, { alpha, rng: createRng(21) });
    const counts = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const ids = [...stream.push(word.slice(0, i % 7)), ...stream.push(word.slice(i % 7)), ...stream.end()];
      counts.set(ids.join(), (counts.get(ids.join()) ?? 0) + 1);
    }
    expect(gTest(counts, law)).toBeGreaterThan(FALSE_ALARM);
  });
});
