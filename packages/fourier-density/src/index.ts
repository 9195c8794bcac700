export type { Amplitude } from "./amplitude.ts";
export type { Atoms } from "./atoms.ts";
export { BinnedSamples, type BinnedSamplesJson, type Histogram } from "./binned-samples.ts";
export { CharacteristicSums, type CharacteristicSumsJson } from "./characteristic-sums.ts";
export { type BandOptions, confidenceBand, type ConfidenceBand } from "./confidence-band.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
export type { SampleRanges } from "./evidence.ts";
export { fit, type FitOptions, type FitReport, FittedDensity } from "./fit.ts";
export { FourierDensity, type FourierDensityJson, type Lists } from "./fourier-density.ts";
export type { GoodnessOfFit } from "./goodness-of-fit.ts";
export { jackson } from "./jackson.ts";
export { type Floats, type FourierLoss, fourierLoss, type FourierLossOptions } from "./loss.ts";
export type { Extremum, Mode } from "./modes.ts";
export type { CircularMoment, Moments } from "./moments.ts";
export type { DataOptions } from "./prepare.ts";
export type { RandomSource } from "./random-source.ts";
export type { Samples } from "./samples.ts";
export type { TermsScore } from "./search-terms.ts";
export { selectTerms, type SelectTermsOptions, type TermsSelection } from "./select-terms.ts";
export { spectralFactor } from "./spectral-factor.ts";
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
