export type { DrawOptions, RandomSource } from "./options.ts";
export { perfectSample, type SampledPath } from "./perfect-sample.ts";
export { type PerfectSampler, perfectSampler } from "./perfect-sampler.ts";
export { createRng, type Rng, rngFromState } from "./rng.ts";
export { SamplingError, type SamplingErrorCode } from "./sampling-error.ts";
export { viterbiSample } from "./viterbi-sample.ts";
