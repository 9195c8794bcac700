export { angle } from "./angle.ts";
export {
  Calibration,
  calibration,
  type CalibrationJson,
  type CalibrationOptions,
  type CalibrationResult,
  type ReliabilityBin,
} from "./calibration.ts";
export { cosine } from "./cosine.ts";
export type { BoundNeeds, CosineBound } from "./cosine-bounds.ts";
export type { CosineReversal } from "./cosine-reversal.ts";
export { CosineSketch, type CosineSketchJson, type SketchedCosine } from "./cosine-sketch.ts";
export { cosineToRows } from "./cosine-to-rows.ts";
export type { Distribution } from "./distribution.ts";
export { entropy } from "./entropy.ts";
export { type BlockCosine, groupedCosine, type GroupedCosine } from "./grouped-cosine.ts";
export type { Group, Groups } from "./groups.ts";
export { type InformationBudget, informationBudget, type InformationNeed } from "./information-budget.ts";
export { jsDivergence } from "./js-divergence.ts";
export { kendall } from "./kendall.ts";
export { klDivergence } from "./kl-divergence.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export { pearson } from "./pearson.ts";
export { type GroupScatter, type Sample, type Scatter, simpson, type Simpson } from "./simpson.ts";
export { spearman } from "./spearman.ts";
export {
  bitsPerByte,
  type LossSummary,
  perplexity,
  TokenLosses,
  type TokenLossesJson,
} from "./token-losses.ts";
export { totalVariation } from "./total-variation.ts";
export type { HalfType, Vector, VectorOptions } from "./vector.ts";
