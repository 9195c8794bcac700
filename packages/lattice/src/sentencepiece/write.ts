import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { LatticeError } from "../lattice-error.ts";
import { type Model, type Normalizer, PieceType, pieceStrings } from "../model/model.ts";
import { charsmapBlob } from "../text/charsmap-blob.ts";
import { setEdgeScores } from "./edge-scores.ts";
import { MODEL, NORMALIZER, PIECE, TRAINER } from "./fields.ts";

/**
 * Writes a model as a SentencePiece file (`.model`) that SentencePiece reads and segments alike with. What
 * {@link readSentencePiece} reads of a file is kept; what it skips (self-tests, how the model was trained) is not.
 *
 * @throws {@link LatticeError} `unsupported` for a model that the format cannot hold: one of a tokenizer.json or of BytePiece, one
 * without an unknown piece, or whose unknown piece or user-defined symbols have scores of their own (at: piece id).
 * @remarks Scores are rounded to float32, as the format has them.
 */
export function writeSentencePiece(model: Model): Uint8Array {
  const { pieceBytes, pieceStart, pieceType, labelScore, unkId } = model;
  if (model.pipeline !== null)
    throw new LatticeError(
      "unsupported",
      "a SentencePiece model has no room for the steps of a tokenizer.json or of BytePiece",
    );
  if (model.subword !== null)
    throw new LatticeError(
      "unsupported",
      `a model of the kind ${model.kind} cannot be written as a SentencePiece file yet`,
    );
  if (unkId < 0) throw new LatticeError("unsupported", "a SentencePiece model must have an unknown piece");
  const derived = labelScore.slice();
  setEdgeScores({ score: derived, start: pieceStart, type: pieceType });
  const other = derived.findIndex((score, id) => score !== labelScore[id]);
  if (other >= 0)
    throw new LatticeError(
      "unsupported",
      `piece ${other} scores ${labelScore[other]}; SentencePiece derives ${derived[other]} from the other pieces`,
      other,
    );
  const file = new BinaryWriter();
  for (let id = 0; id < pieceType.length; id++) {
    const type = pieceType[id]!;
    const follows = type === PieceType.unknown || type === PieceType.userDefined;
    file.uint32(MODEL.pieces).fork();
    file.uint32(PIECE.piece).bytes(pieceBytes.subarray(pieceStart[id], pieceStart[id + 1]));
    file.uint32(PIECE.score).float(follows ? 0 : labelScore[id]!);
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

function writeTrainer(file: BinaryWriter, model: Model): void {
  const names = pieceStrings(model);
  const { bos, eos, pad } = model.special;
  // The name decides, and a name that is left out is the usual one: where there is no piece, it must be no control piece's.
  const nameOf = (id: number): string => names[id < 0 ? model.unkId : id]!;
  file.uint32(MODEL.trainerSpec).fork();
  file.uint32(TRAINER.modelType).int32(1);
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
