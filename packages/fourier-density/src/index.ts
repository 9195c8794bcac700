export type { Amplitude } from "./amplitude.ts";
export { BinnedSamples, type BinnedSamplesJson, type Histogram } from "./binned-samples.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
export { fit, type FitOptions, type FitReport, FittedDensity } from "./fit.ts";
export { type Atoms, FourierDensity } from "./fourier-density.ts";
export type { Samples } from "./samples.ts";
export { autocorrelation, type Series } from "./series.ts";
export type { Circle, Interval, Line, Support } from "./support.ts";
export type { SupportChoice } from "./support-choice.ts";
