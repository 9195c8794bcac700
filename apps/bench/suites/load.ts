import { readFileSync, writeFileSync } from "node:fs";
import { writeCompiledModel } from "@lemmata/lattice/compiled";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import { sentencePieceCpp, sentencePiecePython } from "../peers/sentencepiece.ts";
import { bundledInputs, largeInput } from "../src/inputs.ts";
import type { Contestant, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/lattice.ts", import.meta.url);

/** Its process gets the compiled form, which is written here, where no clock runs. */
function fromCompiledForm(contestant: Contestant): Contestant {
  return {
    ...contestant,
    launch(files) {
      const modelFile = `${files.modelFile}.lattice`;
      writeFileSync(modelFile, writeCompiledModel(readSentencePiece(readFileSync(files.modelFile))));
      return contestant.launch({ ...files, modelFile });
    },
  };
}

export const suite: Suite = {
  name: "load",
  claim: "From the bytes of a model to the ids of a first line, in a process that has only just started.",
  measure: "time",
  process: "fresh",
  ratio: "times",
  baselines: ["lattice"],
  inputs: () => [...bundledInputs(), largeInput()],
  contestants: [
    inNode({ name: "lattice", ours: true }, ours, "load"),
    fromCompiledForm(inNode({ name: "lattice, compiled form", ours: true }, ours, "loadCompiled")),
    sentencePieceCpp("load", "SentencePiece C++"),
    sentencePiecePython("load", "SentencePiece Python"),
    inNode(
      { name: "tokenizers", ours: false, remark: "Hugging Face native, from tokenizer.json" },
      new URL("../peers/hugging-face-native.ts", import.meta.url),
      "load",
    ),
    inNode(
      { name: "@huggingface/tokenizers", ours: false, remark: "JavaScript, from tokenizer.json" },
      new URL("../peers/hugging-face-js.ts", import.meta.url),
      "load",
    ),
    inNode(
      { name: "kitoken", ours: false, remark: "WebAssembly" },
      new URL("../peers/kitoken.ts", import.meta.url),
      "load",
    ),
    inNode(
      { name: "sentencepiece-js", ours: false, remark: "WebAssembly, instantiated by its load" },
      new URL("../peers/sentencepiece-js.ts", import.meta.url),
      "load",
    ),
  ],
  notes: [
    "The package is imported and the file is in memory before the clock starts; nothing has been compiled by use.",
    "The model that lattice loads in its compiled form was written before, by writeCompiledModel. The form has no place for another program; it is what to load a model from that one has loaded before.",
    "What a load adds is resident memory after it less that before it, pages of the program's file not counted, in JavaScript without garbage: the model, its search, what the compiler took for the code of loading, and what an allocator keeps.",
    "The peak of memory is of the whole process, Node and the lines of the text included.",
  ],
};
