import { MetricsError } from "../metrics-error.ts";

/** A scorer of LongBench. */
export type LongbenchScorer =
  | "qaF1"
  | "qaF1Zh"
  | "rouge"
  | "rougeZh"
  | "classification"
  | "retrieval"
  | "retrievalZh"
  | "count"
  | "codeSim";

export type LongbenchDataset =
  | "narrativeqa"
  | "qasper"
  | "multifieldqa_en"
  | "multifieldqa_zh"
  | "hotpotqa"
  | "2wikimqa"
  | "musique"
  | "dureader"
  | "gov_report"
  | "qmsum"
  | "multi_news"
  | "vcsum"
  | "trec"
  | "triviaqa"
  | "samsum"
  | "lsht"
  | "passage_retrieval_en"
  | "passage_count"
  | "passage_retrieval_zh"
  | "lcc"
  | "repobench-p";

/** How each dataset of LongBench is scored. */
export const longbenchDatasets: Readonly<Record<LongbenchDataset, LongbenchScorer>> = {
  narrativeqa: "qaF1",
  qasper: "qaF1",
  multifieldqa_en: "qaF1",
  multifieldqa_zh: "qaF1Zh",
  hotpotqa: "qaF1",
  "2wikimqa": "qaF1",
  musique: "qaF1",
  dureader: "rougeZh",
  gov_report: "rouge",
  qmsum: "rouge",
  multi_news: "rouge",
  vcsum: "rougeZh",
  trec: "classification",
  triviaqa: "qaF1",
  samsum: "rouge",
  lsht: "classification",
  passage_retrieval_en: "retrieval",
  passage_count: "count",
  passage_retrieval_zh: "retrievalZh",
  lcc: "codeSim",
  "repobench-p": "codeSim",
};

/**
 * Refuses what is no dataset.
 *
 * @throws {@link MetricsError} `argument`.
 */
export function datasetOf(name: LongbenchDataset): LongbenchDataset {
  if (typeof name !== "string" || !Object.hasOwn(longbenchDatasets, name))
    throw new MetricsError("argument", `${name} is no dataset of LongBench`);
  return name;
}

/** The datasets of which only the first line of a prediction is scored: more examples follow in what models write. */
export const firstLineDatasets: ReadonlySet<LongbenchDataset> = new Set([
  "trec",
  "triviaqa",
  "samsum",
  "lsht",
]);
