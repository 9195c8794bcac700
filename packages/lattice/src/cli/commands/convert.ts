import { parseArgs } from "node:util";
import { type Command, DataError, faultOf, NewFile, UsageError } from "@lemmata/filter";
import { writeCompiledModel } from "../../compiled.ts";
import { writeTokenizerJson } from "../../huggingface.ts";
import { LatticeError } from "../../lattice-error.ts";
import type { Model } from "../../model/model.ts";
import { writeSentencePiece } from "../../sentencepiece.ts";
import { readModelFile } from "../model-file.ts";

/** A format that models are written in, and how the names of its files end. */
interface Target {
  readonly name: string;
  readonly extension: string;
  readonly write: (model: Model) => Uint8Array;
}

const targets: readonly Target[] = [
  { name: "sentencepiece", extension: ".model", write: writeSentencePiece },
  {
    name: "tokenizer-json",
    extension: ".json",
    write: (model) => new TextEncoder().encode(writeTokenizerJson(model)),
  },
  { name: "compiled", extension: ".lattice", write: writeCompiledModel },
];
const names = targets.map(({ name }) => name).join(", ");

export const convertCommand: Command = {
  name: "convert",
  summary: "writes a model file in another format",
  help: `Usage: lemmata-lattice convert INPUT OUTPUT [--to FORMAT]

Reads a model file and writes it in another format, so that the libraries of that format segment alike with it. A
SentencePiece .model, unigram or BPE, becomes a tokenizer.json; a tokenizer.json becomes a .model if its normalizer and
decoder do what SentencePiece does, with no other steps. What a format cannot express is refused by name. The file
appears when it is complete.

Options
  --to FORMAT  sentencepiece   a .model file of SentencePiece
               tokenizer-json  a tokenizer.json of Hugging Face
               compiled        a model of any kind as it is in memory, which loads fastest
               if left out, what the name of OUTPUT ends with says it: .model, .json or .lattice

Example
  lemmata-lattice convert en.model tokenizer.json
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { to: { type: "string" } },
    });
    const [input, output, ...more] = positionals;
    if (input === undefined || output === undefined || more.length > 0)
      throw new UsageError(`two file names are needed, INPUT and OUTPUT; got ${positionals.length}`);
    const target = targetOf(output, values.to);
    const { model } = await readModelFile(input);
    const bytes = writtenAs(target, model, input);
    const file = await NewFile.create(output);
    await file.append(bytes);
    await file.finish();
  },
};

function targetOf(output: string, to: string | undefined): Target {
  const target = targets.find(({ name, extension }) =>
    to === undefined ? output.toLowerCase().endsWith(extension) : name === to,
  );
  if (target !== undefined) return target;
  throw new UsageError(
    to === undefined
      ? `the name ${output} tells no format: --to FORMAT is needed, one of ${names}`
      : `no format "${to}"; there are ${names}`,
  );
}

function writtenAs({ name, write }: Target, model: Model, input: string): Uint8Array {
  try {
    return write(model);
  } catch (error) {
    if (!(error instanceof LatticeError)) throw error;
    throw new DataError(`${input} cannot be written as ${name}: ${faultOf(error)}`);
  }
}
