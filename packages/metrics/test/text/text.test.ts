import { describe, expect, test } from "vitest";
import { MetricsError } from "../../src/index.ts";
import {
  bleu,
  BleuCounts,
  type BleuOptions,
  bootstrap,
  chrf,
  ChrfCounts,
  type ChrfOptions,
  meanRouge,
  pairedBootstrap,
  rouge,
  RougeMeans,
  type RougeType,
  sentenceBleu,
  sentenceChrf,
  setRouge,
} from "../../src/text.ts";

describe("the references' own test vectors", () => {
  // sacrebleu, test/test_bleu.py and test/test_chrf.py.
  const system = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
  const references = [
    ["The dog bit the man.", "The dog had bit the man."],
    ["It was not unexpected.", "No one was surprised."],
    ["The man bit him first.", "The man had bitten the dog."],
  ];

  test("BLEU of a corpus with two references", () => {
    expect(bleu(system, references).score).toBeCloseTo(48.530827, 6);
    expect(bleu(system, references, { tokenize: "none" }).score).toBeCloseTo(49.1919566, 6);
    expect(bleu(system, references, { tokenize: "intl" }).score).toBeCloseTo(43.91623493, 6);
    expect(bleu(system, references, { smooth: "none" }).score).toBeCloseTo(48.530827, 6);
  });

  test("chrF of equal and of different words", () => {
    expect(sentenceChrf("abcdefg", "hijklmnop").score).toBe(0);
    expect(sentenceChrf("a", "a").score).toBe(100);
    expect(sentenceChrf("ab", "a b").score).toBe(100);
    expect(sentenceChrf("ab", "a b", { whitespace: true }).score).toBeLessThan(100);
  });

  // rouge_score, rouge_scorer_test.py.
  test("ROUGE of a few words", () => {
    expect(rouge("testing", "testing one two").rouge1).toEqual({
      precision: 1,
      recall: 1 / 3,
      fmeasure: 0.5,
    });
    expect(rouge("testing one", "testing one two").rouge2).toMatchObject({ precision: 1, recall: 0.5 });
    expect(rouge("testing two", "testing one two").rougeL.fmeasure).toBeCloseTo(0.8, 15);
    expect(rouge("text first", ["first text", "first something"])).toMatchObject({
      rouge1: { fmeasure: 1 },
      rouge2: { fmeasure: 0 },
      rougeL: { fmeasure: 0.5 },
    });
    const summary = rouge("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5").rougeLsum;
    expect(summary).toMatchObject({ precision: 0.4, recall: 0.8 });
    expect(summary.fmeasure).toBeCloseTo(0.5333, 4);
    expect(
      rouge("Second sentence.\nFirst Sentence.", "First sentence.\nSecond Sentence.", { stemmer: true })
        .rougeLsum.fmeasure,
    ).toBe(1);
  });
});

describe("ROUGE-1.5.5 on rouge_score's test data", () => {
  // google-research, rouge/testdata/{prediction,target}.txt (Apache-2.0), and the numbers of rouge_scorer_test.py.
  const predictions = [
    "rFDJCRtion Ht-LM EKtDXkME,yz'RBr q'wer wrojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxi",
    "n cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMer pstion sbKao Q m qier LMmed HqqLFXe,XPY,J XsurkMeo ,ed nB'wH'bWVHjWFEer tQ.saefZwJtKrTlixYpMMNJtion UCAPwNHeYVjD",
  ];
  const targets = [
    "ZfbCUIUuePaiLVUlCaUXxkpu XPeWing tUHfPMuZ',-Xd Y BrUgVJing M-HV.-DgdDaY.rFDJCRing Ht-LM EKBDXkME,yz'RBr q'wtion wIojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxer tKM L",
    "KsJdPByEtAor fE-Qg Dpdbring cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMtion psing sbKao Q m qiing LMmer HqqLFXe,XPY,J XsurkMer ,ed nB'wH'bWVHjWFEing tQ.saefZwJtKrTlixYpMMsJing UCAPwNHeYVjDing c T BUySKtion gMPfJpwGw p'NvxAoping eu pBwMBKV'I DNxqelhu,PHPxDEq,mtion SN",
  ];
  test.each<[number, boolean, "rouge1" | "rouge2" | "rougeL", number, number, number]>([
    [0, false, "rouge1", 0.40741, 0.6875, 0.51163],
    [1, false, "rouge1", 0.40476, 0.65385, 0.5],
    [0, true, "rouge1", 0.40741, 0.6875, 0.51163],
    [1, true, "rouge1", 0.42857, 0.69231, 0.52941],
    [0, false, "rouge2", 0.30769, 0.53333, 0.39024],
    [1, true, "rouge2", 0.29268, 0.48, 0.36364],
    [0, false, "rougeL", 0.40741, 0.6875, 0.51163],
    [1, false, "rougeL", 0.40476, 0.65385, 0.5],
  ])("is what it gives: text %i, stems %s, %s", (i, stemmer, type, recall, precision, fmeasure) => {
    const score = rouge(predictions[i]!, targets[i]!, { stemmer, types: [type] })[type];
    expect(score.recall).toBeCloseTo(recall, 5);
    expect(score.precision).toBeCloseTo(precision, 5);
    expect(score.fmeasure).toBeCloseTo(fmeasure, 5);
  });
});

