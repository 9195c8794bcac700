export { readBytePiece, type BytePieceOptions } from "./bytepiece/read.ts";
export { enableBytePiece } from "./bytepiece/enable.ts";
