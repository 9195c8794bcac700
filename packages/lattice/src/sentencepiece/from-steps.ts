import { normalizerOf } from "../huggingface/normalizer-steps.ts";
import { PLAIN } from "../segment/special-tokens.ts";
import { isSame } from "../huggingface/same-data.ts";
import { LatticeError } from "../lattice-error.ts";
import {
  compileModel,
  type Model,
  type PieceTable,
  PieceType,
  pieceStrings,
  type Subword,
} from "../model/model.ts";
import type { Pipeline } from "../model/pipeline.ts";
import { liveMerges } from "../subword/live-merges.ts";
import { charsmapBlob } from "../text/charsmap-blob.ts";
import { compileBpe } from "./compile-bpe.ts";
import { readCharsmap } from "./read.ts";
import { specialIds, USUAL_NAMES } from "./special-ids.ts";

/**
 * A model of a tokenizer.json as one of SentencePiece: the other way of `sentencePieceSteps`, with the differences that
 * `writeTokenizerJson` tells.
 *
 * @throws {@link LatticeError} `unsupported`, by name, for what SentencePiece does not do (at: piece id); `format` for a
 * character map that its files cannot have.
 */
export function withoutSteps(model: Model, pipeline: Pipeline): Model {
  const { pieceBytes, pieceStart, pieceType, labelScore, subword, byteId, unkId, unkSurface } = model;
  const byteFallback = byteId.length > 0;
  if (model.byteLevel) throw refusal("pieces that are strings of bytes");
  const normalizer = normalizerOf(pipeline, byteFallback);
  if (normalizer === undefined) throw refusal("the normalizer and decoder of this tokenizer.json");
  if (pipeline.splitters.length > 0) throw refusal("a pre-tokenizer");
  if (!isSame(pipeline.template, PLAIN)) throw refusal("a post-processor");
  if (normalizer.rules.length > 0) readCharsmap(charsmapBlob(normalizer), 0);
  const rest = { byteFallback, normalizer, denormalizer: null, unkSurface };
  const table: PieceTable = {
    bytes: pieceBytes,
    start: pieceStart,
    score: labelScore.slice(0, pieceType.length),
    type: typesOf(model, pipeline),
  };
  // In float32, as it is derived there.
  if (subword === null && unkId >= 0) table.score[unkId] = Math.fround(labelScore[unkId]!);
  const compiled = subword === null ? compileModel(table, rest) : compileMerges(model, subword, table, rest);
  // A tokenizer.json does not say which they are: those of the usual names.
  return { ...compiled, special: specialIds(compiled, USUAL_NAMES) };
}

/** The types of pieces: special tokens are control pieces, and those for bytes have a type too. */
function typesOf(model: Model, { added }: Pipeline): Uint8Array {
  const { byteId, unkId } = model;
  const type = model.pieceType.slice();
  for (const { id, special, normalized, lstrip, rstrip, singleWord } of added) {
    if (!special || normalized || lstrip || rstrip || singleWord)
      throw refusal(`the added token ${nameOf(model, id)}, which is more than a name`, id);
    if (id !== unkId) type[id] = PieceType.control;
  }
  if (unkId >= 0 && !added.some(({ id }) => id === unkId))
    throw refusal(`a text that spells the unknown piece, ${nameOf(model, unkId)}`, unkId);
  if (byteId.includes(-1)) throw refusal("byte fallback without all 256 pieces");
  for (const id of byteId) type[id] = PieceType.byte;
  return type;
}

/** A BPE model whose merges SentencePiece derives alike, from scores in their order. */
function compileMerges(
  model: Model,
  { merges, wholeFirst, continuing, ending, fuseUnknown }: Subword,
  table: PieceTable,
  rest: Parameters<typeof compileModel>[1],
): Model {
  if (model.kind !== "bpe" || wholeFirst || continuing.length > 0 || ending.length > 0)
    throw refusal("words that are made otherwise than of the merges of their characters");
  if (!fuseUnknown) throw refusal("unknown characters in a row as pieces of their own");
  const { left, right, result, rank } = merges;
  const strange = [...left, ...right, ...result].find((id) => table.type[id] !== PieceType.normal);
  if (strange !== undefined) throw refusal(`merges with ${nameOf(model, strange)}`, strange);
  const live = liveMerges(model);
  const inOrder = live.filter((merge) => merge >= 0).sort((a, b) => rank[a]! - rank[b]!);
  const score = new Float64Array(live.length).fill(-inOrder.length);
  inOrder.forEach((merge, place) => (score[result[merge]!] = -place));
  const compiled = compileBpe({ ...table, score }, rest);
  const derived = compiled.subword!.merges;
  const other = liveMerges(compiled).findIndex(
    (merge, id) => derived.left[merge] !== left[live[id]!] || derived.right[merge] !== right[live[id]!],
  );
  if (other >= 0) throw refusal(`other merges of ${nameOf(model, other)} than it would find`, other);
  return compiled;
}

function nameOf(model: Model, id: number): string {
  return JSON.stringify(pieceStrings(model)[id]);
}

function refusal(what: string, at?: number): LatticeError {
  return new LatticeError("unsupported", `a SentencePiece model has no room for ${what}`, at);
}
