import { type ModelName, modelBytes, textLines } from "@lemmata/data";
import type { Model } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";
import type { Stage } from "./scene.ts";

/** A stage that writes to the directory `out`. */
export function setStage(out: string): Stage {
  const models = new Map<ModelName, Model>();
  return {
    model: (name) => {
      const model = models.get(name) ?? readSentencePiece(modelBytes(name));
      models.set(name, model);
      return model;
    },
    text: textLines,
    out,
    seed: 9811,
  };
}
