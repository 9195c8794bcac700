import type { Model } from "@lemmata/lattice";
import { grouped, size } from "../figures/format.ts";
import type { Answer } from "./read-model.worker.ts";

/** A model from a file of the reader's own. */
export interface OwnModel {
  readonly name: string;
  readonly model: Model;
  /** What it is, in a few words. */
  readonly about: string;
}

/** A larger file is refused, in bytes: known models have a few tens of megabytes at most. */
export const LARGEST = 100e6;

const kinds: Readonly<Record<Model["kind"], string>> = {
  unigram: "Unigram",
  bpe: "BPE",
  wordpiece: "WordPiece",
};

/**
 * Reads a model file of any format that the package knows, without sending it anywhere. A worker does it, so that the
 * page does not wait; what it reads is plain data, and can be handed over.
 *
 * @throws An error with the reason, for the reader.
 */
export async function readOwnModel(file: File): Promise<OwnModel> {
  if (file.size > LARGEST)
    throw new Error(`it has ${size(file.size)}, and this page reads up to ${size(LARGEST)}`);
  const bytes = await file.arrayBuffer();
  // A model that comes from elsewhere needs the code of its steps in this thread.
  const [model, { enableTokenizerJson }] = await Promise.all([
    readInWorker(bytes),
    import("@lemmata/lattice/huggingface"),
  ]);
  enableTokenizerJson();
  const pieces = `${grouped(model.pieceType.length)} pieces`;
  return { name: file.name, model, about: `${kinds[model.kind]}, ${pieces}, ${size(file.size)}` };
}

async function readInWorker(bytes: ArrayBuffer): Promise<Model> {
  const worker = new Worker(new URL("./read-model.worker.ts", import.meta.url), { type: "module" });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => resolve(data));
      worker.addEventListener("error", ({ message }) =>
        reject(new Error(message || "the page's reader could not be loaded")),
      );
      worker.postMessage(bytes, [bytes]);
    });
    if ("reason" in answer) throw new Error(answer.reason);
    return answer.model;
  } finally {
    worker.terminate();
  }
}
