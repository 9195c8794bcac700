import { LatticeError } from "../lattice-error.ts";
import type { DecodeStage } from "../pipeline/decode-stages.ts";
import type { EncodeOptions } from "../segment/searcher.ts";
import type { Model } from "./model.ts";
import type { DecodeStep, Pipeline, PreTokens } from "./pipeline.ts";

/**
 * What only some models need. The entry that reads such models provides it, so that a bundle for others does without:
 * a model is plain data and cannot bring code along.
 */
export interface Parts {
  /** Puts a text through a pipeline, into `buffers`. */
  readonly runPipeline: (pipeline: Pipeline, text: string) => PreTokens;
  /** The ids of a text that a pipeline cuts, without special tokens; undefined where a search must tell. */
  readonly pipelineIds: (model: Model, text: string, options?: EncodeOptions) => Int32Array | undefined;
  readonly decodeStep: (step: DecodeStep, pieces: readonly string[]) => readonly string[];
  /** The steps of decoding for pieces that come one by one. */
  readonly decodeStages: (steps: readonly DecodeStep[] | null) => DecodeStage;
  /** Segments the word `buffers.bytes[start]` … `[stop − 1]` as a BPE or WordPiece vocabulary does, into `buffers`. */
  readonly segmentWord: (model: Model, start: number, stop: number) => void;
  /** Finds the edges that begin at byte s of such a word; returns how many edges there are then. */
  readonly wordEdges: (model: Model, word: Word, s: number, edges: EdgeColumns, count: number) => number;
}

/** A word of a text: `buffers.bytes[start]` … `[stop − 1]`. */
export interface Word {
  readonly start: number;
  readonly stop: number;
}

/** Ends and labels of edges, with room for those of one more row. */
export interface EdgeColumns {
  readonly end: Int32Array;
  readonly label: Int32Array;
}

const provided: Partial<Parts> = {};

export function provide(parts: Partial<Parts>): void {
  Object.assign(provided, parts);
}

/** @throws {@link LatticeError} `unsupported` if no entry has provided it, as in a worker that was sent a model. */
export function part<K extends keyof Parts>(name: K): Parts[K] {
  const found = provided[name];
  if (found === undefined)
    throw new LatticeError(
      "unsupported",
      "this model needs parts that are not loaded here: call enableTokenizerJson() of @lemmata/lattice/huggingface, " +
        "enableBytePiece() of …/bytepiece or enableBpe() of …/sentencepiece, as its format is, in this thread first",
    );
  return found;
}
