import { LatticeError } from "../lattice-error.ts";
import { compileModel, type Model, PieceType } from "./model.ts";

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
  const names: Uint8Array[] = [];
  const scores: number[] = [];
  const types: number[] = [];
  for (const pair of pairs) {
    if (!Array.isArray(pair))
      throw new LatticeError("argument", "pieces in a list must be pairs", names.length);
    const [piece, score] = pair as readonly [string, number];
    if (typeof piece !== "string" || LONE_SURROGATE.test(piece))
      throw new LatticeError("argument", `piece ${names.length} is not well-formed text`, names.length);
    if (!Number.isFinite(score))
      throw new LatticeError("argument", `piece ${JSON.stringify(piece)} has score ${score}`, names.length);
    names.push(utf8.encode(piece));
    scores.push(score);
    types.push(piece === "<unk>" ? PieceType.unknown : PieceType.normal);
  }
  const start = new Int32Array(names.length + 1);
  names.forEach(({ length }, id) => (start[id + 1] = start[id]! + length));
  const bytes = new Uint8Array(start[names.length]!);
  names.forEach((name, id) => bytes.set(name, start[id]));
  const table = { bytes, start, score: Float64Array.from(scores), type: Uint8Array.from(types) };
  const normalizer = {
    rules: new Uint32Array(0),
    replacements: new Uint8Array(0),
    addDummyPrefix: false,
    removeExtraSpaces: false,
    escapeSpaces: false,
    spaceAsSuffix: false,
  };
  return compileModel(table, { byteFallback: false, normalizer, denormalizer: null, unkSurface: "<unk>" });
}
