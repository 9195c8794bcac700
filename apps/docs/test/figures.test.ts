import { countPaths, entropy, latticeOf, marginals, nbest } from "@lemmata/lattice";
import { describe, expect, test } from "vitest";
import { articleLattice } from "../figures/article.ts";
import { wallOf } from "../figures/bricks.ts";
import { counted, decimal, grouped, percent, segmentations } from "../figures/format.ts";
import { FEW, lawOf, MOST } from "../figures/law.ts";
import { nextBatch } from "../figures/pace.ts";
import { Trial } from "../figures/trial.ts";
import { compare } from "../figures/weights.ts";
import { setStage } from "../scenes/stage.ts";

const model = setStage("").model("trained_en_8000");
const word = latticeOf(model, "understanding");

describe("the law of a word", () => {
  test("lists every segmentation, best first, with probabilities that sum to 1", () => {
    const law = lawOf(word, 0.1);
    expect(law.complete).toBe(true);
    expect(law.segmentations).toHaveLength(Number(countPaths(word)));
    expect(law.outcomes.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect([...law.outcomes]).toEqual([...law.outcomes].sort((a, b) => b - a));
    expect(law.entropy).toBeCloseTo(-law.outcomes.reduce((sum, p) => sum + p * Math.log(p), 0), 10);
    const pieces = law.segmentations.reduce((sum, one) => sum + one.probability * one.pieces.length, 0);
    expect(law.pieces).toBeCloseTo(pieces, 10);
  });

  test("knows each of its paths again", () => {
    const law = lawOf(word, 0.1);
    expect(nbest(word, 40).map((path) => law.outcomeOf(path))).toEqual(
      Array.from({ length: 40 }, (_, i) => i),
    );
  });

  test("is the best ones and the rest, if there are too many to list", () => {
    const long = latticeOf(model, "the understanding of segmentations");
    const law = lawOf(long, 0.5);
    expect(law.count).toBeGreaterThan(MOST);
    expect(law.complete).toBe(false);
    expect(law.segmentations).toHaveLength(FEW);
    expect(law.outcomes).toHaveLength(FEW + 1);
    expect(law.outcomes.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(law.outcomeOf(nbest(long, FEW + 1)[FEW]!)).toBe(FEW);
    expect(law.entropy).toBe(entropy(long, { alpha: 0.5 }));
  });

  test("of the empty text is one sure segmentation into nothing", () => {
    const law = lawOf(latticeOf(model, ""), 0.1);
    expect(law.segmentations).toEqual([{ pieces: [], probability: 1 }]);
    expect(new Trial(law).draw(10).standing().perfect?.distance).toBe(0);
  });

  test("of three segmentations of equal score is a third each", () => {
    const law = lawOf(articleLattice(), 1);
    const names = law.segmentations.map(({ pieces }) => pieces.join("|"));
    expect(new Set(names)).toEqual(new Set(["w|atching", "wat|ching", "watch|ing"]));
    for (const p of law.outcomes) expect(p).toBeCloseTo(1 / 3, 12);
  });
});

describe("a trial", () => {
  test("has nothing to show before its first draw", () => {
    const standing = { draws: 0, perfect: undefined, earlier: undefined, noiseFloor: undefined };
    expect(new Trial(lawOf(word, 0.1)).standing()).toEqual(standing);
  });

  test("is the same with the same seed, in whatever batches it is drawn", () => {
    const law = lawOf(word, 0.1);
    const one = new Trial(law, 5).draw(300).standing();
    expect(new Trial(law, 5).draw(100).draw(200).standing()).toEqual(one);
    expect(new Trial(law, 6).draw(300).standing()).not.toEqual(one);
  });

  test("of a real word: perfect sampling comes near the noise floor, the earlier method does not", () => {
    const { perfect, earlier, noiseFloor } = new Trial(lawOf(word, 0.1), 1).draw(10_000).standing();
    expect(perfect!.distance).toBeLessThan(1.25 * noiseFloor!);
    expect(earlier!.distance).toBeGreaterThan(5 * noiseFloor!);
  });

  test("of the article's case: the earlier method gives ¼, ¼ and ½", () => {
    const law = lawOf(articleLattice(), 1);
    const { perfect, earlier } = new Trial(law, 1).draw(20_000).standing();
    const share = (of: Float64Array, name: string): number =>
      of[law.segmentations.findIndex(({ pieces }) => pieces.join("|") === name)]!;
    for (const p of perfect!.outcomes) expect(Math.abs(p - 1 / 3)).toBeLessThan(0.015);
    expect(Math.abs(share(earlier!.outcomes, "w|atching") - 1 / 4)).toBeLessThan(0.015);
    expect(Math.abs(share(earlier!.outcomes, "wat|ching") - 1 / 4)).toBeLessThan(0.015);
    expect(Math.abs(share(earlier!.outcomes, "watch|ing") - 1 / 2)).toBeLessThan(0.015);
  });
});

test("frames begin with single draws, grow, and end at the goal", () => {
  const batches: number[] = [];
  for (let drawn = 0; drawn < 20_000; drawn += batches.at(-1)!) batches.push(nextBatch(drawn, 20_000));
  expect(batches.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 1));
  expect(batches.reduce((sum, batch) => sum + batch, 0)).toBe(20_000);
  expect(batches.length).toBeLessThan(300);
  expect(nextBatch(30, 20)).toBe(0);
});

describe("a wall of pieces", () => {
  test("has a brick for each probable piece, and none that overlap", () => {
    const { edge } = marginals(word, { alpha: 0.1 });
    const wall = wallOf(word, 0.1);
    expect(wall.bricks).toHaveLength(edge.filter((p) => p >= 0.005).length);
    expect(wall.characters.join("")).toBe("▁understanding");
    expect(wall.bricks[0]).toMatchObject({ piece: "▁understanding", from: 0, to: 14, row: 0 });
    const places = wall.bricks.flatMap(({ from, to, row }) =>
      Array.from({ length: to - from }, (_, i) => `${row}:${from + i}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(wall.rows).toBe(1 + Math.max(...wall.bricks.map(({ row }) => row)));
  });

  test("counts characters, not bytes, and is cut where it would be too wide", () => {
    const japanese = latticeOf(setStage("").model("spm_test_ja_model"), "吾輩は猫である");
    expect(wallOf(japanese, 1).characters.join("")).toBe("▁吾輩は猫である");
    const cut = wallOf(japanese, 1, 3);
    expect(cut.characters).toEqual(["▁", "吾", "輩"]);
    expect(Math.max(...cut.bricks.map(({ to }) => to))).toBe(3);
  });
});

describe("two lists of weights", () => {
  test("are compared as distributions", () => {
    const found = compare([1, 1], [3, 1])!;
    expect(found.p).toEqual([0.5, 0.5]);
    expect(found.entropyP).toBeCloseTo(Math.LN2, 12);
    expect(found.distance).toBe(0.25);
    expect(compare([1, 1], [1, 0])?.klPQ).toBe(Infinity);
  });
  test("must have some weight", () => expect(compare([0, 0], [1, 0])).toBeUndefined());
});

test.each([
  [percent(0.21953), "22.0%"],
  [decimal(0.0468), ".047"],
  [decimal(1), "1.000"],
  [grouped(20_000), "20,000"],
  [segmentations(1n), "1 segmentation"],
  [segmentations(570n), "570 segmentations"],
  [counted(10n ** 21n - 1n), "999,999,999,999,999,999,999"],
  [counted(3n * 10n ** 30n), "3.0 × 10³⁰"],
  [counted(9999n * 10n ** 30n), "1.0 × 10³⁴"],
])("a figure is written as %s", (written, wanted) => expect(written).toBe(wanted));
