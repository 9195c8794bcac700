export { type CodeTable, codeTable } from "./coding/code-table.ts";
export { crc32 } from "./coding/crc32.ts";
export { decode, type DecodeOptions } from "./coding/decode.ts";
export { encode } from "./coding/encode.ts";
export {
  type CodingDensity,
  type Levels,
  type Quantization,
  type Quantizer,
  quantizerOf,
  type UniformSteps,
} from "./coding/quantization.ts";
export { MAX_PRECISION, RansDecoder, ransEncode } from "./coding/rans.ts";
export { rateDistortion, type RatePoint } from "./coding/rate-distortion.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
