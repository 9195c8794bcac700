export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export { bleu, BleuCounts, type BleuOptions, sentenceBleu } from "./text/bleu.ts";
export type { BleuScore, BleuSmoothing } from "./text/bleu-score.ts";
export type { BleuTokenizer } from "./text/bleu-tokenizers.ts";
export {
  bootstrap,
  type BootstrapOptions,
  type Interval,
  pairedBootstrap,
  type PairedComparison,
} from "./text/bootstrap.ts";
export { chrf, ChrfCounts, type ChrfOptions, type ChrfScore, sentenceChrf } from "./text/chrf.ts";
export type { References } from "./text/references.ts";
export { meanRouge, rouge, RougeMeans, type RougeMeansJson } from "./text/rouge.ts";
export type { RougeOptions, RougeScore, RougeType } from "./text/rouge-scorer.ts";
export { setRouge, type SetRougeScore } from "./text/set-rouge.ts";
export type { CountsJson, SegmentCounts } from "./text/segment-counts.ts";
