// kitoken, Rust compiled to WebAssembly.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const { Kitoken } = await installed<{
  Kitoken: {
    from_sentencepiece(file: Uint8Array): {
      encode(text: string): Uint32Array;
      encode_all(texts: readonly string[]): Uint32Array[];
    };
  };
}>("kitoken/node");

const versions = versionOf("kitoken");

export const encode: Prepare = ({ model, lines }) => {
  const tokenizer = Kitoken.from_sentencepiece(model);
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += tokenizer.encode(line).length;
      return count;
    },
    output: () => lines.map((line) => tokenizer.encode(line).join(" ")),
  };
};

export const encodeBatch: Prepare = ({ model, lines }) => {
  const tokenizer = Kitoken.from_sentencepiece(model);
  return {
    versions,
    run() {
      let count = 0;
      for (const ids of tokenizer.encode_all(lines)) count += ids.length;
      return count;
    },
    output: () => tokenizer.encode_all(lines).map((ids) => ids.join(" ")),
  };
};

/** From the bytes of the model to the ids of the first line; the module is instantiated before. */
export const load: Prepare = ({ model, lines: [first = ""] }) => {
  const run = () => {
    const kitoken = Kitoken.from_sentencepiece(model);
    return { kitoken, ids: kitoken.encode(first) };
  };
  return { versions, run, output: () => [run().ids.join(" ")] };
};
