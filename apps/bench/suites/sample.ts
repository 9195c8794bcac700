import { sentencePieceCpp, sentencePiecePython } from "../peers/sentencepiece.ts";
import { equalTexts } from "../src/check.ts";
import { bundledInputs } from "../src/inputs.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const sampling = new URL("../contestants/sampling.ts", import.meta.url);

export const suite: Suite = {
  name: "sample",
  claim: "From a string to the ids of one segmentation drawn at alpha = 0.1, line by line, on one thread.",
  measure: "rate",
  process: "kept",
  ratio: "times",
  baselines: ["sampling sampleEncode", "sampling perfectSample", "lattice encodeIds anew"],
  inputs: bundledInputs,
  check: equalTexts,
  contestants: [
    inNode(
      { name: "sampling sampleEncode", ours: true, remark: "exact, ids alone" },
      sampling,
      "sampleEncode",
    ),
    inNode(
      { name: "sampling sampleEncode anew", ours: true, remark: "exact, without memory of words" },
      sampling,
      "sampleEncodeAnew",
    ),
    inNode(
      { name: "sampling perfectSample", ours: true, remark: "exact, one pass" },
      sampling,
      "perfectSample",
    ),
    inNode(
      { name: "sampling perfectSampler", ours: true, remark: "exact, two passes" },
      sampling,
      "perfectSampler",
    ),
    inNode({ name: "sampling viterbiSample", ours: true, remark: "biased" }, sampling, "viterbiSample"),
    inNode(
      {
        name: "lattice encodeIds anew",
        ours: true,
        remark: "best path without memory of words, to compare",
        unchecked: true,
      },
      new URL("../contestants/lattice.ts", import.meta.url),
      "encodeIdsAnew",
    ),
    sentencePieceCpp("sample", "SentencePiece C++", "over all paths"),
    sentencePieceCpp("sampleNbest64", "SentencePiece C++ nbest 64", "of the 64 best paths only"),
    sentencePiecePython("sample", "SentencePiece Python", "over all paths"),
  ],
  notes: [
    "What is drawn differs from run to run, so what is compared is the text that the pieces make up, and how many pieces there are in all.",
    "`sampleEncode` gives ids alone, as SentencePiece's calls do; our other rows build pieces and offsets too, through `emit`.",
  ],
};
