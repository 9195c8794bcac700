import type { Model } from "@lemmata/lattice";
import { grouped, size } from "../figures/format.ts";

/** A model from a file of the reader's own. */
export interface OwnModel {
  readonly name: string;
  readonly model: Model;
  /** What it is, in a few words. */
  readonly about: string;
}

/** A larger file would hold up the page for too long, in bytes. */
export const LARGEST = 64e6;

const kinds: Readonly<Record<Model["kind"], string>> = {
  unigram: "Unigram",
  bpe: "BPE",
  wordpiece: "WordPiece",
};

/** Reads a model file of any format that the package knows, without sending it anywhere. Errors are for readers. */
export async function readOwnModel(file: File): Promise<OwnModel> {
  if (file.size > LARGEST)
    throw new Error(`it has ${size(file.size)}, and this page reads up to ${size(LARGEST)}`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { loadModel } = await import("@lemmata/lattice/formats");
  const model = loadModel(bytes);
  const pieces = `${grouped(model.pieceType.length)} pieces`;
  return { name: file.name, model, about: `${kinds[model.kind]}, ${pieces}, ${size(file.size)}` };
}
