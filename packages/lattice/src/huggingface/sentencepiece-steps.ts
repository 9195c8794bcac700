import { LatticeError } from "../lattice-error.ts";
import { type Model, PieceType, pieceStrings, type Subword } from "../model/model.ts";
import type { AddedToken, Pipeline, SplitStep } from "../model/pipeline.ts";
import { literalPattern } from "../pipeline/patterns.ts";
import { normalizedContent } from "../pipeline/run-pipeline.ts";
import { entangledPiece, liveMerges, piecesWithin, rankedApart } from "../subword/live-merges.ts";
import { UNKNOWN_PENALTY } from "./assemble-model.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import { decodeSteps, rewritingSteps, spaceSteps } from "./normalizer-steps.ts";
import type { SubwordVocabulary } from "./read-merges.ts";
import type { Vocabulary } from "./read-vocabulary.ts";

/**
 * What a model of SentencePiece does to a text, as steps of Hugging Face's, and its pieces as a vocabulary of theirs,
 * in which every piece can match.
 *
 * @throws {@link LatticeError} `unsupported` for what cannot be said so (at: piece id).
 */
export function sentencePieceSteps(model: Model): {
  readonly vocabulary: Vocabulary | SubwordVocabulary;
  readonly pipeline: Pipeline;
} {
  const { pieceType, normalizer, denormalizer, byteId } = model;
  if (denormalizer !== null) throw refusal("a denormaliser");
  if (normalizer.spaceAsSuffix) throw refusal("marks after words");
  const unused = pieceType.indexOf(PieceType.unused);
  if (unused >= 0) throw refusal("pieces that are not used", unused);
  const names = pieceStrings(model);
  const rewriting = rewritingSteps(normalizer);
  names.forEach((name, id) => {
    // A symbol that no rule changes need not be kept from the rules.
    if (
      pieceType[id] === PieceType.userDefined &&
      normalizedContent({ normalizers: rewriting }, name) !== name
    )
      throw refusal(`the symbol ${JSON.stringify(name)} kept from the model's own rules`, id);
  });
  return {
    vocabulary: model.subword === null ? unigramOf(model, names) : bpeOf(model, model.subword, names),
    pipeline: {
      added: addedTokens(model, names),
      normalizers: [...rewriting, ...spaceSteps(normalizer)],
      splitters: model.subword === null ? [] : splitSteps(model, names),
      template: PLAIN,
      decoders: decodeSteps(normalizer, byteId.length > 0),
      truncation: null,
      padding: null,
    },
  };
}

function refusal(what: string, at?: number): LatticeError {
  return new LatticeError("unsupported", `a tokenizer.json cannot express ${what}`, at);
}

function idsOf(names: readonly string[]): Map<string, number> {
  const idOf = new Map(names.map((name, id) => [name, id]));
  const repeated = names.findIndex((name, id) => idOf.get(name) !== id);
  if (repeated >= 0) throw refusal(`two pieces of one name, ${JSON.stringify(names[repeated])}`, repeated);
  return idOf;
}

function bpeOf(model: Model, subword: Subword, names: readonly string[]): SubwordVocabulary {
  const { pieceType, unkId, byteId } = model;
  const idOf = idsOf(names);
  const live = liveMerges(model);
  const entangled = entangledPiece(subword.merges, live);
  if (entangled >= 0)
    throw refusal(
      `that ${JSON.stringify(names[entangled])} and others of the same score are merged from left to right`,
      entangled,
    );
  // Symbols of users are words that are pieces as a whole. Other words that are pieces must be what merges make of them.
  const wholeFirst = pieceType.includes(PieceType.userDefined);
  const unmade = wholeFirst ? unmadePiece(model, live) : -1;
  if (unmade >= 0)
    throw refusal(
      `symbols of users beside ${JSON.stringify(names[unmade])}, a piece that no merges make`,
      unmade,
    );
  const merges = rankedApart(subword.merges, live);
  const kind = "bpe";
  return { kind, idOf, unkId, byteFallback: byteId.length > 0, subword: { ...subword, merges, wholeFirst } };
}

/** A piece that a text may have between symbols of users and that merges do not make; −1 if there is none. */
function unmadePiece(model: Model, live: Int32Array): number {
  const { pieceType } = model;
  return pieceType.findIndex((type, id) => {
    if (type !== PieceType.normal || live[id]! >= 0) return false;
    const parts = piecesWithin(model, id);
    return parts.length > 1 && parts.every((part) => pieceType[part] !== PieceType.userDefined);
  });
}

/** Cuts the text around the symbols of users, of which the longest is taken at each place. */
function splitSteps({ pieceType }: Model, names: readonly string[]): SplitStep[] {
  const symbols = names.filter((_, id) => pieceType[id] === PieceType.userDefined);
  if (symbols.length === 0) return [];
  const longestFirst = symbols.sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map(literalPattern).join("|");
  return [{ type: "split", pattern, invert: false, behavior: "Isolated" }];
}

function unigramOf({ pieceType, labelScore, unkId, byteId }: Model, names: readonly string[]): Vocabulary {
  const idOf = idsOf(names);
  const matches = Array.from(
    pieceType,
    (type) => type === PieceType.normal || type === PieceType.userDefined,
  );
  const lowest = labelScore.reduce(
    (least, score, id) => (matches[id]! ? Math.min(least, score) : least),
    Infinity,
  );
  const others = lowest === Infinity ? 0 : lowest;
  if (unkId >= 0 && Math.fround(labelScore[unkId]!) !== Math.fround(others - UNKNOWN_PENALTY))
    throw refusal(
      `an unknown piece that scores ${labelScore[unkId]}, not ${others - UNKNOWN_PENALTY}`,
      unkId,
    );
  // Those that match nothing score so low that where they are found after all they are taken last.
  const scores = Array.from(matches, (does, id) => (does ? labelScore[id]! : others));
  return { kind: "unigram", idOf, scores, unkId, byteFallback: byteId.length > 0 };
}

/** Control pieces and the unknown piece, as such files have them. */
function addedTokens({ pieceType }: Model, names: readonly string[]): AddedToken[] {
  return names.flatMap((pattern, id) =>
    pieceType[id] === PieceType.control || pieceType[id] === PieceType.unknown
      ? [{ id, pattern, normalized: false, lstrip: false, rstrip: false, singleWord: false, special: true }]
      : [],
  );
}
