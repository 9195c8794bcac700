export { readBytePiece } from "./bytepiece/read.ts";
export { enableBytePiece } from "./bytepiece/enable.ts";
