import { parseArgs } from "node:util";
import { type Command, byteSink, filter, inputsOf, threadsOf } from "@lemmata/filter";
import { type Job, lineWriter } from "../line-writer.ts";
import { readModelFile } from "../model-file.ts";

export const decodeCommand: Command = {
  name: "decode",
  summary: "turns ids back into text, line by line",
  help: `Usage: lemmata-lattice decode --model FILE [options] [FILE…]

Turns lines of ids, with spaces between them, into lines of text. Lines keep their order.

Options
  --model FILE   the model: a SentencePiece .model, a tokenizer.json or a BytePiece file
  --special-tokens
                 shows special tokens by their names, which else are left out
  --output FILE  writes to a file, which appears when it is complete; else to standard output
  --threads N    converts in N threads; 1 if left out

Example
  lemmata-lattice decode --model en.model ids.txt
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        model: { type: "string" },
        output: { type: "string" },
        threads: { type: "string", default: "1" },
        "special-tokens": { type: "boolean", default: false },
      },
    });
    const threads = threadsOf(values.threads);
    const { model } = await readModelFile(values.model);
    const inputs = await inputsOf(positionals);
    const sink = await byteSink(values.output);
    const job: Job = { model, to: "text", specialTokens: values["special-tokens"] };
    await filter({ job, writerOf: lineWriter, passes: [inputs], sink, threads });
  },
};
