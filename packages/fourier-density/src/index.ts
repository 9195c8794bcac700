export type { Amplitude } from "./amplitude.ts";
export type { Atoms } from "./atoms.ts";
export { BinnedSamples, type BinnedSamplesJson, type Histogram } from "./binned-samples.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
export { fit, type FitOptions, type FitReport, FittedDensity } from "./fit.ts";
export { FourierDensity, type RandomSource } from "./fourier-density.ts";
export type { Samples } from "./samples.ts";
export { autocorrelation, type Series } from "./series.ts";
export type { SupportChoice } from "./support-choice.ts";
export {
  type Circle,
  type Interval,
  type Line,
  logReference,
  referenceAngle,
  type Support,
  valueAt,
} from "./support.ts";
