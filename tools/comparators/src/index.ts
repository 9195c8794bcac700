export type { Density, Estimate, RandomSource } from "./density.ts";
export type { Training } from "./estimators/adam.ts";
export { type Bins, binned } from "./estimators/bins.ts";
export {
  type FactorizedPrior,
  fitFactorizedPrior,
  type PriorOptions,
} from "./estimators/factorized-prior.ts";
export { type Bandwidth, KernelDensity, kernelDensity } from "./estimators/kernel-density.ts";
export { type EmFit, type EmOptions, fitMixtureByEm } from "./estimators/mixture-by-em.ts";
export { fitMixtureByGradient, type GradientOptions } from "./estimators/mixture-by-gradient.ts";
export { GaussianMixture } from "./gaussian-mixture.ts";
export { type Nodes } from "./targets/quadrature.ts";
export { type Domain, drawMany, entropy, excessLoss, type Target } from "./targets/target.ts";
export { targets } from "./targets/targets.ts";
