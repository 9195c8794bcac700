// SentencePiece compiled to WebAssembly. The package prints to the console when it likes.
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

interface Processor {
  load(file: string): Promise<void>;
  encodeIds(text: string): number[];
}
const { SentencePieceProcessor } = await installed<{ SentencePieceProcessor: new () => Processor }>(
  "sentencepiece-js",
);

const versions = versionOf("sentencepiece-js");

async function loaded(modelFile: string): Promise<Processor> {
  const processor = new SentencePieceProcessor();
  await processor.load(modelFile);
  return processor;
}

export const encode: Prepare = async ({ modelFile, lines }) => {
  const processor = await loaded(modelFile);
  return {
    versions,
    run() {
      let count = 0;
      for (const line of lines) count += processor.encodeIds(line).length;
      return count;
    },
    output: () => lines.map((line) => processor.encodeIds(line).join(" ")),
  };
};

/** From the model's file to the ids of the first line; its `load` instantiates the module as well. */
export const load: Prepare = ({ modelFile, lines: [first = ""] }) => {
  const run = async () => {
    const processor = await loaded(modelFile);
    return { processor, ids: processor.encodeIds(first) };
  };
  return { versions, run, output: async () => [(await run()).ids.join(" ")] };
};
