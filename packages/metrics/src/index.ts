export type { Distribution } from "./distribution.ts";
export { entropy } from "./entropy.ts";
export { klDivergence } from "./kl-divergence.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export { totalVariation } from "./total-variation.ts";
