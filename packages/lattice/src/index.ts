export { type Constraints, constrain } from "./constrain.ts";
export { countPaths, logCountPaths } from "./count-paths.ts";
export { expectation, type Moments } from "./expectation.ts";
export {
  counting,
  expectationSemiring,
  fold,
  foldByPieces,
  logSum,
  type MassAndMean,
  maxPlus,
  type Semiring,
} from "./fold.ts";
export { klDivergence } from "./kl-divergence.ts";
export {
  type AlphaOptions,
  buildLattice,
  type Edge,
  type Lattice,
  latticeFault,
  type Path,
} from "./lattice.ts";
export { LatticeError, type LatticeErrorCode } from "./lattice-error.ts";
export { entropy, expectedCounts, logPartition, type Marginals, marginals } from "./marginals.ts";
export {
  backwardMasses,
  forwardMasses,
  logAddExp,
  powerOfTwo,
  type Transitions,
  transitions,
} from "./masses.ts";
export { modelFromPieces } from "./model/model-from-pieces.ts";
export {
  type Merges,
  type Model,
  type Normalizer,
  PieceType,
  type SpecialIds,
  type Subword,
} from "./model/model.ts";
export type {
  AddedToken,
  DecodeStep,
  NormalizeStep,
  Padding,
  Pipeline,
  PreTokens,
  Side,
  SplitBehavior,
  SplitStep,
  Template,
  TemplateItem,
  Truncation,
  TruncationStrategy,
} from "./model/pipeline.ts";
export type { Trie } from "./model/trie.ts";
export { nbest, rankedPaths } from "./nbest.ts";
export { decode, type DecodeOptions, decodeStream, type DecodeStream } from "./segment/decode.ts";
export { drawIds, type DrawIdsOptions } from "./segment/draw-ids.ts";
export { emit, type Encoding } from "./segment/emit.ts";
export {
  countTokens,
  encode,
  encodeBatch,
  encodeIds,
  encodePair,
  type EncodingBatch,
} from "./segment/encode.ts";
export { latticeOf, type NormalizedText, type TextLattice } from "./segment/lattice-of.ts";
export type { EncodeOptions } from "./segment/searcher.ts";
export type { PairEncoding } from "./segment/special-tokens.ts";
export { normalize } from "./text/normalize.ts";
export { type Ties, viterbi, type ViterbiOptions } from "./viterbi.ts";
export { edgeWeights, type EdgeWeights } from "./weights.ts";
