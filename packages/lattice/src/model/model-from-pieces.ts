import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Model, type PieceEntry, PieceType } from "./model.ts";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A model of one's own few pieces, whose ids are their places in the list. The text is taken as it is: no rewriting
 * rules, no mark for spaces.
 *
 * A piece named `<unk>` is the unknown piece: it stands, at its score, for any character that is not a piece by
 * itself. Without it, a text that the pieces do not cover has no segmentation.
 *
 * @param pieces - Each piece's log-probability, as an object or as pairs (an object's integer-like keys come first,
 * as everywhere in JavaScript; pairs keep their order).
 * @throws {@link LatticeError} `argument`: a piece or a score that is not one; `format`: no pieces, or an empty or
 * repeated one (at: id).
 */
export function modelFromPieces(
  pieces: Readonly<Record<string, number>> | Iterable<readonly [string, number]>,
): Model {
  if (typeof pieces !== "object" || pieces === null)
    throw new LatticeError("argument", "pieces must be an object of scores or a list of pairs");
  const pairs = Symbol.iterator in pieces ? pieces : Object.entries(pieces);
  const utf8 = new TextEncoder();
  const entries: PieceEntry[] = [];
  for (const [piece, score] of pairs) {
    if (typeof piece !== "string" || LONE_SURROGATE.test(piece))
      throw new LatticeError("argument", `piece ${entries.length} is not well-formed text`, entries.length);
    if (!Number.isFinite(score))
      throw new LatticeError("argument", `piece ${JSON.stringify(piece)} has score ${score}`, entries.length);
    const type = piece === "<unk>" ? PieceType.unknown : PieceType.normal;
    entries.push({ bytes: utf8.encode(piece), score, type });
  }
  return compileModel(entries, false, {
    rules: new Uint32Array(0),
    replacements: new Uint8Array(0),
    addDummyPrefix: false,
    removeExtraSpaces: false,
    escapeSpaces: false,
    spaceAsSuffix: false,
  });
}
