import { encodeIds, latticeOf, modelFromPieces, viterbi } from "@lemmata/lattice";
import { encodeStream } from "@lemmata/lattice/stream";
import { loadModel } from "@lemmata/lattice/formats";
import { modelBytes, textLines } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { largestPending, longestUndecided } from "../src/undecided.ts";

/** Pieces of which the first of a text depends on its last character. */
const adversarial = modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1 });

describe("the longest undecided span", () => {
  test.each([1, 10, 300])("of x(ab)^%i under x, xa, ab, ba is the whole text", (repeats) => {
    const text = `x${"ab".repeat(repeats)}`;
    expect(longestUndecided(adversarial, text)).toEqual({
      bytes: text.length,
      characters: text.length,
      text,
    });
    expect(largestPending(adversarial, text, 1)).toBe(text.length);
    // And rightly so: the first id is another one if an a follows.
    expect([encodeIds(adversarial, text)[0], encodeIds(adversarial, `${text}a`)[0]]).toEqual([0, 1]);
  });

  test("of a text whose pieces never overlap is what the longest piece needs", () => {
    const model = modelFromPieces({ a: -1, b: -1 });
    expect(longestUndecided(model, "abba".repeat(100)).bytes).toBeLessThanOrEqual(4);
  });

  test("begins, in real text, where a piece of the best segmentation begins", () => {
    const model = loadModel(modelBytes("trained_en_8000"));
    const text = textLines("botchan").slice(0, 60).join("\n");
    const { bytes, text: span } = longestUndecided(model, text);
    const lattice = latticeOf(model, text);
    const starts = [0, ...Array.from(viterbi(lattice).edges, (e) => lattice.end[e]!)];
    const spanAt = (start: number): string =>
      new TextDecoder().decode(lattice.bytes.subarray(start, start + bytes));
    expect(starts.some((start) => spanAt(start) === span)).toBe(true);
  });

  test("is the least maxPending with which the text goes through", () => {
    const model = loadModel(modelBytes("spm_test_ja_model"));
    const text = textLines("wagahaiwa_nekodearu").slice(0, 20).join("\n");
    const { bytes } = longestUndecided(model, text);
    const ids = (maxPending: number): number[] => {
      const stream = encodeStream(model, { maxPending });
      return [...[...text].flatMap((character) => [...stream.push(character)]), ...stream.end()];
    };
    expect(ids(bytes)).toEqual([...encodeIds(model, text)]);
    expect(() => ids(bytes - 1)).toThrow("wait for a decision");
  });
});
