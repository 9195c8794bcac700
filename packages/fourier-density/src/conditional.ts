export { ConditionalDensity, type HeldOutLoss } from "./conditional/conditional-density.ts";
export type { ConditionalDensityJson } from "./conditional/conditional-json.ts";
export { fitConditional, type FitConditionalOptions } from "./conditional/fit-conditional.ts";
