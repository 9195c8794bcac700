// @thi.ng/range-coder, an adaptive range coder of bytes.
import { codingTasks } from "../contestants/coding.ts";
import { installed, versionOf } from "./installed.ts";

const coder = await installed<{
  encodeBytes(bytes: Uint8Array): Uint8Array;
  decodeBytes(bytes: Uint8Array): Uint8Array;
}>("@thi.ng/range-coder");

export const { there, back } = codingTasks(
  { encode: (bytes) => coder.encodeBytes(bytes), decode: (bytes) => coder.decodeBytes(bytes) },
  versionOf("@thi.ng/range-coder"),
);
