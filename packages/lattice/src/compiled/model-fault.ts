import { type Model, type Normalizer, PieceType, type Subword } from "../model/model.ts";
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
  { labelScore, pieceType, unkId, byteId, special, pipeline }: Model,
  checks: Checks,
): string | undefined {
  const size = pieceType.length;
  if (unkId !== -1 && pieceType[unkId] !== PieceType.unknown)
    return `the id of the unknown piece is ${unkId}`;
  if (labelScore.length !== size && !(labelScore.length === size + 1 && unkId >= 0))
    return `there are ${labelScore.length} scores for ${size} pieces`;
  const bad = checks.badScore(labelScore);
  if (bad >= 0) return `piece ${bad} has score ${labelScore[bad]}`;
  if (byteId.length !== 0 && byteId.length !== 256) return `there are ${byteId.length} pieces for bytes`;
  const least = pipeline === null ? 0 : -1;
  const astray = byteId.findIndex(
    (id) => id < least || id >= size || (id >= 0 && pieceType[id] === PieceType.unused),
  );
  if (astray >= 0) return `the piece for byte ${astray} has the id ${byteId[astray]}`;
  const [name, id] = Object.entries(special).find(([, one]) => one < -1 || one >= size) ?? [];
  return name === undefined ? undefined : `the piece for ${name} has the id ${id}`;
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

function subwordFault(model: Model): string | undefined {
  const { kind, subword, pieceType } = model;
  if ((subword === null) !== (kind === "unigram")) return `the model is ${kind}, and its rules are others`;
  if (subword === null) return undefined;
  const { left, right, result, rank } = subword.merges;
  if ([right, result, rank].some(({ length }) => length !== left.length))
    return "the columns of the merges differ in length";
  const isId = (id: number): boolean => id >= 0 && id < pieceType.length;
  let apart = false;
  for (let i = 0; i < left.length; i++) {
    if (!isId(left[i]!) || !isId(right[i]!) || !isId(result[i]!) || rank[i]! < 0 || rank[i]! >= MAX_RANK)
      return `merge ${i} is not one of pieces`;
    if (pieceType[result[i]!] === PieceType.unused) apart = true;
  }
  const bad = apart ? badParts(model, subword) : -1;
  return bad < 0 ? undefined : `merge ${bad} is not one of the parts of its piece`;
}

/**
 * Pieces that are not in use are taken apart again, by the lengths of their names: so the names must be what the text
 * has, or no such piece may ever be made. The first merge for which that does not hold, or −1.
 */
function badParts(
  { pieceStart, pieceType, byteLevel }: Model,
  { merges: { left, right, result }, continuing, ending }: Subword,
): number {
  const lengthOf = (id: number): number => pieceStart[id + 1]! - pieceStart[id]!;
  const isOf = (id: number, ...types: readonly number[]): boolean => types.includes(pieceType[id]!);
  const { normal, userDefined, unused } = PieceType;
  const named = !byteLevel && continuing.length === 0 && ending.length === 0;
  return left.findIndex((a, i) => {
    const b = right[i]!;
    const whole = result[i]!;
    if (!named) return isOf(whole, unused) && !isOf(a, unused) && !isOf(b, unused);
    return (
      !isOf(a, normal, userDefined, unused) ||
      !isOf(b, normal, userDefined, unused) ||
      lengthOf(a) === 0 ||
      lengthOf(b) === 0 ||
      lengthOf(a) + lengthOf(b) !== lengthOf(whole)
    );
  });
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
