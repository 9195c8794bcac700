export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export { chineseWords, type Segment } from "./longbench/chinese-words.ts";
export { classificationScore } from "./longbench/classification-score.ts";
export { codeSimScore } from "./longbench/code-sim-score.ts";
export {
  firstLineDatasets,
  type LongbenchDataset,
  longbenchDatasets,
  type LongbenchScorer,
} from "./longbench/datasets.ts";
export { type LongbenchContext, longbenchScore } from "./longbench/longbench-score.ts";
export {
  type LengthBucket,
  lengthBuckets,
  type LongbenchExample,
  type LongbenchJson,
  type LongbenchResult,
  LongbenchTotals,
} from "./longbench/longbench-totals.ts";
export { countScore, retrievalScore, retrievalZhScore } from "./longbench/number-scores.ts";
export { qaF1Score, qaF1ZhScore } from "./longbench/qa-f1-score.ts";
export { rougeScore, rougeZhScore } from "./longbench/rouge-score.ts";
export { sequenceRatio } from "./longbench/sequence-ratio.ts";
export type { References } from "./text/references.ts";
