export { byteOffsets } from "./inputs/byte-offsets.ts";
export { encodeTruncated, type EncodingRow, type TruncatedEncoding } from "./inputs/encode-truncated.ts";
export { type ModelInputs, modelInputs, type ModelInputsOptions } from "./inputs/model-inputs.ts";
export type { TextOrPair } from "./inputs/text-or-pair.ts";
export type { TruncationOptions } from "./inputs/truncation.ts";
