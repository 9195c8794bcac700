import type { Vocabulary } from "./read-vocabulary.ts";

/** The `model` of a tokenizer.json. */
export function writeVocabulary({ idOf, scores, unkId, byteFallback }: Vocabulary): object {
  return {
    type: "Unigram",
    unk_id: unkId < 0 ? null : unkId,
    vocab: Array.from(idOf.keys(), (piece, id) => [piece, scores[id]]),
    byte_fallback: byteFallback,
  };
}
