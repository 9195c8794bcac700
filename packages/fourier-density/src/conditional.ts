export { ConditionalDensity, type HeldOutLoss } from "./conditional/conditional-density.ts";
export type { ConditionalDensityJson } from "./conditional/conditional-json.ts";
export { fitConditional } from "./conditional/fit-conditional.ts";
export type { FitConditionalOptions } from "./conditional/fit-options.ts";
export {
  AutoregressiveDensity,
  type AutoregressiveDensityJson,
} from "./conditional/autoregressive-density.ts";
export { fitAutoregressive, type FitAutoregressiveOptions } from "./conditional/fit-autoregressive.ts";
