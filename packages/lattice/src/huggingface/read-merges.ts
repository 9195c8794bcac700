import type { Merges, Subword } from "../model/model.ts";
import type { JsonField } from "./json-field.ts";

/** The pieces of a BPE or WordPiece model and how words are made of them. */
export interface SubwordVocabulary {
  readonly kind: "bpe" | "wordpiece";
  readonly idOf: ReadonlyMap<string, number>;
  /** Id of the unknown piece, or −1. */
  readonly unkId: number;
  readonly byteFallback: boolean;
  readonly subword: Subword;
}

const utf8 = new TextEncoder();

/** Reads a `model` of the type BPE. */
export function readBpe(field: JsonField): SubwordVocabulary {
  const idOf = readIds(field.at("vocab"));
  const dropout = field.at("dropout");
  if (!dropout.isMissing && dropout.value !== 0) throw dropout.unsupported("dropout when encoding");
  const continuing = optional(field.at("continuing_subword_prefix"));
  const ending = optional(field.at("end_of_word_suffix"));
  const byteFallback = field.at("byte_fallback").boolean(false);
  const unk = field.at("unk_token");
  if (byteFallback && unk.isMissing) throw unk.unsupported("byte fallback without an unknown piece");
  return {
    kind: "bpe",
    idOf,
    unkId: unk.isMissing ? -1 : idFrom(idOf, unk),
    byteFallback,
    subword: {
      merges: readMerges(field.at("merges"), idOf, continuing.length),
      wholeFirst: field.at("ignore_merges").boolean(false),
      continuing: utf8.encode(continuing),
      ending: utf8.encode(ending),
      longestWord: 0,
      fuseUnknown: field.at("fuse_unk").boolean(false),
    },
  };
}

/** Reads a `model` of the type WordPiece. */
export function readWordPiece(field: JsonField): SubwordVocabulary {
  const idOf = readIds(field.at("vocab"));
  const empty = new Int32Array(0);
  return {
    kind: "wordpiece",
    idOf,
    unkId: idFrom(idOf, field.at("unk_token")),
    byteFallback: false,
    subword: {
      merges: { left: empty, right: empty, result: empty, rank: empty },
      wholeFirst: false,
      continuing: utf8.encode(field.at("continuing_subword_prefix").text()),
      ending: new Uint8Array(0),
      longestWord: field.at("max_input_chars_per_word").index(2 ** 31) || 1,
      fuseUnknown: false,
    },
  };
}

function optional(field: JsonField): string {
  return field.isMissing ? "" : field.text();
}

function idFrom(idOf: ReadonlyMap<string, number>, field: JsonField): number {
  const id = idOf.get(field.text());
  if (id === undefined) throw field.fault("a piece of the vocabulary");
  return id;
}

/** A vocabulary as an object from pieces to ids, in the order of ids, which must leave none out. */
function readIds(field: JsonField): Map<string, number> {
  const { value } = field;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw field.fault("an object");
  const entries = Object.entries(value as Record<string, unknown>);
  const pieces: (string | undefined)[] = Array.from({ length: entries.length });
  for (const [piece, id] of entries) {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id >= entries.length)
      throw field.at(piece).fault(`an id from 0 to ${entries.length - 1}`);
    if (pieces[id] !== undefined) throw field.at(piece).fault("an id of its own");
    if (piece === "" || !piece.isWellFormed()) throw field.at(piece).fault("a name that is text");
    pieces[id] = piece;
  }
  if (pieces.length === 0) throw field.fault("an object with pieces");
  return new Map(pieces.map((piece, id) => [piece!, id]));
}

/** Merges as "left right" or ["left", "right"]; of two that join the same pieces the last counts. */
function readMerges(field: JsonField, idOf: ReadonlyMap<string, number>, prefix: number): Merges {
  const list = field.array();
  const byPair = new Map<number, { left: number; right: number; result: number; rank: number }>();
  list.forEach((entry, rank) => {
    const fault = (want: string): Error => field.items()[rank]!.fault(want);
    const parts: unknown = typeof entry === "string" ? entry.split(" ") : entry;
    if (!Array.isArray(parts) || parts.length !== 2) throw fault("two pieces");
    const [leftName, rightName] = parts as [unknown, unknown];
    if (typeof leftName !== "string" || typeof rightName !== "string") throw fault("two pieces");
    const left = idOf.get(leftName);
    const right = idOf.get(rightName);
    const result = idOf.get(leftName + rightName.slice(prefix));
    if (left === undefined || right === undefined || result === undefined)
      throw fault("two pieces that make one, all of the vocabulary");
    byPair.set(left * idOf.size + right, { left, right, result, rank });
  });
  const merges = [...byPair.values()];
  return {
    left: Int32Array.from(merges, ({ left }) => left),
    right: Int32Array.from(merges, ({ right }) => right),
    result: Int32Array.from(merges, ({ result }) => result),
    rank: Int32Array.from(merges, ({ rank }) => rank),
  };
}
