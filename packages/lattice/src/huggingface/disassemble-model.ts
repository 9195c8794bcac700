import { type Model, PieceType, pieceStrings } from "../model/model.ts";
import type { Vocabulary } from "./read-vocabulary.ts";

/** The vocabulary that `assembleModel` made a model of. */
export function vocabularyOf(model: Model): Vocabulary {
  const { pieceType, labelScore, unkId, byteId } = model;
  // Added tokens that are not in the vocabulary come after it, as control pieces.
  const added = pieceType.indexOf(PieceType.control);
  const size = added < 0 ? pieceType.length : added;
  const scores = Array.from(labelScore.subarray(0, size));
  // The unknown piece's own score is that of its twin.
  if (unkId >= 0) scores[unkId] = labelScore[pieceType.length]!;
  const names = pieceStrings(model).slice(0, size);
  return {
    kind: "unigram",
    idOf: new Map(names.map((name, id) => [name, id])),
    scores,
    unkId,
    byteFallback: byteId.length > 0,
  };
}
