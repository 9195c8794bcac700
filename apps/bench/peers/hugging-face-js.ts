// Hugging Face's tokenizers in JavaScript, the ones of transformers.js.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";
import { jsonFor } from "./tokenizer-json.ts";

const { Tokenizer } = await installed<{
  Tokenizer: new (
    json: object,
    config: object,
  ) => {
    encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
  };
}>("@huggingface/tokenizers");

const versions = versionOf("@huggingface/tokenizers");
const plain = { add_special_tokens: false };
const config = { tokenizer_class: "T5Tokenizer" };

export const encode: Prepare = ({ model, lines }) => {
  const tokenizer = new Tokenizer(jsonFor(model), config);
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += tokenizer.encode(line, plain).ids.length;
      return count;
    },
    output: () => lines.map((line) => tokenizer.encode(line, plain).ids.join(" ")),
  };
};

/** From the text of tokenizer.json to the ids of the first line. */
export const load: Prepare = ({ model, lines: [first = ""] }) => {
  const json = JSON.stringify(jsonFor(model));
  const run = () => {
    const tokenizer = new Tokenizer(JSON.parse(json) as object, config);
    return { tokenizer, ids: tokenizer.encode(first, plain).ids };
  };
  return { versions, run, output: () => [run().ids.join(" ")] };
};
