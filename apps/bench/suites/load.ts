import { sentencePieceCpp, sentencePiecePython } from "../peers/sentencepiece.ts";
import { bundledInputs } from "../src/inputs.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

export const suite: Suite = {
  name: "load",
  claim: "From the bytes of a model to the ids of a first line, in a process that has only just started.",
  measure: "time",
  process: "fresh",
  ratio: "times",
  baselines: ["lattice"],
  inputs: bundledInputs,
  contestants: [
    inNode({ name: "lattice", ours: true }, new URL("../contestants/lattice.ts", import.meta.url), "load"),
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
    "The peak of memory is of the whole process, Node and the lines of the text included.",
  ],
};
