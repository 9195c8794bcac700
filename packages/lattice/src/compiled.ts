export { enableBytePiece } from "./bytepiece/enable.ts";
export { readCompiledModel } from "./compiled/read.ts";
export { writeCompiledModel } from "./compiled/write.ts";
export { enableTokenizerJson } from "./pipeline/provide.ts";
export { enableBpe } from "./sentencepiece/compile-bpe.ts";
