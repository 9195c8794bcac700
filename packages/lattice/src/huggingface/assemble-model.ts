import { compileModel, type Model, type Normalizer, PieceType } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import type { Vocabulary } from "./read-vocabulary.ts";

/** What an unknown character costs beyond the lowest score of all pieces, in nats. */
export const UNKNOWN_PENALTY = 10;

/** A model of a vocabulary, the names of added tokens whose ids follow it, and the steps around it. */
export function assembleModel(
  { idOf, scores, unkId, byteFallback }: Vocabulary,
  addedNames: readonly string[],
  pipeline: Pipeline,
): Model {
  const names = [...idOf.keys(), ...addedNames];
  const lowest = scores.reduce((least, score) => Math.min(least, score), Infinity);
  const score = [...scores, ...addedNames.map(() => 0)];
  const type = [
    ...scores.map(() => PieceType.normal),
    ...addedNames.map(() => PieceType.control),
  ] as number[];
  // In a text the name of the unknown piece is a piece like any other, at its own score: its last name is this twin.
  const twins = unkId < 0 ? 0 : 1;
  if (unkId >= 0) {
    names.push(names[unkId]!);
    score.push(score[unkId]!);
    type.push(PieceType.normal);
    score[unkId] = lowest - UNKNOWN_PENALTY;
    type[unkId] = PieceType.unknown;
  }
  const { bytes, start } = columnOf(names);
  const size = names.length - twins;
  const model = compileModel(
    { bytes, start, score: Float64Array.from(score), type: Uint8Array.from(type) },
    { byteFallback: false, normalizer: AS_IT_IS, denormalizer: null, unkSurface: "" },
  );
  return {
    ...model,
    pieceBytes: bytes.slice(0, start[size]),
    pieceStart: start.slice(0, size + 1),
    pieceType: model.pieceType.slice(0, size),
    byteId: byteFallback ? byteIds(idOf) : new Int32Array(0),
    pipeline,
  };
}

/** A normaliser that leaves everything as it is. */
export const AS_IT_IS: Omit<Normalizer, "kept"> = {
  rules: new Uint32Array(0),
  replacements: new Uint8Array(0),
  addDummyPrefix: false,
  removeExtraSpaces: false,
  escapeSpaces: false,
  spaceAsSuffix: false,
};

/** Strings in UTF-8, end to end, and where each begins. */
export function columnOf(names: readonly string[]): {
  readonly bytes: Uint8Array;
  readonly start: Int32Array;
} {
  const start = new Int32Array(names.length + 1);
  const room = new Uint8Array(names.reduce((sum, { length }) => sum + 3 * length, 0));
  const utf8 = new TextEncoder();
  names.forEach((name, i) => {
    start[i + 1] = start[i]! + utf8.encodeInto(name, room.subarray(start[i])).written;
  });
  return { bytes: room.slice(0, start[names.length]), start };
}

/** The ids of the pieces for single bytes, −1 where there is none; nothing if there are none at all. */
export function byteIds(idOf: ReadonlyMap<string, number>): Int32Array {
  const ids = Int32Array.from({ length: 256 }, (_, byte) => {
    const hex = byte.toString(16).toUpperCase().padStart(2, "0");
    return idOf.get(`<0x${hex}>`) ?? -1;
  });
  return ids.some((id) => id >= 0) ? ids : new Int32Array(0);
}
