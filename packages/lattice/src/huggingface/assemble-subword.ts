import { compileModel, type Model, PieceType } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { bytesOfCharacters } from "../pipeline/byte-characters.ts";
import { AS_IT_IS, byteIds, columnOf } from "./assemble-model.ts";
import type { SubwordVocabulary } from "./read-merges.ts";

/** A BPE or WordPiece model of a vocabulary, the names of added tokens whose ids follow it, and the steps around it. */
export function assembleSubword(
  { kind, idOf, unkId, byteFallback, subword }: SubwordVocabulary,
  addedNames: readonly string[],
  pipeline: Pipeline,
  byteLevel: boolean,
): Model {
  const names = [...idOf.keys(), ...addedNames];
  const type = new Uint8Array(names.length).fill(PieceType.normal);
  // Only an added token can stand for these, and no edge is one.
  for (const { id, special } of pipeline.added) if (special) type[id] = PieceType.control;
  type.fill(PieceType.control, idOf.size);
  const byteId = byteFallback ? byteIds(idOf) : new Int32Array(0);
  for (const id of byteId) if (id >= 0) type[id] = PieceType.byte;
  if (unkId >= 0) type[unkId] = PieceType.unknown;
  let keys: ReturnType<typeof columnOf> | undefined;
  if (byteLevel) {
    const bytes = names.map((name, id) => {
      const spelled = type[id] === PieceType.normal ? bytesOfCharacters(name) : undefined;
      // What stands for no bytes is in no text.
      if (spelled === undefined && type[id] === PieceType.normal) type[id] = PieceType.unused;
      return spelled ?? [];
    });
    const start = new Int32Array(names.length + 1);
    bytes.forEach(({ length }, id) => (start[id + 1] = start[id]! + length));
    keys = { bytes: Uint8Array.from(bytes.flat()), start };
  }
  const model = compileModel(
    { ...columnOf(names), score: new Float64Array(names.length), type },
    { byteFallback: false, normalizer: AS_IT_IS, denormalizer: null, unkSurface: "", ...(keys && { keys }) },
  );
  return { ...model, kind, byteLevel, subword, byteId, pipeline };
}
