import { LatticeError } from "../lattice-error.ts";
import { type Model, type Normalizer, PieceType, pieceStrings } from "../model/model.ts";
import type { AddedToken, DecodeStep, NormalizeStep, Pipeline } from "../model/pipeline.ts";
import { normalizedContent } from "../pipeline/run-pipeline.ts";
import { UNKNOWN_PENALTY } from "./assemble-model.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import type { Vocabulary } from "./read-vocabulary.ts";
import { CLASSES } from "./ruby-pattern.ts";

const MARK = "▁";
/** The text's beginning and end, said so that Hugging Face's library for JavaScript, which knows no \A, reads it too. */
const ANY = `[${CLASSES.s}${CLASSES.S}]`;
const BEGIN = `(?<!${ANY})`;
const END = `(?!${ANY})`;

/**
 * What a model of SentencePiece does to a text, as steps of Hugging Face's, and its pieces as a vocabulary of theirs,
 * in which every piece can match.
 *
 * @throws {@link LatticeError} `unsupported` for what cannot be said so (at: piece id).
 */
export function sentencePieceSteps(model: Model): {
  readonly vocabulary: Vocabulary;
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
    vocabulary: vocabularyOf(model, names),
    pipeline: {
      added: addedTokens(model, names),
      normalizers: [...rewriting, ...spaceSteps(normalizer)],
      splitters: [],
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

function vocabularyOf({ pieceType, labelScore, unkId, byteId }: Model, names: readonly string[]): Vocabulary {
  const idOf = new Map(names.map((name, id) => [name, id]));
  const repeated = names.findIndex((name, id) => idOf.get(name) !== id);
  if (repeated >= 0) throw refusal(`two pieces of one name, ${JSON.stringify(names[repeated])}`, repeated);
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

function rewritingSteps({ rules, replacements, removeExtraSpaces }: Normalizer): NormalizeStep[] {
  const steps: NormalizeStep[] = [];
  if (rules.length > 0) steps.push({ type: "charsmap", rules, replacements });
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: " {2,}", content: " " });
  return steps;
}

function spaceSteps({ addDummyPrefix, removeExtraSpaces, escapeSpaces }: Normalizer): NormalizeStep[] {
  const steps: NormalizeStep[] = [];
  const space = escapeSpaces ? MARK : " ";
  // Spaces alone, unlike Hugging Face's Strip; and at the end marks that stood in the text too, as SentencePiece does.
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: `${BEGIN} `, content: "" });
  if (addDummyPrefix) steps.push({ type: "prepend", content: space });
  if (escapeSpaces) steps.push({ type: "replace", pattern: " ", content: MARK });
  if (removeExtraSpaces) steps.push({ type: "replace", pattern: `${space}+${END}`, content: "" });
  return steps;
}

function decodeSteps(
  { addDummyPrefix, removeExtraSpaces, escapeSpaces }: Normalizer,
  byteFallback: boolean,
): DecodeStep[] {
  const steps: DecodeStep[] = [];
  if (escapeSpaces) steps.push({ type: "replace", pattern: MARK, content: " " });
  if (byteFallback) steps.push({ type: "bytes" });
  steps.push({ type: "fuse" });
  // Where extra spaces go, all before the text do; else the one that was put there.
  if (escapeSpaces && removeExtraSpaces) steps.push({ type: "replace", pattern: `${BEGIN} +`, content: "" });
  else if (escapeSpaces && addDummyPrefix) steps.push({ type: "strip", content: " ", start: 1, stop: 0 });
  return steps;
}
