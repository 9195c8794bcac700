import { sameIds } from "../contestants/same-ids.ts";
import { sentencePieceCpp, sentencePiecePython } from "../peers/sentencepiece.ts";
import { bundledInputs } from "../src/inputs.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const lattice = new URL("../contestants/lattice.ts", import.meta.url);
const huggingFaceJs = new URL("../peers/hugging-face-js.ts", import.meta.url);
const huggingFaceNative = new URL("../peers/hugging-face-native.ts", import.meta.url);
const kitoken = new URL("../peers/kitoken.ts", import.meta.url);
const sentencePieceJs = new URL("../peers/sentencepiece-js.ts", import.meta.url);
const oneThread = { TOKENIZERS_PARALLELISM: "false", RAYON_NUM_THREADS: "1" };

export const suite: Suite = {
  name: "encode",
  claim:
    "From a string to the ids of its best segmentation, line by line, with one model and text for all, on one thread.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["lattice encodeIds", "lattice encode"],
  inputs: bundledInputs,
  check: sameIds,
  contestants: [
    inNode({ name: "lattice encodeIds", ours: true }, lattice, "encodeIds"),
    inNode(
      { name: "lattice encodeIds anew", ours: true, remark: "no memory of words" },
      lattice,
      "encodeIdsAnew",
    ),
    inNode({ name: "lattice encodeBatch", ours: true, remark: "one call" }, lattice, "encodeBatch"),
    inNode({ name: "lattice encode", ours: true, remark: "ids, pieces, offsets, score" }, lattice, "encode"),
    sentencePieceCpp("encode", "SentencePiece C++"),
    sentencePiecePython("encode", "SentencePiece Python"),
    sentencePiecePython("encodeBatch", "SentencePiece Python batch", "one call"),
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
    inNode({ name: "kitoken", ours: false, remark: "WebAssembly" }, kitoken, "encode"),
    inNode(
      { name: "kitoken encode_all", ours: false, remark: "WebAssembly, one call" },
      kitoken,
      "encodeBatch",
    ),
    inNode({ name: "sentencepiece-js", ours: false, remark: "WebAssembly" }, sentencePieceJs, "encode"),
  ],
  notes: [
    "`encodeIds` gives ids alone, as the WebAssembly and Python calls do; Hugging Face's calls always make pieces as well, the native one offsets too, so the second column compares them with our call that does.",
    "`encodeIds` remembers the ids of up to 16,384 words of at most 32 bytes, where the model's pieces do not go beyond words; Hugging Face's native package remembers 10,000 texts; the others nothing. The second row is for a text in which nothing comes twice.",
    "SentencePiece's C++ call finds ids through its list of pieces with their places in the text.",
  ],
};
