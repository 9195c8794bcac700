import { LatticeError } from "../lattice-error.ts";
import { type PieceTable, PieceType } from "../model/model.ts";

/** What an unknown character costs beyond the lowest score of a normal piece, in nats. */
const UNKNOWN_PENALTY = 10;

/**
 * Gives the pieces the scores that their edges have, as SentencePiece sets them: an unknown character scores 10 below
 * the worst normal piece, a user-defined symbol its length in bytes times the best score (but at least 0), less 0.1.
 */
export function setEdgeScores({ score, start, type }: Omit<PieceTable, "bytes">): void {
  if (!type.includes(PieceType.unknown)) throw new LatticeError("format", "the model has no unknown piece");
  let lowest = Infinity;
  let highest = 0;
  for (let id = 0; id < score.length; id++) {
    if (type[id] !== PieceType.normal) continue;
    if (score[id]! < lowest) lowest = score[id]!;
    if (score[id]! > highest) highest = score[id]!;
  }
  // In float32 as there, since the choice between equal paths depends on it.
  const unknown = Math.fround((lowest === Infinity ? 0 : lowest) - UNKNOWN_PENALTY);
  for (let id = type.indexOf(PieceType.unknown); id >= 0; id = type.indexOf(PieceType.unknown, id + 1))
    score[id] = unknown;
  for (
    let id = type.indexOf(PieceType.userDefined);
    id >= 0;
    id = type.indexOf(PieceType.userDefined, id + 1)
  )
    score[id] = Math.fround((start[id + 1]! - start[id]!) * highest) - 0.1;
}
