import { MAX_SCORE } from "../lattice.ts";
import { LatticeError } from "../lattice-error.ts";
import type { Pipeline } from "./pipeline.ts";
import { buildTrie, type Trie } from "./trie.ts";

/** What a piece is for. The numbers are those of SentencePiece's model files. */
export const PieceType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** How a text is rewritten before it is segmented. Plain data, made by the reader of a model file. */
export interface Normalizer {
  /** Rewriting rules as a Darts double array over UTF-8, longest match first; empty for none. */
  readonly rules: Uint32Array;
  /** What the rules put in place: UTF-8 strings, each ended by a NUL, at the offsets that `rules` holds. */
  readonly replacements: Uint8Array;
  /** Pieces that no rule may touch (user-defined symbols); empty for none. */
  readonly kept: Trie;
  /** A space goes before the text (after it, if `spaceAsSuffix`). */
  readonly addDummyPrefix: boolean;
  /** Spaces at both ends go, and runs of spaces become one. */
  readonly removeExtraSpaces: boolean;
  /** A space becomes ▁ (U+2581), the visible mark of a word's beginning in pieces. */
  readonly escapeSpaces: boolean;
  /** The mark stands at the end of words rather than at their beginning. */
  readonly spaceAsSuffix: boolean;
}

/**
 * A unigram subword model: pieces with log-probabilities, and the normalisation that goes before. A plain record of
 * typed arrays that survives `structuredClone`, so it can be posted to a worker or stored as it is. Tables are made of it
 * when it is first used: do not change its arrays.
 */
export interface Model {
  readonly kind: "unigram" | "bpe" | "wordpiece";
  /** The pieces in UTF-8, end to end; piece i is `pieceBytes[pieceStart[i]]` … `pieceBytes[pieceStart[i + 1] − 1]`. */
  readonly pieceBytes: Uint8Array;
  /** One entry more than there are pieces. */
  readonly pieceStart: Int32Array;
  /** A value of {@link PieceType} for each piece. */
  readonly pieceType: Uint8Array;
  /**
   * Log-score of an edge of each piece. One entry more, if there is one, is that of the unknown piece's own name found
   * in a text, which scores otherwise than an unknown character.
   */
  readonly labelScore: Float64Array;
  /** The pieces that can match text, as a trie whose values are their ids. */
  readonly trie: Trie;
  /** Length in bytes of the longest piece. */
  readonly longestPiece: number;
  /** Id of the unknown piece, which stands for a character that is no piece by itself; −1 for a model without one. */
  readonly unkId: number;
  /**
   * Ids of the 256 byte pieces that an unknown character falls back to, −1 for one that there is not; empty for a model
   * without them.
   */
  readonly byteId: Int32Array;
  readonly normalizer: Normalizer;
  /** The steps that stand in place of `normalizer`, where the model's file lists them; null for none. */
  readonly pipeline: Pipeline | null;
  /** What decoding ends with; null for nothing. */
  readonly denormalizer: Normalizer | null;
  /** How decoding shows the unknown piece. */
  readonly unkSurface: string;
  /** Whether pieces are strings of bytes, so that an edge may begin inside a character. */
  readonly byteLevel: boolean;
  /** How a word is made of pieces without scores; null for a unigram model. */
  readonly subword: Subword | null;
  readonly special: SpecialIds;
}

/** Ids of pieces that stand for no text, −1 for one that the model's file does not name. */
export interface SpecialIds {
  /** Beginning of a sentence; −1 for a tokenizer.json, which does not tell. */
  readonly bos: number;
  /** End of a sentence; the same. */
  readonly eos: number;
  /** What makes texts of one batch equally long. */
  readonly pad: number;
}

/** The rules by which BPE or WordPiece makes a word of its pieces. */
export interface Subword {
  /** The merges of BPE; there are none for WordPiece. */
  readonly merges: Merges;
  /** A word that is a piece as a whole is not made by merges. */
  readonly wholeFirst: boolean;
  /** What pieces that go on inside a word begin with, in UTF-8, where the text has nothing (`##`); empty for none. */
  readonly continuing: Uint8Array;
  /** What pieces that end a word end with, where the text has nothing (`</w>`); empty for none. */
  readonly ending: Uint8Array;
  /** A word of more characters is unknown; 0 for no bound. */
  readonly longestWord: number;
  /** Whether unknown characters in a row are one unknown piece. */
  readonly fuseUnknown: boolean;
}

/** Merge i makes piece `result[i]` of `left[i]` and `right[i]`, before those of a higher rank. */
export interface Merges {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly result: Int32Array;
  readonly rank: Int32Array;
}

/** Pieces in columns, as {@link compileModel} takes them: `score` is what an edge of each scores. */
export interface PieceTable {
  /** The pieces in UTF-8, end to end. */
  readonly bytes: Uint8Array;
  /** Where each begins, and the end of the last. */
  readonly start: Int32Array;
  readonly score: Float64Array;
  readonly type: Uint8Array;
}

/**
 * Makes a model from its pieces, whose ids are their places in the list.
 *
 * @throws {@link LatticeError} `format` (at: piece id): no piece, a score that is not finite or absurd, an empty or repeated
 * piece, one that is not UTF-8, two unknown pieces, byte fallback without all 256 byte pieces.
 */
