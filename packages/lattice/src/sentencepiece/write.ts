import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { LatticeError } from "../lattice-error.ts";
import {
  type Model,
  type Normalizer,
  PieceType,
  pieceStrings,
  requireModel,
  type Subword,
} from "../model/model.ts";
import { charsmapBlob } from "../text/charsmap-blob.ts";
import { setEdgeScores } from "./edge-scores.ts";
import { withoutSteps } from "./from-steps.ts";
import { MODEL, MODEL_TYPE, NORMALIZER, PIECE, TRAINER } from "./fields.ts";

/**
 * Writes a model as a SentencePiece file (`.model`) that SentencePiece reads and segments alike with. What
 * {@link readSentencePiece} reads of a file is kept; what it skips (self-tests, how the model was trained) is not. A
 * model of a tokenizer.json is taken if its steps are those that `writeTokenizerJson` writes of a SentencePiece model: its
 * special tokens are then control pieces, which no text stands for.
 *
 * @throws {@link LatticeError} `unsupported` for a model that the format cannot hold (at: piece id): one of BytePiece, one
 * without an unknown piece, or whose unknown piece or user-defined symbols have scores of their own; of a tokenizer.json, by name,
 * one with other steps, a pre-tokenizer or a post-processor, and BPE with merges that scores cannot tell.
 * @remarks Scores are rounded to float32, as the format has them. Those of a BPE model, which tell its merges, are whole
 * numbers in the order of the ones in the file that it came from.
 */
export function writeSentencePiece(model: Model): Uint8Array {
  const { pipeline } = requireModel(model);
  return pipeline === null ? written(model) : written(withoutSteps(model, pipeline));
}

function written(model: Model): Uint8Array {
  const { pieceBytes, pieceStart, pieceType, unkId, subword } = model;
  if (unkId < 0) throw new LatticeError("unsupported", "a SentencePiece model must have an unknown piece");
  const scores = subword === null ? unigramScores(model) : mergeScores(model, subword);
  const file = new BinaryWriter();
  for (let id = 0; id < pieceType.length; id++) {
    const type = pieceType[id]!;
    file.uint32(MODEL.pieces).fork();
    file.uint32(PIECE.piece).bytes(pieceBytes.subarray(pieceStart[id], pieceStart[id + 1]));
    file.uint32(PIECE.score).float(scores[id]!);
    if (type !== PieceType.normal) file.uint32(PIECE.type).int32(type);
    file.join();
  }
  writeTrainer(file, model);
  file.uint32(MODEL.normalizerSpec).fork();
  writeNormalizer(file, model.normalizer);
  file.join();
  if (model.denormalizer !== null) {
    file.uint32(MODEL.denormalizerSpec).fork();
    writeNormalizer(file, model.denormalizer);
    file.join();
  }
  return file.finish();
}

/** The scores of the pieces, but for those that SentencePiece derives from them: 0 stands for these. */
function unigramScores({ pieceStart, pieceType, labelScore }: Model): Float64Array {
  const derived = labelScore.slice();
  setEdgeScores({ score: derived, start: pieceStart, type: pieceType });
  const other = derived.findIndex((score, id) => score !== labelScore[id]);
  if (other >= 0)
    throw new LatticeError(
      "unsupported",
      `piece ${other} scores ${labelScore[other]}; SentencePiece derives ${derived[other]} from the other pieces`,
      other,
    );
  return labelScore.map((score, id) =>
    pieceType[id] === PieceType.unknown || pieceType[id] === PieceType.userDefined ? 0 : score,
  );
}

/** Scores that tell the merges: the earlier one makes a piece, the higher, and what none makes comes last. */
function mergeScores({ pieceType }: Model, { merges: { result, rank } }: Subword): Float64Array {
  const last = rank.reduce((most, value) => Math.max(most, value + 1), 0);
  const scores = new Float64Array(pieceType.length).fill(-last);
  result.forEach((id, merge) => (scores[id] = -rank[merge]!));
  return scores;
}

function writeTrainer(file: BinaryWriter, model: Model): void {
  const names = pieceStrings(model);
  const { bos, eos, pad } = model.special;
  // The name decides, and a name that is left out is the usual one: where there is no piece, it must be no control piece's.
  const nameOf = (id: number): string => names[id < 0 ? model.unkId : id]!;
  file.uint32(MODEL.trainerSpec).fork();
  file.uint32(TRAINER.modelType).int32(model.kind === "bpe" ? MODEL_TYPE.bpe : MODEL_TYPE.unigram);
  file.uint32(TRAINER.vocabSize).int32(names.length);
  file.uint32(TRAINER.treatWhitespaceAsSuffix).bool(model.normalizer.spaceAsSuffix);
  file.uint32(TRAINER.byteFallback).bool(model.byteId.length > 0);
  file.uint32(TRAINER.unkId).int32(model.unkId);
  file.uint32(TRAINER.bosId).int32(bos);
  file.uint32(TRAINER.eosId).int32(eos);
  file.uint32(TRAINER.padId).int32(pad);
  file.uint32(TRAINER.unkPiece).string(names[model.unkId]!);
  file.uint32(TRAINER.bosPiece).string(nameOf(bos));
  file.uint32(TRAINER.eosPiece).string(nameOf(eos));
  file.uint32(TRAINER.padPiece).string(nameOf(pad));
  file.uint32(TRAINER.unkSurface).string(model.unkSurface);
  file.join();
}

function writeNormalizer(file: BinaryWriter, normalizer: Normalizer): void {
  const { rules, addDummyPrefix, removeExtraSpaces, escapeSpaces } = normalizer;
  file.uint32(NORMALIZER.name).string(rules.length === 0 ? "identity" : "user_defined");
  if (rules.length > 0) file.uint32(NORMALIZER.precompiledCharsmap).bytes(charsmapBlob(normalizer));
  file.uint32(NORMALIZER.addDummyPrefix).bool(addDummyPrefix);
  file.uint32(NORMALIZER.removeExtraWhitespaces).bool(removeExtraSpaces);
  file.uint32(NORMALIZER.escapeWhitespaces).bool(escapeSpaces);
}
