import { type Model, PieceType, pieceStrings } from "../model/model.ts";
import type { ModelFile } from "./model-file.ts";

/** What there is to say of a model file. */
export type Description = ReturnType<typeof describe>;

export function describe({ model, format, bytes }: ModelFile) {
  const { kind, pieceType, byteId, normalizer, denormalizer } = model;
  const { addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAsSuffix } = normalizer;
  const types = Object.entries(PieceType).map(([name, type]) => [
    name,
    pieceType.reduce((count, one) => count + Number(one === type), 0),
  ]);
  return {
    format,
    bytes,
    kind,
    pieces: pieceType.length,
    piecesByType: Object.fromEntries(types) as Record<keyof typeof PieceType, number>,
    longestPiece: longestPiece(model),
    scores: scoreRange(model),
    byteFallback: byteId.length > 0,
    normalizer: {
      rewritingRules: normalizer.rules.length > 0,
      addDummyPrefix,
      removeExtraSpaces,
      escapeSpaces,
      spaceAsSuffix,
    },
    denormalizer: denormalizer !== null,
  };
}

/** Of the pieces that can match text, the first of those that take most bytes. */
function longestPiece(model: Model): { id: number; piece: string; bytes: number } | null {
  const { pieceType, pieceStart, longestPiece: bytes } = model;
  const id = pieceType.findIndex(
    (type, i) =>
      (type === PieceType.normal || type === PieceType.userDefined) &&
      bytes === pieceStart[i + 1]! - pieceStart[i]!,
  );
  return id < 0 ? null : { id, piece: pieceStrings(model)[id]!, bytes };
}

/** Of normal pieces: those of the others are not learned, but set. */
function scoreRange({ pieceType, labelScore }: Model): { lowest: number; highest: number } | null {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let id = 0; id < pieceType.length; id++)
    if (pieceType[id] === PieceType.normal) {
      lowest = Math.min(lowest, labelScore[id]!);
      highest = Math.max(highest, labelScore[id]!);
    }
  return lowest === Infinity ? null : { lowest, highest };
}