describe("accumulators", () => {
  test("of ROUGE give the mean, in parts or whole, through JSON", () => {
    const texts = ["a b c", "a c", "x"];
    const references = ["a b", ["c", "a"], "x y"];
    const whole = meanRouge(texts, references);
    const first = new RougeMeans();
    expect(first.add(texts[0]!, references[0]!)).toEqual(rouge(texts[0]!, references[0]!));
    const rest = new RougeMeans();
    rest.add(texts[1]!, references[1]!);
    rest.add(texts[2]!, references[2]!);
    const merged = new RougeMeans().merge(rest).merge(JSON.parse(JSON.stringify(first)));
    for (const type of ["rouge1", "rougeL"] as const)
      expect(merged.finish()[type].fmeasure).toBeCloseTo(whole[type].fmeasure, 15);
  });

  test("of other settings, and what no accumulator has written, are not added", () => {
    const refused = (run: () => unknown): void =>
      expect(run).toThrow(expect.objectContaining({ name: "MetricsError", code: "argument" }));
    const json = new BleuCounts().add("a", "a").toJSON();
    refused(() => new BleuCounts({ lowercase: true }).merge(json));
    refused(() => new BleuCounts({ maxOrder: 3 }).merge(json));
    refused(() => new ChrfCounts().merge(json as never));
    refused(() => new BleuCounts().merge({ ...json, counts: json.counts.map((count) => -count) }));
    refused(() => new BleuCounts().merge({ ...json, segments: 0.5 }));
    refused(() => new BleuCounts().merge(null as never));
    refused(() => new RougeMeans({ stemmer: true }).merge(new RougeMeans()));
    refused(() => new RougeMeans({ types: ["rouge1"] }).merge(new RougeMeans() as never));
    refused(() => new RougeMeans().merge({} as never));
    refused(() => new RougeMeans().merge({ ...new RougeMeans().toJSON(), segments: -1 }));
  });

  test("say in the signature if the number of references varies", () => {
    const counts = new BleuCounts().add("a", "a");
    expect(counts.signature()).toMatch(/^nrefs:1\|case:mixed\|eff:no\|tok:13a\|smooth:exp\|version:/);
    expect(counts.add("b", ["b", "c"]).signature()).toMatch(/^nrefs:var\|/);
    expect(new BleuCounts().merge(counts).signature()).toMatch(/^nrefs:var\|/);
  });
});

describe("resampling", () => {
  test("of a system against itself finds no difference, and one that is better everywhere differs", () => {
    const references = Array.from({ length: 30 }, (_, i) => `one two three ${i} four five six`);
    const worse = references.map((line) => line.replace("three", "3"));
    expect(pairedBootstrap(new BleuCounts(), worse, worse, references).pValue).toBe(1 / 1001);
    const compared = pairedBootstrap(new ChrfCounts(), worse, references, references, {
      samples: 100,
      seed: 1,
    });
    expect(compared.system).toMatchObject({ score: 100, mean: 100, margin: 0 });
    expect(compared.system.signature).toMatch(/^nrefs:1\|bs:100\|seed:1\|case:mixed/);
    expect(compared.pValue).toBeLessThan(0.05);
  });

  test("does not change the accumulator that names the measure", () => {
    const counts = new BleuCounts();
    bootstrap(counts, ["a b"], ["a b"], { samples: 2 });
    expect(counts.toJSON()).toEqual(new BleuCounts().toJSON());
  });
});

