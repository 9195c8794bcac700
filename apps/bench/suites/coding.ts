import { codingQuality, symbolsInput } from "../src/densities/symbols.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/coding.ts", import.meta.url);
const peers = new URL("../peers/range-coder.ts", import.meta.url);

export const suite: Suite = {
  name: "coding",
  claim: "Symbols of 8 bits coded by a density, beside the range coder that npm has.",
  measure: "rate",
  process: "kept",
  ratio: "share",
  baselines: ["fixed table", "encode / decode"],
  inputs: () => [symbolsInput("encode"), symbolsInput("decode")],
  quality: codingQuality,
  contestants: [
    inNode({ name: "fixed table", ours: true, remark: "ransEncode, RansDecoder" }, ours, "fixedTable"),
    inNode({ name: "encode / decode", ours: true, remark: "with the table and a checksum" }, ours, "whole"),
    inNode({ name: "@thi.ng/range-coder", ours: false, remark: "adaptive" }, peers, "rangeCoder"),
    inNode({ name: "zlib, Huffman code alone", ours: false, remark: "native" }, peers, "huffman"),
  ],
  notes: [
    "Bits a symbol are those of the code, table included where it has one; the cross-entropy is the mean of −log₂ of the probability of the symbols that there are.",
    "The peers do not know the law: they adapt to the symbols, or send a table of lengths.",
  ],
};
