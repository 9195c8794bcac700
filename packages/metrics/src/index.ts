export {
  Calibration,
  calibration,
  type CalibrationJson,
  type CalibrationOptions,
  type CalibrationResult,
  type ReliabilityBin,
} from "./calibration.ts";
export type { Distribution } from "./distribution.ts";
export { entropy } from "./entropy.ts";
export { type InformationBudget, informationBudget, type InformationNeed } from "./information-budget.ts";
export { klDivergence } from "./kl-divergence.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export {
  bitsPerByte,
  type LossSummary,
  perplexity,
  TokenLosses,
  type TokenLossesJson,
} from "./token-losses.ts";
export { totalVariation } from "./total-variation.ts";
