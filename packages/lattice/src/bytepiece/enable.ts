import { provide } from "../model/parts.ts";
import { decodeStages } from "../pipeline/decode-stages.ts";
import { decodeStep } from "../pipeline/decode-step.ts";
import { pipelineIds } from "../pipeline/pipeline-ids.ts";
import { runPipeline } from "../pipeline/run-pipeline.ts";

/**
 * Makes BytePiece models usable in this thread. Whoever reads one has no need of it; a worker to which one was sent has.
 */
export function enableBytePiece(): void {
  provide({ runPipeline, pipelineIds, decodeStages, decodeStep });
}
