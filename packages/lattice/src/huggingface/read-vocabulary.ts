import { MAX_SCORE } from "../lattice.ts";
import type { JsonField } from "./json-field.ts";
import { readBpe, readWordPiece, type SubwordVocabulary } from "./read-merges.ts";

/** The pieces of a Unigram model, whose ids are their places. */
export interface Vocabulary {
  readonly kind: "unigram";
  readonly idOf: ReadonlyMap<string, number>;
  readonly scores: readonly number[];
  /** Id of the unknown piece, or −1. */
  readonly unkId: number;
  readonly byteFallback: boolean;
}

/** Reads the `model` of a tokenizer.json. */
export function readVocabulary(field: JsonField): Vocabulary | SubwordVocabulary {
  const type = field.at("type");
  const vocab = field.at("vocab");
  // Files from before the type was written: only Unigram has a list of pieces, and of the others only BPE has merges.
  const guessed = (): string =>
    Array.isArray(vocab.value) ? "Unigram" : field.at("merges").isMissing ? "WordPiece" : "BPE";
  switch (type.isMissing ? guessed() : type.text()) {
    case "Unigram":
      return readUnigram(field, vocab);
    case "BPE":
      return readBpe(field);
    case "WordPiece":
      return readWordPiece(field);
    default:
      throw field.unsupported(`the model type ${type.text()}`);
  }
}

function readUnigram(field: JsonField, vocab: JsonField): Vocabulary {
  const idOf = new Map<string, number>();
  const scores: number[] = [];
  // A field for each piece would take longer than the rest of loading: one is made for the fault that it names.
  const list = vocab.array();
  list.forEach((entry, id) => {
    const [piece, score, more] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof piece !== "string" || typeof score !== "number" || more !== undefined)
      throw vocab.items()[id]!.fault("a piece and its score");
    if (piece === "") throw vocab.items()[id]!.fault("a piece that is not empty");
    if (!(Math.abs(score) <= MAX_SCORE))
      throw vocab.items()[id]!.fault(`a score within ±${MAX_SCORE}, not ${score}`);
    if (!piece.isWellFormed()) throw vocab.items()[id]!.fault("a piece without lone surrogates");
    if (idOf.has(piece)) throw vocab.items()[id]!.fault(`another piece than ${idOf.get(piece)}, ${piece}`);
    idOf.set(piece, id);
    scores.push(score);
  });
  const unk = field.at("unk_id");
  return {
    kind: "unigram",
    idOf,
    scores,
    unkId: unk.isMissing ? -1 : unk.index(list.length),
    byteFallback: field.at("byte_fallback").boolean(false),
  };
}
