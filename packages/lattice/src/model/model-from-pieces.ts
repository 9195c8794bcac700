import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Model, PieceType } from "./model.ts";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A model of one's own few pieces. Piece 0 is the unknown piece `<unk>`; the given ones follow in their order. The
 * text is taken as it is: no rewriting rules, no mark for spaces.
 *
 * @param pieces - Each piece's log-probability, as an object or as pairs (an object's integer-like keys come first,
 * as everywhere in JavaScript; pairs keep their order).
 * @throws {@link LatticeError} `argument`: a piece or a score that is not one; `format`: as {@link compileModel}.
 */
export function modelFromPieces(
  pieces: Readonly<Record<string, number>> | Iterable<readonly [string, number]>,
): Model {
  if (typeof pieces !== "object" || pieces === null)
    throw new LatticeError("argument", "pieces must be an object of scores or a list of pairs");
  const pairs = Symbol.iterator in pieces ? pieces : Object.entries(pieces);
  const utf8 = new TextEncoder();
  const entries = [{ bytes: utf8.encode("<unk>"), score: 0, type: PieceType.unknown as number }];
  for (const [piece, score] of pairs) {
    if (typeof piece !== "string" || LONE_SURROGATE.test(piece))
      throw new LatticeError("argument", `piece ${entries.length} is not well-formed text`, entries.length);
    if (!Number.isFinite(score))
      throw new LatticeError("argument", `piece ${JSON.stringify(piece)} has score ${score}`, entries.length);
    entries.push({ bytes: utf8.encode(piece), score, type: PieceType.normal });
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
