import { type Merges, type Model, type Normalizer, PieceType } from "../model/model.ts";
import type { Pipeline, TemplateItem } from "../model/pipeline.ts";
import { charsmapFault } from "../text/charsmap-fault.ts";
import { modelShape } from "./model-shape.ts";
import type { Checks } from "./plain-checks.ts";
import { spelledPieces } from "./spelled-pieces.ts";

/**
 * Says what is wrong with a model, or undefined: everything that the algorithms trust of one, since a reader of this
 * package has made it. A model without a fault makes none of them read out of bounds, go on for ever or give ids that
 * there are not.
 *
 * @remarks O(size of the model).
 */
export function modelFault(model: Model, checks: Checks): string | undefined {
  return (
    modelShape(model, "model") ??
    pieceFault(model, checks) ??
    labelFault(model, checks) ??
    trieFault(model, checks) ??
    normalizerFault(model, model.normalizer, checks) ??
    (model.denormalizer === null ? undefined : normalizerFault(model, model.denormalizer, checks)) ??
    subwordFault(model) ??
    (model.pipeline === null ? undefined : pipelineFault(model.pipeline, model.pieceType.length))
  );
}

function pieceFault(model: Model, checks: Checks): string | undefined {
  const { pieceBytes, pieceStart, pieceType } = model;
  const size = pieceType.length;
  if (size === 0) return "the model has no pieces";
  if (pieceStart.length !== size + 1 || pieceStart[0] !== 0 || pieceStart[size] !== pieceBytes.length)
    return "pieceStart does not begin with 0, end with the length of pieceBytes and have one entry more than pieces";
  const bad = checks.badPiece(model);
  if (bad >= 0)
    return `piece ${bad} ends before it begins, begins inside a character, or is of no known type`;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(pieceBytes);
  } catch {
    return "the pieces are not valid UTF-8";
  }
  return undefined;
}

/** Scores, and the ids that stand for unknown characters. */
function labelFault(
  { labelScore, pieceType, unkId, byteId, pipeline }: Model,
  checks: Checks,
): string | undefined {
  const size = pieceType.length;
  if (unkId < -1 || unkId >= size) return `the id of the unknown piece is ${unkId}`;
  if (labelScore.length !== size && !(labelScore.length === size + 1 && unkId >= 0))
    return `there are ${labelScore.length} scores for ${size} pieces`;
  const bad = checks.badScore(labelScore);
  if (bad >= 0) return `piece ${bad} has score ${labelScore[bad]}`;
  if (byteId.length !== 0 && byteId.length !== 256) return `there are ${byteId.length} pieces for bytes`;
  const least = pipeline === null ? 0 : -1;
  const astray = byteId.findIndex((id) => id < least || id >= size);
  return astray < 0 ? undefined : `the piece for byte ${astray} has the id ${byteId[astray]}`;
}

function trieFault(model: Model, checks: Checks): string | undefined {
  const { trie, labelScore, longestPiece, byteLevel } = model;
  const keys = byteLevel ? { ...model, ...spelledPieces(model) } : model;
  const depth = isTrie(trie) ? checks.trieDepth(trie, keys, labelScore.length, false) : -1;
  if (depth < 0) return "the trie is not that of the pieces";
  return depth === longestPiece ? undefined : `the longest piece has ${depth} bytes, not ${longestPiece}`;
}

function normalizerFault(
  model: Model,
  { rules, replacements, kept }: Normalizer,
  checks: Checks,
): string | undefined {
  const isOfPieces = (): boolean =>
    !model.byteLevel && isTrie(kept) && checks.trieDepth(kept, model, model.pieceType.length, true) > 0;
  if (kept.length > 0 && !isOfPieces()) return "the trie of kept pieces is not one of pieces";
  return charsmapFault({ rules, replacements }, (...map) => checks.badRule(...map));
}

/** Whether an array has whole blocks of 256 nodes. */
function isTrie(units: Int32Array): boolean {
  return units.length > 0 && units.length % 512 === 0;
}

/** Ranks share a float64 with a place of 30 bits. */
const MAX_RANK = 2 ** 23;

function subwordFault({ kind, subword, pieceStart, pieceType }: Model): string | undefined {
  if ((subword === null) !== (kind === "unigram")) return `the model is ${kind}, and its rules are others`;
  if (subword === null) return undefined;
  const { left, right, result, rank } = subword.merges;
  for (const column of [right, result, rank] satisfies Merges[keyof Merges][])
    if (column.length !== left.length) return "the columns of the merges differ in length";
  const size = pieceType.length;
  const lengthOf = (id: number): number => pieceStart[id + 1]! - pieceStart[id]!;
  for (let i = 0; i < left.length; i++) {
    const ids = [left[i]!, right[i]!, result[i]!];
    if (ids.some((id) => id < 0 || id >= size) || rank[i]! < 0 || rank[i]! >= MAX_RANK)
      return `merge ${i} is not one of pieces`;
    const [a = 0, b = 0, whole = 0] = ids.map(lengthOf);
    // It is taken apart again, and so must become less.
    if (pieceType[result[i]!] === PieceType.unused && (a === 0 || b === 0 || a + b !== whole))
      return `merge ${i} is not one of the parts of its piece`;
  }
  return undefined;
}

function pipelineFault({ added, template }: Pipeline, size: number): string | undefined {
  const isId = (id: number): boolean => id >= 0 && id < size;
  const strange = added.findIndex(({ id }) => !isId(id));
  if (strange >= 0) return `added token ${strange} has the id ${added[strange]!.id}`;
  const isSound = (items: readonly TemplateItem[], texts: number): boolean => {
    const order = items.flatMap((item) => ("text" in item ? [item.text] : []));
    return (
      order.length === texts &&
      new Set(order).size === texts &&
      order.includes(0) &&
      items.every(
        (item) => "text" in item || (item.ids.length === item.pieces.length && item.ids.every(isId)),
      )
    );
  };
  return isSound(template.single, 1) && isSound(template.pair, 2) ? undefined : "the template is not one";
}
