import { modelBytes, textLines } from "@lemmata/data";
import { encodeIds, latticeOf, type Model, modelFromPieces } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { encodeStream } from "@lemmata/lattice/stream";
import { createRng, perfectSample, sampleStream } from "@lemmata/sampling";
import { describe, expect, test } from "vitest";
import { largestPending, longestUndecided } from "../src/undecided.ts";

/** Pieces of which the first of a text depends on its last character. */
const adversarial = modelFromPieces({ x: -1, xa: -1, ab: -1, ba: -1 });

/**
 * The same by the definition: the best path to each node from the lattice, and after each row, the last node that the
 * paths to all nodes share which an edge can still begin at.
 */
function byDefinition(model: Model, text: string): number {
  const { length, rowStart, end, label, labelScore } = latticeOf(model, text);
  const reach = Math.max(4, model.longestPiece);
  const best = new Float64Array(length + 1).fill(-Infinity);
  const from = new Int32Array(length + 1).fill(-1);
  best[0] = 0;
  let longest = 0;
  let decided = 0;
  for (let s = 0; s < length; s++) {
    if (rowStart[s] === rowStart[s + 1]) continue;
    for (let e = rowStart[s]!; e < rowStart[s + 1]!; e++) {
      const score = best[s]! + labelScore[label[e]!]!;
      if (score > best[end[e]!]!) {
        best[end[e]!] = score;
        from[end[e]!] = s;
      }
    }
    let next = s + 1;
    while (next < length && rowStart[next] === rowStart[next + 1]) next++;
    const paths: number[][] = [];
    for (let node = next; node <= Math.min(length, next + reach); node++) {
      if (from[node]! < 0) continue;
      const path = [node];
      for (let at = node; at > decided; at = from[at]!) path.push(from[at]!);
      paths.push(path);
    }
    decided = Math.max(...paths[0]!.filter((node) => paths.every((path) => path.includes(node))));
    longest = Math.max(longest, Math.min(next + reach - 1, length) - decided);
  }
  return longest;
}

describe("the longest undecided span", () => {
  test.each([2, 10, 300])("of x(ab)^%i under x, xa, ab, ba is the whole text", (repeats) => {
    const text = `x${"ab".repeat(repeats)}`;
    const longest = longestUndecided(adversarial, text);
    expect(longest).toBeLessThanOrEqual(text.length);
    expect(longest).toBeGreaterThan(text.length * (63 / 64) - 1);
    expect(largestPending(adversarial, text, 1)).toBe(text.length);
    // And rightly so: the first id is another one if an a follows.
    expect([encodeIds(adversarial, text)[0], encodeIds(adversarial, `${text}a`)[0]]).toEqual([0, 1]);
  });

  test("of a text whose pieces never overlap is what the longest piece needs", () => {
    const model = modelFromPieces({ a: -1, b: -1 });
    expect(longestUndecided(model, "abba".repeat(100))).toBeLessThanOrEqual(4);
  });

  test.each([
    ["trained_en_8000", "botchan"],
    ["trained_zh_8000", "sanguo_40"],
    ["spm_test_ja_model", "wagahaiwa_nekodearu"],
  ] as const)("with %s is that of the definition", (name, book) => {
    const model = loadModel(modelBytes(name));
    const text = textLines(book).join("\n").slice(0, 2000);
    const longest = longestUndecided(model, text, (made, options) =>
      encodeStream(made, { ...options, ties: "exact" }),
    );
    expect(longest).toBe(byDefinition(model, text));
  });

  test("is the least maxPending with which the text goes through, of draws too, in whatever parts", () => {
    const model = loadModel(modelBytes("spm_test_ja_model"));
    const text = textLines("wagahaiwa_nekodearu").slice(0, 20).join("\n");
    const open = (made: Model, options = {}) =>
      sampleStream(made, { ...options, alpha: 0.1, rng: createRng(1) });
    const bytes = longestUndecided(model, text, open);
    const pieces = (maxPending: number): number => {
      const stream = open(model, { maxPending });
      const counts = Array.from(text, (character) => stream.push(character).length);
      return counts.reduce((sum, count) => sum + count, stream.end().length);
    };
    const whole = perfectSample(latticeOf(model, text), { alpha: 0.1, rng: createRng(1) });
    expect(pieces(bytes)).toBe(whole.edges.length);
    expect(() => pieces(bytes - 1)).toThrow("wait for a decision");
  });
});