export function compileModel(
  pieces: PieceTable,
  rest: Pick<Model, "denormalizer" | "unkSurface"> & {
    readonly byteFallback: boolean;
    /** What the pieces match, where that is not what they are called. */
    readonly keys?: Pick<PieceTable, "bytes" | "start">;
    readonly normalizer: Omit<Normalizer, "kept">;
  },
): Model {
  const { byteFallback, normalizer, denormalizer, unkSurface, keys = pieces } = rest;
  const { bytes: pieceBytes, start: pieceStart, score: labelScore, type: pieceType } = pieces;
  if (pieceType.length === 0) throw new LatticeError("format", "the model has no pieces");
  const { matching, longestPiece, broken } = surveyed(pieces, keys.start);
  requireUtf8(pieceBytes, pieceStart, broken);
  const [unkId = -1, secondUnk] = idsOf(pieceType, PieceType.unknown);
  if (secondUnk !== undefined)
    throw new LatticeError("format", `pieces ${unkId} and ${secondUnk} are both unknown pieces`, secondUnk);
  const userDefined = Int32Array.from(idsOf(pieceType, PieceType.userDefined));
  return {
    kind: "unigram",
    byteLevel: false,
    subword: null,
    pieceBytes,
    pieceStart,
    pieceType,
    labelScore,
    trie: buildTrie(keys.bytes, keys.start, matching),
    longestPiece,
    unkId,
    byteId: byteFallback ? bytePieces(pieces, idsOf(pieceType, PieceType.byte)) : new Int32Array(0),
    normalizer: {
      ...normalizer,
      kept: userDefined.length > 0 ? buildTrie(pieceBytes, pieceStart, userDefined) : new Int32Array(0),
    },
    pipeline: null,
    denormalizer,
    unkSurface,
    special: { bos: -1, eos: -1, pad: -1 },
  };
}

/** Ids of the pieces of a type of which there are few. */
function idsOf(pieceType: Uint8Array, type: number): number[] {
  const ids: number[] = [];
  for (let id = pieceType.indexOf(type); id >= 0; id = pieceType.indexOf(type, id + 1)) ids.push(id);
  return ids;
}

/**
 * What one pass over all pieces finds: the ids of those that can match text, the length of the longest match, and
 * whether a piece begins inside a character.
 *
 * @throws {@link LatticeError} `format` for a score that is not finite or absurd.
 */
function surveyed(
  { bytes, start, score, type }: PieceTable,
  keyStart: Int32Array,
): { readonly matching: Int32Array; readonly longestPiece: number; readonly broken: boolean } {
  const ids = new Int32Array(type.length);
  let count = 0;
  let longestPiece = 0;
  let broken = false;
  for (let id = 0; id < type.length; id++) {
    if (!(Math.abs(score[id]!) <= MAX_SCORE))
      throw new LatticeError(
        "format",
        `piece ${id} has score ${score[id]}; want one within ±${MAX_SCORE}`,
        id,
      );
    if ((bytes[start[id]!]! & 0xc0) === 0x80) broken = true;
    if (type[id] !== PieceType.normal && type[id] !== PieceType.userDefined) continue;
    ids[count++] = id;
    if (keyStart[id + 1]! - keyStart[id]! > longestPiece) longestPiece = keyStart[id + 1]! - keyStart[id]!;
  }
  return { matching: ids.subarray(0, count), longestPiece, broken };
}

/** @param broken - Whether a piece begins inside a character. */
function requireUtf8(pieceBytes: Uint8Array, pieceStart: Int32Array, broken: boolean): void {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const valid = (from: number, to: number): boolean => {
    try {
      strict.decode(pieceBytes.subarray(from, to));
      return true;
    } catch {
      return false;
    }
  };
  // One decoding covers all pieces that begin with a character.
  if (!broken && valid(0, pieceBytes.length)) return;
  for (let id = 0; id + 1 < pieceStart.length; id++)
    if (!valid(pieceStart[id]!, pieceStart[id + 1]!))
      throw new LatticeError("format", `piece ${id} is not valid UTF-8`, id);
}

function bytePieces({ bytes, start }: PieceTable, ids: readonly number[]): Int32Array {
  const byteId = new Int32Array(256).fill(-1);
  const ascii = new TextDecoder();
  for (const id of ids) {
    const hex = /^<0x([0-9A-F]{2})>$/.exec(ascii.decode(bytes.subarray(start[id]!, start[id + 1]!)));
    if (hex === null)
      throw new LatticeError("format", `piece ${id} is a byte piece, and not of the form <0xAB>`, id);
    byteId[Number.parseInt(hex[1]!, 16)] = id;
  }
  const missing = byteId.indexOf(-1);
  if (missing >= 0)
    throw new LatticeError("format", `the model asks for byte fallback and has no piece for byte ${missing}`);
  return byteId;
}

const strings = new WeakMap<Model, string[]>();

const KINDS: ReadonlySet<unknown> = new Set(["unigram", "bpe", "wordpiece"]);

/**
 * Refuses what no reader of this package has made.
 *
 * @throws {@link LatticeError} `argument`.
 */
export function requireModel(model: Model): Model {
  const { kind, pieceType, normalizer } = model ?? {};
  if (!KINDS.has(kind) || !ArrayBuffer.isView(pieceType) || typeof normalizer !== "object")
    throw new LatticeError("argument", "the model must be one that a reader of this package has made");
  return model;
}

/** The pieces as strings, decoded once a model. */
export function pieceStrings(model: Model): readonly string[] {
  let list = strings.get(model);
  if (list === undefined) {
    const { pieceBytes, pieceStart } = model;
    const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
    list = Array.from({ length: pieceStart.length - 1 }, (_, id) =>
      utf8.decode(pieceBytes.subarray(pieceStart[id]!, pieceStart[id + 1]!)),
    );
    strings.set(model, list);
  }
  return list;
}
