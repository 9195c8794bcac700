// Hugging Face's tokenizers in Rust, through their binding for Node. Their threads are switched off by the suite.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";
import { jsonFor } from "./tokenizer-json.ts";

interface Encoding {
  getIds(): number[];
}
interface Options {
  addSpecialTokens: boolean;
}
const { Tokenizer } = await installed<{
  Tokenizer: {
    fromString(json: string): {
      encode(text: string, pair: null, options: Options): Promise<Encoding>;
      encodeBatch(texts: readonly string[], options: Options): Promise<Encoding[]>;
    };
  };
}>("tokenizers");

const versions = versionOf("tokenizers");
const plain = { addSpecialTokens: false };

export const encode: Prepare = ({ model, lines }) => {
  const tokenizer = Tokenizer.fromString(JSON.stringify(jsonFor(model)));
  const ids = async (line: string): Promise<number[]> => (await tokenizer.encode(line, null, plain)).getIds();
  return {
    versions,
    async run() {
      let count = 0;
      for (const line of lines) count += (await ids(line)).length;
      return count;
    },
    output: async () => (await Promise.all(lines.map(ids))).map((line) => line.join(" ")),
  };
};

export const encodeBatch: Prepare = ({ model, lines }) => {
  const tokenizer = Tokenizer.fromString(JSON.stringify(jsonFor(model)));
  return {
    versions,
    async run() {
      let count = 0;
      for (const encoding of await tokenizer.encodeBatch(lines, plain)) count += encoding.getIds().length;
      return count;
    },
    output: async () =>
      (await tokenizer.encodeBatch(lines, plain)).map((encoding) => encoding.getIds().join(" ")),
  };
};

/** From the text of tokenizer.json to the ids of the first line. */
export const load: Prepare = ({ model, lines: [first = ""] }) => {
  const json = JSON.stringify(jsonFor(model));
  const run = async () => {
    const tokenizer = Tokenizer.fromString(json);
    return { tokenizer, ids: (await tokenizer.encode(first, null, plain)).getIds() };
  };
  return { versions, run, output: async () => [(await run()).ids.join(" ")] };
};
