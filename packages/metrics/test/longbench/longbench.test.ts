import { describe, expect, test } from "vitest";
import { roundHalfEven } from "../../src/longbench/half-even.ts";
import {
  classificationScore,
  codeSimScore,
  countScore,
  type LongbenchDataset,
  longbenchScore,
  LongbenchTotals,
  qaF1Score,
  qaF1ZhScore,
  retrievalScore,
  rougeScore,
  rougeZhScore,
  sequenceRatio,
} from "../../src/longbench.ts";

const empty = expect.objectContaining({ name: "MetricsError", code: "empty" });
const argument = expect.objectContaining({ name: "MetricsError", code: "argument" });

describe("scores", () => {
  test("of several answers are the best", () => {
    expect(longbenchScore("hotpotqa", "the Cat", ["dog", "a cat"])).toBe(1);
  });

  test("of some datasets are those of the first line", () => {
    expect(longbenchScore("triviaqa", "\n\nyes\nno", "yes")).toBe(1);
    expect(longbenchScore("hotpotqa", "\n\nyes\nno", "yes")).toBeCloseTo(2 / 3, 15);
  });

  test("of classes pass over the name after one that is part of the answer, as the reference does", () => {
    expect(classificationScore("Food and drink", "Food and drink", ["Food", "Food and drink"])).toBe(1);
    expect(classificationScore("Food and drink", "Food and drink", ["Food", "drink", "Food and drink"])).toBe(
      0.5,
    );
  });

  test("of Chinese take words from whom one likes", () => {
    expect(qaF1ZhScore("刘备，关羽", "刘备、张飞", (text) => text.split(/(?=[，、])|(?<=[，、])/))).toBe(0.5);
    expect(rougeZhScore("一二", "一三", (text) => text)).toBeCloseTo(0.5, 7);
    expect(qaF1ZhScore("天气很好", "天气很好。")).toBe(1);
  });

  test("of code are ratios of difflib, with its heuristic", () => {
    expect(codeSimScore("abcd", "bcde")).toBe(0.75);
    expect(sequenceRatio("", "")).toBe(1);
    // All characters are too common to start a block.
    expect(sequenceRatio("ab".repeat(150), "ba".repeat(150))).toBe(0);
  });
});

describe("means", () => {
  test("are the same of any split, through JSON", () => {
    const examples = [0.2, 3999, 4000, 9000].map((length, i) => ({
      prediction: "a b c d".slice(0, 2 * i + 1),
      answers: ["b d"],
      length,
    }));
    const whole = new LongbenchTotals("qasper");
    const parts = [new LongbenchTotals("qasper"), new LongbenchTotals("qasper")];
    examples.forEach((example, i) => {
      whole.add(example);
      parts[i % 2]!.add(example);
    });
    const merged = new LongbenchTotals("qasper").merge(JSON.parse(JSON.stringify(parts[1]))).merge(parts[0]!);
    expect(merged.finish()).toEqual(whole.finish());
    expect(whole.finish().examples).toBe(4);
    expect(whole.finish().byLength).toEqual({ "0-4k": 33.33, "4-8k": 50, "8k+": 80 });
  });

  test("know no group without examples", () => {
    const totals = new LongbenchTotals("qasper");
    totals.add({ prediction: "a", answers: "x y" });
    expect(totals.finish()).toEqual({
      score: 0,
      examples: 1,
      byLength: { "0-4k": undefined, "4-8k": undefined, "8k+": undefined },
    });
  });

  test("are rounded half to even, as Python rounds", () => {
    expect([0.125, 0.375, 2.675, 33.333333, 12.5].map((value) => roundHalfEven(value, 2))).toEqual([
      0.12, 0.38, 2.67, 33.33, 12.5,
    ]);
    expect([0.5, 1.5, 2.5, 2.4999, 74].map((value) => roundHalfEven(value))).toEqual([0, 2, 2, 2, 74]);
  });
});

describe("bad input", () => {
  test("no answers, no examples, no classes and no such dataset are refused", () => {
    expect(() => longbenchScore("qasper", "a", [])).toThrow(empty);
    expect(() => new LongbenchTotals("qasper").finish()).toThrow(empty);
    expect(() => longbenchScore("trec", "a", "a")).toThrow(argument);
    expect(() => classificationScore("a", "a", "a" as never)).toThrow(argument);
    expect(() => classificationScore("a", "a", [1] as never)).toThrow(argument);
    for (const dataset of ["qa", "toString", "__proto__"] as string[] as LongbenchDataset[])
      expect(() => longbenchScore(dataset, "a", "a")).toThrow(argument);
    expect(() => retrievalScore("1", "no number")).toThrow(argument);
  });

  test("what is not a string is refused", () => {
    const scores = [
      qaF1Score,
      qaF1ZhScore,
      rougeScore,
      rougeZhScore,
      countScore,
      retrievalScore,
      codeSimScore,
    ];
    for (const score of scores)
      for (const bad of [null, undefined, 1, ["a"]] as never[]) {
        expect(() => score(bad, "Paragraph 1")).toThrow(argument);
        expect(() => score("1", bad)).toThrow(argument);
      }
  });

  test("lone surrogates, halves of characters, are refused by every scorer", () => {
    const text = expect.objectContaining({ code: "text" });
    const half = "段落1 Paragraph 1 \ud83c";
    const scores = [qaF1Score, qaF1ZhScore, rougeScore, rougeZhScore, codeSimScore, sequenceRatio];
    for (const score of [...scores, countScore, retrievalScore]) {
      expect(() => score(half, "Paragraph 1")).toThrow(text);
      expect(() => score("1", half)).toThrow(text);
    }
  });

  test("lengths that are none, and sums of another dataset, are refused", () => {
    const example = { prediction: "b", answers: "b" };
    const totals = new LongbenchTotals("qasper");
    for (const length of [-1, NaN]) expect(() => totals.add({ ...example, length })).toThrow(argument);
    totals.add(example);
    expect(() => new LongbenchTotals("trec").merge(totals)).toThrow(argument);
    expect(() => totals.merge({ ...totals.toJSON(), sums: [2, 0, 0, 0] })).toThrow(argument);
    expect(() => totals.merge(null as never)).toThrow(argument);
    expect(totals.finish().score).toBe(100);
  });
});