describe("bad input", () => {
  const empty = expect.objectContaining({ name: "MetricsError", code: "empty" });
  const length = expect.objectContaining({ name: "MetricsError", code: "length" });
  const argument = expect.objectContaining({ name: "MetricsError", code: "argument" });

  test("an empty text is worth 0, as an empty reference is", () => {
    expect(bleu([""], ["a b"]).score).toBe(0);
    expect(bleu(["a b"], [""]).score).toBe(0);
    expect(chrf([""], ["a b"]).score).toBe(0);
    expect(chrf([""], [""], { wordOrder: 2 }).score).toBe(0);
    expect(rouge("", "").rougeLsum).toEqual({ precision: 0, recall: 0, fmeasure: 0 });
    expect(rouge("中文", "中文").rouge1.fmeasure).toBe(0);
  });

  test("two numbers of texts, none, and texts without references are refused", () => {
    for (const measure of [bleu, chrf, meanRouge]) {
      expect(() => measure(["a"], [])).toThrow(length);
      expect(() => measure([], [])).toThrow(empty);
      expect(() => measure(["a"], [[]])).toThrow(empty);
      expect(() => measure("a" as never, "a" as never)).toThrow(argument);
    }
    expect(() => new BleuCounts().finish()).toThrow(empty);
    expect(() => new RougeMeans().finish()).toThrow(empty);
    expect(() => rouge("a", "a", { types: [] })).toThrow(empty);
    for (const text of ["", ".."]) expect(() => setRouge(text, "a")).toThrow(MetricsError);
  });

  test("what is not a string is refused", () => {
    for (const bad of [null, undefined, 5, {}, new String("a")] as never[]) {
      for (const measure of [sentenceBleu, sentenceChrf, rouge]) {
        expect(() => measure(bad, "a")).toThrow(argument);
        expect(() => measure("a", bad)).toThrow(argument);
        expect(() => measure("a", ["a", bad])).toThrow(argument);
      }
      expect(() => setRouge("a", bad)).toThrow(argument);
      expect(() => bootstrap(new BleuCounts(), [bad], ["a"])).toThrow(argument);
    }
  });

  test("options out of their range are refused", () => {
    const bleuOptions: unknown[] = [
      { tokenize: "spm" },
      { tokenize: "toString" },
      { smooth: "more" },
      { smooth: "floor", smoothValue: -1 },
      { smooth: "floor", smoothValue: NaN },
      { maxOrder: 0 },
      { maxOrder: 2.5 },
    ];
    for (const options of bleuOptions) expect(() => new BleuCounts(options as BleuOptions)).toThrow(argument);
    for (const options of [{ charOrder: 0 }, { wordOrder: -1 }, { beta: 0.5 }])
      expect(() => new ChrfCounts(options as ChrfOptions)).toThrow(argument);
    for (const type of ["rouge0", "rouge10", "rougen", 1])
      expect(() => rouge("a", "a", { types: [type as RougeType] })).toThrow(argument);
    for (const options of [{ samples: 0 }, { seed: -1 }, { seed: 0.5 }])
      expect(() => bootstrap(new BleuCounts(), ["a"], ["a"], options)).toThrow(argument);
  });

  test("lone surrogates, halves of characters, are refused with their place", () => {
    const text = expect.objectContaining({
      code: "text",
      message: expect.stringContaining("surrogate at 2"),
    });
    const half = "a \ud83c b";
    const scores: ((output: string, reference: string) => unknown)[] = [
      (output, reference) => bleu([output], [reference]),
      (output, reference) => chrf([output], [reference]),
      (output, reference) => new BleuCounts().add(output, reference),
      (output, reference) => bootstrap(new ChrfCounts(), [output], [reference]),
      rouge,
      setRouge,
    ];
    for (const score of scores) {
      expect(() => score(half, "a b")).toThrow(text);
      expect(() => score("a b", half)).toThrow(text);
      expect(() => score("a 🍣 b", "a b")).not.toThrow();
    }
  });
});
