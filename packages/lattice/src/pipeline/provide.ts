import { provide } from "../model/parts.ts";
import { segmentWord } from "../subword/segment-word.ts";
import { wordEdges } from "../subword/word-edges.ts";
import { decodeStages } from "./decode-stages.ts";
import { decodeStep } from "./decode-step.ts";
import { pipelineIds } from "./pipeline-ids.ts";
import { runPipeline } from "./run-pipeline.ts";

/**
 * Makes the models of tokenizer.json files usable in this thread. Whoever reads one has no need of it; a worker to which
 * one was sent has.
 */
export function enableTokenizerJson(): void {
  provide({ runPipeline, pipelineIds, decodeStages, decodeStep, segmentWord, wordEdges });
}
