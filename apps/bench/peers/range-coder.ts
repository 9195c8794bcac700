// @thi.ng/range-coder, an adaptive range coder of bytes, and node:zlib's Huffman code, which is native.
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { codingTask } from "../contestants/coding.ts";
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const { encodeBytes, decodeBytes } = await installed<{
  encodeBytes: (bytes: Uint8Array) => Uint8Array;
  decodeBytes: (bytes: Uint8Array) => Uint8Array;
}>("@thi.ng/range-coder");

export const rangeCoder: Prepare = (work) =>
  codingTask(work, versionOf("@thi.ng/range-coder"), encodeBytes, decodeBytes);

export const huffman: Prepare = (work) =>
  codingTask(
    work,
    { zlib: process.versions.zlib ?? "" },
    (symbols) => deflateRawSync(symbols, { strategy: constants.Z_HUFFMAN_ONLY }),
    inflateRawSync,
  );
