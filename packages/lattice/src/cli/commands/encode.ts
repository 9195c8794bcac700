import { parseArgs } from "node:util";
import {
  type Command,
  filter,
  formatOf,
  inputsOf,
  rowFormatOf,
  rowSink,
  threadsOf,
  UsageError,
} from "@lemmata/filter";
import { type Job, lineWriter } from "../line-writer.ts";
import { readModelFile } from "../model-file.ts";

export const encodeCommand: Command = {
  name: "encode",
  summary: "segments text, line by line",
  help: `Usage: lemmata-lattice encode --model FILE [options] [FILE…]

Segments text in UTF-8, line by line, from files or from standard input. Lines keep their order.

Options
  --model FILE     the model: a SentencePiece .model, a tokenizer.json or a BytePiece file
  --format FORMAT  what to write:
                     ids     the ids of a line in a line, with spaces between them (the default)
                     pieces  the pieces of a line in a line, with spaces between them
                     jsonl   a line of JSON for each: ids, pieces, offsets, score
                     npy     numpy arrays: all ids end to end, uint16 if they fit, else int32; and
                             beside OUTPUT.npy, in OUTPUT.rows.npy, where each line begins (int64)
                     u16     all ids end to end in 16 bits each, little-endian
                     u32     the same in 32 bits
  --no-special-tokens
                   leaves out what a tokenizer.json puts around each text
  --bos, --eos     put the piece for the beginning (the end) of a sentence that a SentencePiece or
                   BytePiece model names before (after) each text
  --output FILE    writes to a file, which appears when it is complete; else to standard output
  --threads N      converts in N threads; 1 if left out

Example
  lemmata-lattice encode --model en.model --format npy --output ids.npy --threads 4 corpus.txt
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        model: { type: "string" },
        format: { type: "string", default: "ids" },
        output: { type: "string" },
        threads: { type: "string", default: "1" },
        "special-tokens": { type: "boolean", default: true },
        bos: { type: "boolean", default: false },
        eos: { type: "boolean", default: false },
      },
    });
    const { output, bos, eos } = values;
    const format = formatOf(values.format, output);
    const threads = threadsOf(values.threads);
    const { model } = await readModelFile(values.model);
    for (const name of ["bos", "eos"] as const)
      if (values[name] && model.special[name] < 0)
        throw new UsageError(`--${name}: the model's file names no such piece`);
    const to = rowFormatOf(format, model.pieceType.length);
    const inputs = await inputsOf(positionals);
    const sink = await rowSink(format, to, output);
    const job: Job = { model, to, specialTokens: values["special-tokens"], bos, eos };
    await filter({ job, writerOf: lineWriter, passes: [inputs], sink, threads });
  },
};
