import type { DecodeStep } from "../model/pipeline.ts";
import { writePattern } from "./write-pattern.ts";

/** Steps as the decoder of a tokenizer.json; null for null. */
export function writeDecoder(steps: readonly DecodeStep[] | null): object | null {
  if (steps === null) return null;
  const decoders = steps.map(writeStep);
  return decoders.length === 1 ? decoders[0]! : { type: "Sequence", decoders };
}

function writeStep(step: DecodeStep): object {
  switch (step.type) {
    case "metaspace":
      return {
        type: "Metaspace",
        replacement: step.mark,
        prepend_scheme: step.prefixed ? "always" : "never",
        split: true,
      };
    case "replace":
      return { type: "Replace", pattern: writePattern(step.pattern), content: step.content };
    case "fuse":
      return { type: "Fuse" };
    case "strip":
      return { type: "Strip", content: step.content, start: step.start, stop: step.stop };
    case "byteLevel":
      // Decoding looks at none of its flags.
      return { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true };
    case "wordPiece":
      return { type: "WordPiece", prefix: step.prefix, cleanup: step.cleanup };
    case "suffix":
      return { type: "BPEDecoder", suffix: step.suffix };
    default:
      return { type: "ByteFallback" };
  }
}
