import { type Model, type Normalizer, PieceType, pieceStrings } from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import type { ModelFile } from "./model-file.ts";

/** What there is to say of a model file. */
export type Description = ReturnType<typeof describe>;

export function describe({ model, format, bytes }: ModelFile) {
  const { kind, pieceType, byteId, pipeline, denormalizer } = model;
  const types = Object.entries(PieceType).map(([name, type]) => [
    name,
    pieceType.reduce((count, one) => count + Number(one === type), 0),
  ]);
  return {
    format,
    bytes,
    kind,
    pieces: pieceType.length,
    piecesByType: Object.fromEntries(types) as Record<keyof typeof PieceType, number>,
    longestPiece: longestPiece(model),
    scores: scoreRange(model),
    byteFallback: byteId.length > 0,
    special: specialOf(model),
    // The one or the other.
    normalizer: pipeline === null ? flagsOf(model.normalizer) : null,
    pipeline: pipeline === null ? null : stepsOf(pipeline),
    denormalizer: denormalizer !== null,
  };
}

function flagsOf(normalizer: Normalizer) {
  const { rules, addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAsSuffix } = normalizer;
  return {
    rewritingRules: rules.length > 0,
    addDummyPrefix,
    removeExtraSpaces,
    escapeSpaces,
    spaceAsSuffix,
  };
}

/** The names of the steps, in their order; in what goes around a text, "text" stands for the text. */
function stepsOf({ added, normalizers, splitters, template, decoders, truncation, padding }: Pipeline) {
  return {
    addedTokens: added.length,
    normalizers: normalizers.map(({ type }) => type),
    splitters: splitters.map(({ type }) => type),
    around: template.single.flatMap((item) => ("text" in item ? ["text"] : item.pieces)),
    decoders: decoders?.map(({ type }) => type) ?? [],
    truncation,
    padding,
  };
}

/** The pieces that the file names for a purpose: null for none. */
function specialOf(model: Model) {
  const named = (id: number) => (id < 0 ? null : { id, piece: pieceStrings(model)[id]! });
  const { unkId, special } = model;
  return { unk: named(unkId), bos: named(special.bos), eos: named(special.eos), pad: named(special.pad) };
}

/** Of the pieces that can match text, the first of those that take most bytes. */
function longestPiece(model: Model): { id: number; piece: string; bytes: number } | null {
  const { pieceType, pieceStart } = model;
  let longest = -1;
  let bytes = 0;
  for (let id = 0; id < pieceType.length; id++) {
    const matches = pieceType[id] === PieceType.normal || pieceType[id] === PieceType.userDefined;
    const length = pieceStart[id + 1]! - pieceStart[id]!;
    if (!matches || length <= bytes) continue;
    longest = id;
    bytes = length;
  }
  return longest < 0 ? null : { id: longest, piece: pieceStrings(model)[longest]!, bytes };
}

/** Of normal pieces: those of the others are not learned, but set. */
function scoreRange({ pieceType, labelScore }: Model): { lowest: number; highest: number } | null {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let id = 0; id < pieceType.length; id++)
    if (pieceType[id] === PieceType.normal) {
      lowest = Math.min(lowest, labelScore[id]!);
      highest = Math.max(highest, labelScore[id]!);
    }
  return lowest === Infinity ? null : { lowest, highest };
}
