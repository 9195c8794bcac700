import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  classificationScore,
  codeSimScore,
  countScore,
  type LengthBucket,
  type LongbenchDataset,
  longbenchDatasets,
  LongbenchTotals,
  qaF1Score,
  qaF1ZhScore,
  retrievalScore,
  retrievalZhScore,
  rougeScore,
  rougeZhScore,
  sequenceRatio,
} from "../../src/longbench.ts";

// Made by tools/golden/make_longbench.py with LongBench's metrics.py and eval.py (2e00731), jieba 0.42.1, rouge 1.0.1,
// fuzzywuzzy 0.18.0.
interface Golden {
  readonly words: Readonly<Record<string, string[]>>;
  readonly scores: readonly {
    scorer: string;
    prediction: string;
    answer: string;
    score: number;
    classes?: string[];
  }[];
  readonly clauses: readonly [prediction: string, answer: string, qaF1: number, rouge: number][];
  readonly ratios: readonly [string, string, number][];
  readonly datasets: readonly {
    dataset: LongbenchDataset;
    examples: { prediction: string; answers: string[]; classes: string[] | null; length: number }[];
    score: number;
    byLength: Record<LengthBucket, number | null>;
  }[];
}
const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../golden/longbench.json.gz", import.meta.url))).toString(),
) as Golden;
const jieba = (text: string): string[] => golden.words[text]!;
const scorers: Readonly<Record<string, (prediction: string, answer: string, classes: string[]) => number>> = {
  qa_f1_score: qaF1Score,
  qa_f1_zh_score: (prediction, answer) => qaF1ZhScore(prediction, answer, jieba),
  rouge_score: rougeScore,
  rouge_zh_score: (prediction, answer) => rougeZhScore(prediction, answer, jieba),
  classification_score: classificationScore,
  retrieval_score: retrievalScore,
  retrieval_zh_score: retrievalZhScore,
  count_score: countScore,
  code_sim_score: codeSimScore,
};

describe("LongBench", () => {
  test.each(Object.keys(scorers))("gives the same scores to the bit, given the same words: %s", (name) => {
    const rows = golden.scores.filter(({ scorer }) => scorer === name);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const { prediction, answer, classes = [], score } of rows)
      expect([prediction, answer, scorers[name]!(prediction, answer, classes)]).toEqual([
        prediction,
        answer,
        score,
      ]);
  });

  test("has the same datasets, and scores of each, whole and by length", () => {
    expect(golden.datasets.map(({ dataset }) => dataset)).toEqual(Object.keys(longbenchDatasets));
    for (const { dataset, examples, score, byLength } of golden.datasets) {
      const totals = new LongbenchTotals(dataset);
      for (const { classes, ...example } of examples)
        totals.add({ ...example, ...(classes === null ? {} : { classes }), segment: jieba });
      const result = totals.finish();
      expect([dataset, result.score]).toEqual([dataset, score]);
      for (const [bucket, want] of Object.entries(byLength))
        expect(result.byLength[bucket as LengthBucket] ?? null).toBe(want);
    }
  });
});

test("difflib gives the same ratios", () => {
  for (const [a, b, ratio] of golden.ratios) expect([a, b, sequenceRatio(a, b)]).toEqual([a, b, ratio]);
});

test("words by Intl.Segmenter move the F of Chinese clauses by some hundredths from that by jieba's", () => {
  for (const [score, column] of [
    [qaF1ZhScore, 2],
    [rougeZhScore, 3],
  ] as const) {
    const differences = golden.clauses.map((row) => Math.abs(score(row[0], row[1]) - row[column]));
    // 0.04 with the ICU of Node 24; other engines have other dictionaries.
    expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(
      0.08,
    );
  }
});
