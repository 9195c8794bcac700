export { augment, type AugmentedLine, type AugmentOptions } from "./augment.ts";
export { bpeDropout } from "./bpe-dropout.ts";
export {
  type AliasTable,
  aliasTable,
  categorical,
  gumbelTopK,
  reservoir,
  systematic,
  type Weights,
} from "./categorical.ts";
export { antitheticPair, coupledSamples } from "./coupled.ts";
export { effectiveSampleSize, type Estimate, estimateMean } from "./estimate.ts";
export { sampleGivenPieces } from "./given-pieces.ts";
export { givenPrefix, type Prefix } from "./given-prefix.ts";
export { keyedRng } from "./keyed-rng.ts";
export { maxMatchDropout } from "./max-match-dropout.ts";
export { type DrawIds, type LineSampler, lineSampler, type LineSamplerOptions } from "./line-sampler.ts";
export type { Lines } from "./lines.ts";
export { nbestSample, nbestSampler } from "./nbest-sample.ts";
export type { DrawOptions, RandomSource } from "./options.ts";
export { perfectSample, type SampledPath } from "./perfect-sample.ts";
export { type PerfectSampler, perfectSampler } from "./perfect-sampler.ts";
export { type AlphaRecommendation, type AlphaTarget, recommendAlpha } from "./recommend-alpha.ts";
export { createRng, type Rng, rngFromState } from "./rng.ts";
export { sampleEncode } from "./sample-encode.ts";
export { sampleParts, sampleStream, type SampleStreamOptions, sampleTransform } from "./sample-stream.ts";
export { SamplingError, type SamplingErrorCode } from "./sampling-error.ts";
export type { DropoutOptions, ScorelessOptions } from "./scoreless.ts";
export { uniformSample } from "./uniform-sample.ts";
export { viterbiSample } from "./viterbi-sample.ts";
export { type PathProbability, viterbiSampleDistribution } from "./viterbi-sample-distribution.ts";
export { type DistinctOptions, type DistinctPath, sampleWithoutReplacement } from "./without-replacement.ts";
