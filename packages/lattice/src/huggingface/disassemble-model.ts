import { type Model, PieceType, pieceStrings } from "../model/model.ts";
import type { SubwordVocabulary } from "./read-merges.ts";
import type { Vocabulary } from "./read-vocabulary.ts";

/** The vocabulary that `assembleModel` or `assembleSubword` made a model of. */
export function vocabularyOf(model: Model): Vocabulary | SubwordVocabulary {
  const { kind, pieceType, labelScore, unkId, byteId, subword } = model;
  const size = sizeOfVocabulary(model);
  const common = {
    idOf: new Map(
      pieceStrings(model)
        .slice(0, size)
        .map((name, id) => [name, id]),
    ),
    unkId,
    byteFallback: byteId.length > 0,
  };
  if (kind !== "unigram") return { kind, ...common, subword: subword! };
  const scores = Array.from(labelScore.subarray(0, size));
  // The unknown piece's own score is that of its twin.
  if (unkId >= 0) scores[unkId] = labelScore[pieceType.length]!;
  return { kind, ...common, scores };
}

/**
 * How many pieces come before the added tokens that are not in the vocabulary, which are control pieces in their order.
 * Special tokens that are in it are such pieces too: where they come last, nothing tells the ones from the others.
 */
function sizeOfVocabulary({ pieceType, pipeline, subword }: Model): number {
  const places = new Map<number, number>();
  // What is looked for in two ways was given its id by the vocabulary.
  pipeline!.added.forEach(({ id }, place) => places.set(id, places.has(id) ? Infinity : place));
  const { left, right, result } = subword?.merges ?? { left: [], right: [], result: [] };
  const merged = new Set<number>([...left, ...right, ...result]);
  // A vocabulary of BPE or WordPiece is not empty.
  const least = subword === null ? 0 : 1;
  let size = pieceType.length;
  for (let next = Infinity; size > least && pieceType[size - 1] === PieceType.control; size--) {
    const place = places.get(size - 1) ?? Infinity;
    if (place >= next || merged.has(size - 1)) break;
    next = place;
  }
  return size;
}
