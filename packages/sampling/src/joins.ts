import { type Model, PieceType } from "@lemmata/lattice";

/** What the merges of a model can join. */
export interface Joins {
  /** The merge of two pieces. */
  find(left: number, right: number): { readonly rank: number; readonly result: number } | undefined;
  /** Whether no piece goes beyond a place of a text, since a space is marked before or after it. */
  divides(bytes: Uint8Array, at: number): boolean;
}

const known = new WeakMap<Model, Joins>();

/** The merges of a model, made ready once. */
export function joinsOf(model: Model): Joins {
  let joins = known.get(model);
  if (joins === undefined) known.set(model, (joins = made(model)));
  return joins;
}

function made(model: Model): Joins {
  const { left, right, rank, result } = model.subword!.merges;
  const count = model.pieceType.length;
  const merges = new Map<number, number>();
  // Of two merges of one pair the first counts.
  for (let i = left.length - 1; i >= 0; i--) merges.set(left[i]! * count + right[i]!, i);
  const { opens, closes } = spaces(model);
  return {
    find: (l, r) => {
      const i = merges.get(l * count + r);
      return i === undefined ? undefined : { rank: rank[i]!, result: result[i]! };
    },
    divides: (bytes, at) => {
      const before = isMark(bytes, at - MARK.length);
      return before ? closes && !isMark(bytes, at) : opens && isMark(bytes, at);
    },
  };
}

/**
 * Whether the mark of a space only opens pieces, so that no piece has it after something else, and whether it only
 * closes them.
 */
function spaces({ pieceBytes, pieceStart, pieceType, byteLevel }: Model): {
  opens: boolean;
  closes: boolean;
} {
  // The text of a byte-level model has no mark.
  let opens = !byteLevel;
  let closes = !byteLevel;
  for (let id = 0; id < pieceType.length; id++) {
    if (pieceType[id] !== PieceType.normal && pieceType[id] !== PieceType.unused) continue;
    const piece = pieceBytes.subarray(pieceStart[id]!, pieceStart[id + 1]!);
    for (let at = piece.indexOf(MARK[0]); at >= 0; at = piece.indexOf(MARK[0], at + 1)) {
      if (!isMark(piece, at)) continue;
      if (at > 0 && !isMark(piece, at - MARK.length)) opens = false;
      if (at + MARK.length < piece.length && !isMark(piece, at + MARK.length)) closes = false;
    }
  }
  return { opens, closes };
}

/** ▁ in UTF-8. */
const MARK = [0xe2, 0x96, 0x81] as const;

function isMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === MARK[0] && bytes[at + 1] === MARK[1] && bytes[at + 2] === MARK[2];
}
