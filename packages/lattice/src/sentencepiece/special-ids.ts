import { type Model, PieceType, type SpecialIds } from "../model/model.ts";

/** What a file calls its special pieces. */
export type SpecialNames = { readonly [Name in keyof SpecialIds]: string };

/** What they are called where a file does not tell. */
export const USUAL_NAMES: SpecialNames = { bos: "<s>", eos: "</s>", pad: "<pad>" };

/**
 * The ids of the special pieces. SentencePiece goes by their names, not by the ids that a file has too, and a piece that is
 * not of the type control is none.
 */
export function specialIds(
  { pieceBytes, pieceStart, pieceType }: Pick<Model, "pieceBytes" | "pieceStart" | "pieceType">,
  names: SpecialNames,
): SpecialIds {
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  const idOf = new Map<string, number>();
  for (
    let id = pieceType.indexOf(PieceType.control);
    id >= 0;
    id = pieceType.indexOf(PieceType.control, id + 1)
  )
    idOf.set(utf8.decode(pieceBytes.subarray(pieceStart[id], pieceStart[id + 1])), id);
  const found = (name: keyof SpecialNames): number => idOf.get(names[name] || USUAL_NAMES[name]) ?? -1;
  return { bos: found("bos"), eos: found("eos"), pad: found("pad") };
}
