import { tokenizerJsonBytes } from "@lemmata/data";
import {
  countPaths,
  emit,
  encode,
  entropy,
  latticeOf,
  marginals,
  modelFromPieces,
  nbest,
} from "@lemmata/lattice";
import { readTokenizerJson } from "@lemmata/lattice/huggingface";
import { describe, expect, test } from "vitest";
import { drawingOf } from "../figures/arcs.ts";
import { articleLattice } from "../figures/article.ts";
import { clampedTo, clampedTrial, PARAMETERS } from "../figures/clamped.ts";
import { ATTENTIONS, concentrationOf, MOST_KEYS, normals } from "../figures/concentration.ts";
import { alphaCurve, ALPHAS } from "../figures/curve.ts";
import {
  chance,
  counted,
  decimal,
  grouped,
  percent,
  segmentations,
  signed,
  size,
} from "../figures/format.ts";
import { inflationOf } from "../figures/inflation.ts";
import { FEW, lawOf, MOST } from "../figures/law.ts";
import { pathThrough, placeOn, plainTicks, ticksTo } from "../figures/line-plot.ts";
import { ownPath } from "../figures/own-path.ts";
import { nextBatch } from "../figures/pace.ts";
import { Trial } from "../figures/trial.ts";
import { boundRows, CASES, compareBlocks, dragged, LONGEST, stepped, tipOf } from "../figures/two-blocks.ts";
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

  test("gives with each segmentation its path and score", () => {
    const law = lawOf(word, 0.1);
    expect(law.segmentations.slice(0, 5).map(({ edges, score }) => ({ edges, score }))).toEqual(
      nbest(word, 5).map(({ edges, score }) => ({ edges, score })),
    );
    for (const { probability, logProbability } of law.segmentations)
      expect(Math.exp(logProbability)).toBe(probability);
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
    expect(law.segmentations).toMatchObject([{ pieces: [], score: 0, probability: 1 }]);
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

describe("a drawing of a lattice", () => {
  const whole = { width: 40, most: 1000, marked: [] };

  test("has an arc for each edge, by where it begins, with its score and probability", () => {
    const { edge } = marginals(word, { alpha: 0.1 });
    const best = nbest(word, 1)[0]!;
    const drawing = drawingOf(model, word, 0.1, { ...whole, marked: best.edges });
    expect(drawing.arcs.map((arc) => arc.edge)).toEqual(Array.from(edge, (_, e) => e));
    expect(drawing.arcs.map(({ probability }) => probability)).toEqual([...edge]);
    expect(drawing.characters.map(({ text }) => text).join("")).toBe("▁understanding");
    expect(drawing.arcs.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(
      emit(model, best).pieces,
    );
    const score = drawing.arcs.filter(({ marked }) => marked).reduce((sum, arc) => sum + arc.score, 0);
    expect(score).toBeCloseTo(best.score, 10);
    expect(drawing).toMatchObject({ columns: 14, cut: false, omitted: 0 });
  });

  test("counts characters, not bytes, and is cut where it would be too wide", () => {
    const japanese = latticeOf(setStage("").model("spm_test_ja_model"), "吾輩は猫である");
    const ja = setStage("").model("spm_test_ja_model");
    const drawing = drawingOf(ja, japanese, 1, { ...whole, width: 3 });
    expect(drawing.characters).toEqual([
      { text: "▁", from: 0, to: 1 },
      { text: "吾", from: 1, to: 2 },
      { text: "輩", from: 2, to: 3 },
    ]);
    expect(Math.max(...drawing.arcs.map(({ to }) => to))).toBe(3);
    expect(drawing.cut).toBe(true);
  });

  test("leaves out the least probable arcs beyond a number, and none that is marked", () => {
    const marked = nbest(word, 100)[99]!.edges;
    const drawing = drawingOf(model, word, 1, { ...whole, most: 10, marked });
    expect(drawing.arcs).toHaveLength(10);
    expect(drawing.omitted).toBe(word.end.length - 10);
    expect(drawing.arcs.map(({ edge }) => edge)).toEqual(expect.arrayContaining([...marked]));
  });

  test("gives a character as many columns as it has bytes, where pieces begin inside it", () => {
    const bytes = readTokenizerJson(tokenizerJsonBytes("gpt2_shape_16000"));
    const drawing = drawingOf(bytes, latticeOf(bytes, "a猫"), 1, whole);
    expect(drawing.characters).toEqual([
      { text: "a", from: 0, to: 1 },
      { text: "猫", from: 1, to: 4 },
    ]);
    const split = drawing.arcs.find(({ from, to }) => from === 1 && to === 2)!;
    expect(split.text).toBe("<0xE7>");
    expect(drawing.columns).toBe(4);
  });

  test("calls the unknown piece by its name", () => {
    const made = modelFromPieces({ "<unk>": -9, a: -1 });
    const drawing = drawingOf(made, latticeOf(made, "a?"), 1, whole);
    expect(drawing.arcs.map(({ text, name }) => [text, name])).toEqual([
      ["a", "a"],
      ["?", "<unk>"],
    ]);
  });
});

describe("the path that a model without scores takes", () => {
  const idsOf = (made: typeof model, text: string): number[] | undefined => {
    const lattice = latticeOf(made, text);
    const edges = ownPath(made, lattice, text);
    return edges && [...emit(made, { lattice, edges, score: 0 }).ids];
  };
  const own = (made: typeof model, text: string): number[] => [
    ...encode(made, text, { specialTokens: false }).ids,
  ];

  test.each(["Understanding takes time.", "三人回至新野", "👩‍👩‍👧‍👦 é", "  two  spaces "])(
    "of byte-level BPE is that of encode: %s",
    (text) => {
      const made = readTokenizerJson(tokenizerJsonBytes("gpt2_shape_16000"));
      expect(idsOf(made, text)).toEqual(own(made, text));
    },
  );

  test.each([
    ["fused", true],
    ["one by one", false],
  ])("goes through unknown characters, %s", (_, fuse_unk) => {
    const vocab = { "<unk>": 0, a: 1, b: 2, ab: 3 };
    const made = readTokenizerJson({
      model: { type: "BPE", vocab, merges: ["a b"], unk_token: "<unk>", fuse_unk },
    });
    for (const text of ["ab??ab", "?", "???a", "ba??"]) expect(idsOf(made, text)).toEqual(own(made, text));
  });

  test("goes through characters that are their bytes", () => {
    const bytes = Array.from(
      { length: 256 },
      (_, b) => `<0x${b.toString(16).toUpperCase().padStart(2, "0")}>`,
    );
    const names = ["<unk>", "a", "b", "ab", ...bytes];
    const vocab = Object.fromEntries(names.map((name, id) => [name, id]));
    const made = readTokenizerJson({
      model: { type: "BPE", vocab, merges: ["a b"], unk_token: "<unk>", byte_fallback: true },
    });
    for (const text of ["ab猫ab", "猫猫", "a🍣"]) expect(idsOf(made, text)).toEqual(own(made, text));
  });

  test("of WordPiece is that of encode, or none where the longest match leads astray", () => {
    const vocab = { "[UNK]": 0, ab: 1, a: 2, "##bc": 3, "##d": 4 };
    const made = readTokenizerJson({
      pre_tokenizer: { type: "WhitespaceSplit" },
      model: {
        type: "WordPiece",
        vocab,
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
      },
    });
    expect(idsOf(made, "abd")).toEqual(own(made, "abd"));
    expect(own(made, "abc")).toEqual([0]);
    expect(idsOf(made, "abc")).toBeUndefined();
  });
});

describe("what sampling costs in pieces", () => {
  test("is the expectation over all segmentations, in multiples of the best one's pieces", () => {
    const { best, times } = inflationOf(word);
    expect(best).toBe(nbest(word, 1)[0]!.edges.length);
    for (const alpha of [0, 0.1, 1]) {
      const { segmentations: all } = lawOf(word, alpha);
      const expected = all.reduce((sum, { probability, pieces }) => sum + probability * pieces.length, 0);
      expect(times(alpha) * best).toBeCloseTo(expected, 10);
    }
  });

  test("goes to 1 as alpha grows", () => {
    expect(inflationOf(word).times(50)).toBeCloseTo(1, 6);
  });
});

describe("a plot", () => {
  test("of entropy against alpha goes from the log of the number of segmentations at 0 down to the end at 3", () => {
    const entropies = ALPHAS.map((alpha) => entropy(word, { alpha }));
    expect(entropies[0]).toBeCloseTo(Math.log(570), 12);
    expect([...entropies].sort((a, b) => b - a)).toEqual(entropies);
    const { alpha, value, points } = alphaCurve(entropies, "nats");
    expect([alpha.from, alpha.to]).toEqual([0, 3]);
    expect([ALPHAS[0], ALPHAS.at(-1)]).toEqual([0, 3]);
    expect(value).toEqual({ from: 0, to: 8, ticks: plainTicks([0, 2, 4, 6, 8]), name: "nats" });
    expect(points.map(([at]) => at)).toEqual(ALPHAS);
    expect(points.map(([, nats]) => nats)).toEqual(entropies);
  });

  test("holds what is known by now, and goes on after what is missing", () => {
    expect(alphaCurve([], "nats").points).toEqual([]);
    expect(pathThrough([])).toBe("");
    const points = [
      [0, 0],
      [1, 2.04],
      [2, NaN],
      [3, 4],
      [4, 5],
    ] as const;
    expect(pathThrough(points)).toBe("M0.0 0.0L1.0 2.0M3.0 4.0L4.0 5.0");
  });

  test("has the ends of an axis at the ends of its box", () => {
    const place = placeOn({ from: -1, to: 3, ticks: [], name: "" }, 110, 10);
    expect([-1, 1, 3].map(place)).toEqual([110, 60, 10]);
  });

  test.each([
    [0, [0, 1]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [5, [0, 1, 2, 3, 4, 5]],
    [11.4, [0, 5, 10, 15]],
    [3410, [0, 1000, 2000, 3000, 4000]],
  ])("of values up to %d has the ticks %j", (highest, wanted) => {
    expect(ticksTo(highest)).toEqual(wanted);
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

describe("two blocks of vectors", () => {
  const [one, two] = CASES["out of step"]!;

  test("have the lengths, the local cosines and the global one that they are drawn with", () => {
    const found = compareBlocks([one, two])!;
    expect(found.blocks.map(({ normX, normY }) => [normX, normY])).toEqual(
      [one, two].map(({ normX, normY }) => [normX, expect.closeTo(normY, 14)]),
    );
    found.blocks.forEach(({ cosine }, i) =>
      expect(cosine).toBeCloseTo(Math.cos(([one, two][i]!.angle * Math.PI) / 180), 14),
    );
    expect(found.reversal).toBeDefined();
  });

  test("leave the truth in the range of each bound, in all cases that are shown", () => {
    const names: Record<string, boolean> = {};
    for (const [name, blocks] of Object.entries(CASES)) {
      const found = compareBlocks(blocks)!;
      names[name] = found.reversal !== undefined;
      for (const { from, to, truth } of boundRows(found)) {
        expect(truth).toBeGreaterThanOrEqual(from - 1e-14);
        expect(truth).toBeLessThanOrEqual(to + 1e-14);
      }
    }
    expect(names).toEqual({
      "out of step": true,
      "the article's": true,
      "in step": false,
      "one side zero": true,
      "one against": false,
    });
  });

  test("are none where a vector is zero", () => {
    expect(
      compareBlocks([
        { ...one, normX: 0 },
        { ...two, normX: 0 },
      ]),
    ).toBeUndefined();
    expect(
      compareBlocks([
        { ...one, normY: 0 },
        { ...two, normY: 0 },
      ]),
    ).toBeUndefined();
    expect(compareBlocks([{ ...one, normX: 0 }, two])).toBeDefined();
  });

  test("follow the pointer, on a grid and within their bounds", () => {
    expect(dragged(one, "x", [0.77, 5])).toEqual({ ...one, normX: 0.75 });
    expect(dragged(one, "x", [-3, 0]).normX).toBe(0);
    expect(dragged(one, "y", [0, -1])).toEqual({ ...one, normY: 1, angle: 90 });
    expect(dragged(one, "y", [-30, 0])).toEqual({ ...one, normY: LONGEST, angle: 180 });
    // Without a length, the direction is kept.
    expect(dragged(one, "y", [-0.01, 0])).toEqual({ ...one, normY: 0 });
    for (const block of Object.values(CASES).flat())
      for (const side of ["x", "y"] as const)
        if (side === "x" || block.normY > 0) expect(dragged(block, side, tipOf(block, side))).toEqual(block);
  });

  test("follow the keys", () => {
    expect(stepped(one, "x", "ArrowRight")?.normX).toBe(0.45);
    expect(stepped(one, "x", "ArrowLeft")?.normX).toBe(0.35);
    expect(stepped(one, "y", "ArrowUp")?.normY).toBe(1.65);
    expect(stepped(one, "y", "ArrowLeft")?.angle).toBe(25);
    expect(stepped({ ...one, angle: 2 }, "y", "ArrowRight")?.angle).toBe(0);
    expect(stepped({ ...one, angle: 178 }, "y", "ArrowLeft")?.angle).toBe(180);
    expect(stepped(one, "y", "Home")?.normY).toBe(0);
    expect(stepped(one, "y", "End")?.normY).toBe(LONGEST);
    expect(stepped(one, "y", "Tab")).toBeUndefined();
  });
});

describe("the concentration of attention", () => {
  const byName = Object.fromEntries(ATTENTIONS.map((attention) => [attention.name, attention]));

  test("has the limits that quadrature gives", () => {
    for (const [name, mean, scale, wanted] of [
      ["softmax", 0, 0.5, 0.882497],
      ["softmax", -1, 1, 0.606531],
      ["softmax", 0, 4, 0.000335],
      ["ReLU²", -2, 0.5, 0.002481],
      ["ReLU²", -2, 1, 0.072006],
      ["ReLU²", 0, 3, 0.408248],
      ["ReLU²", 1, 1, 0.612773],
      ["ReLU²", 2, 0.5, 0.902266],
      ["linear", 0, 1, 0.797885],
      ["linear", 1, 0.5, 0.902022],
      ["linear", -1, 4, 0.798126],
    ] as const)
      expect([name, mean, scale, byName[name]!.limit(mean, scale)]).toEqual([
        name,
        mean,
        scale,
        expect.closeTo(wanted, 5),
      ]);
    // As far from the kink as the sliders go, it is still a number, and next to nothing.
    expect(byName["ReLU²"]!.limit(-2, 0.1)).toBeLessThan(1e-6);
    expect(byName["ReLU²"]!.limit(-2, 0.1)).toBeGreaterThanOrEqual(0);
  });

  test("comes near its limit with many keys, softmax from above and late", () => {
    const noise = normals(4 * MOST_KEYS, 1);
    for (const { name, limit, ...rest } of ATTENTIONS.slice(0, 3))
      for (const [mean, scale] of [
        [0, 0.5],
        [1, 1],
        [-1, 1],
      ] as const) {
        const found = concentrationOf({ name, limit, ...rest }, noise, { keys: MOST_KEYS, mean, scale });
        expect([name, Math.abs(found - limit(mean, scale)) < 0.03]).toEqual([name, true]);
      }
    const softmax = { keys: MOST_KEYS, mean: 0, scale: 2 };
    expect(concentrationOf(byName["softmax"]!, noise, softmax)).toBeGreaterThan(0.16);
    expect(byName["softmax"]!.limit(0, 2)).toBeCloseTo(0.135, 3);
  });

  test("of the decay has a closed form", () => {
    for (const keys of [16, 1024]) {
      const found = concentrationOf(byName["decay"]!, normals(MOST_KEYS, 1), { keys, mean: 0, scale: 1 });
      const power = 0.9 ** keys;
      expect(found).toBeCloseTo(Math.sqrt(((1 - power) / (keys * 0.1)) * (1.9 / (1 + power))), 12);
    }
  });

  test("leaves rows without any weight out, and is none where all are", () => {
    const options = { keys: 2, mean: -1, scale: 1 };
    const relu = byName["ReLU²"]!;
    expect(concentrationOf(relu, Float64Array.of(0, 0, 2, 2, 2, 0), options)).toBeCloseTo(
      (1 + Math.SQRT1_2) / 2,
      12,
    );
    expect(concentrationOf(relu, new Float64Array(4), options)).toBeNaN();
  });

  test("is drawn from normal numbers", () => {
    const noise = normals(10_001, 3);
    const moment = (k: number): number => noise.reduce((sum, v) => sum + v ** k, 0) / noise.length;
    // Five standard deviations each: a false alarm in a million.
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / 10_001));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / 10_001));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / 10_001));
    expect(normals(10, 3)).toEqual(noise.slice(0, 10));
  });
});

describe("the update whose local cosines are clamped", () => {
  test("has local cosines of at least λ, and a global one below where scales differ", () => {
    const trial = clampedTrial(2);
    for (const lambda of [0.2, 0.5, 0.9]) {
      const { blocks, cosine, reversal } = trial(lambda);
      for (const block of blocks) expect(block.cosine).toBeGreaterThanOrEqual(lambda - 1e-12);
      expect(cosine).toBeLessThan(lambda);
      expect(reversal).toMatchObject({ cosine, heavyInX: PARAMETERS[0].name });
    }
  });

  test("hides nothing where gradients have one scale", () => {
    const trial = clampedTrial(0);
    for (const lambda of [0, 0.5, 0.9]) {
      const { cosine, profile } = trial(lambda);
      expect(profile).toBeGreaterThan(0.97);
      expect(cosine).toBeGreaterThan(0.97 * lambda);
    }
  });

  test("is the nearest one: what is far enough stays, the rest is turned no further than to λ", () => {
    const g = Float64Array.of(1, 0);
    expect([...clampedTo(0.5, Float64Array.of(3, 1), g)]).toEqual([3, 1]);
    const [along, across] = clampedTo(0.6, Float64Array.of(-1, 2), g);
    expect(across).toBe(2);
    expect(along! / Math.hypot(along!, across!)).toBeCloseTo(0.6, 14);
  });
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
  [chance(Math.log(0.0234)), "2.3%"],
  [chance(1e-16), "100.0%"],
  [chance(Math.log(4.1e-9)), "4.1 × 10⁻⁹"],
  [chance(Math.log(9.99e-5)), "1.0 × 10⁻⁴"],
  [chance(-2000), "2.6 × 10⁻⁸⁶⁹"],
  [chance(-Infinity), "0"],
  [signed(-41.0234, 2), "−41.02"],
  [size(1_234_567), "1.2 MB"],
  [size(12_345), "13 kB"],
])("a figure is written as %s", (written, wanted) => expect(written).toBe(wanted));
