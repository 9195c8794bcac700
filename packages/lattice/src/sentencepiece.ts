export { enableBpe } from "./sentencepiece/compile-bpe.ts";
export { readSentencePiece } from "./sentencepiece/read.ts";
export { writeSentencePiece } from "./sentencepiece/write.ts";
