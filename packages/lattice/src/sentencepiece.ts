export { readSentencePiece } from "./sentencepiece/read.ts";
export { writeSentencePiece } from "./sentencepiece/write.ts";
