import { textLines, tokenizerJsonBytes } from "@lemmata/data";
import { equalLines } from "../src/check.ts";
import type { Input, Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const lattice = new URL("../contestants/lattice.ts", import.meta.url);
const huggingFaceJs = new URL("../peers/hugging-face-js.ts", import.meta.url);
const huggingFaceNative = new URL("../peers/hugging-face-native.ts", import.meta.url);
const tiktoken = new URL("../peers/tiktoken.ts", import.meta.url);
const oneThread = { TOKENIZERS_PARALLELISM: "false", RAYON_NUM_THREADS: "1" };

const shapes = [
  ["GPT-2 shape", "gpt2_shape_16000"],
  ["Llama 3 shape", "llama3_shape_16000"],
] as const;
const texts = [
  ["English", "Botchan", "botchan"],
  ["Chinese", "Romance of the Three Kingdoms", "sanguo_40"],
  ["Japanese", "Wagahai wa neko de aru", "wagahaiwa_nekodearu"],
] as const;

function inputs(): Input[] {
  return shapes.flatMap(([shape, model]) =>
    texts.map(([language, title, text]) => ({
      name: `${language}, ${shape}`,
      description: `${title}, byte-level BPE of 16,000 pieces trained on the three texts`,
      model: tokenizerJsonBytes(model),
      lines: textLines(text),
    })),
  );
}

export const suite: Suite = {
  name: "bpe",
  claim: "From a string to the ids of byte-level BPE, line by line, with one model for all, on one thread.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["lattice encodeIds", "lattice encode"],
  inputs,
  check: equalLines,
  contestants: [
    inNode({ name: "lattice encodeIds", ours: true }, lattice, "encodeIds"),
    inNode({ name: "lattice encodeBatch", ours: true, remark: "one call" }, lattice, "encodeBatch"),
    inNode({ name: "lattice encode", ours: true, remark: "ids, pieces, offsets" }, lattice, "encode"),
    inNode({ name: "tiktoken", ours: false, remark: "WebAssembly" }, tiktoken, "encode"),
    inNode(
      { name: "tokenizers", ours: false, remark: "Hugging Face native, await a line" },
      huggingFaceNative,
      "encode",
      oneThread,
    ),
    inNode(
      { name: "tokenizers encodeBatch", ours: false, remark: "Hugging Face native, one call" },
      huggingFaceNative,
      "encodeBatch",
      oneThread,
    ),
    inNode({ name: "@huggingface/tokenizers", ours: false, remark: "JavaScript" }, huggingFaceJs, "encode"),
  ],
  notes: [
    "`encodeIds` remembers the ids of up to 65,536 words, as Hugging Face's native package does of 10,000; tiktoken does not.",
  ],
};
