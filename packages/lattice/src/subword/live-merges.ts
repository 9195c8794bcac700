import { type Merges, type Model, PieceType } from "../model/model.ts";
import { buffers, reserveSearch, reserveText } from "../text/buffers.ts";
import { mergeWord } from "./merge-word.ts";
import { pairsOf } from "./pair-table.ts";

/**
 * The one merge that makes each piece in a text; −1 for a piece that no merge makes. What stands around a piece has no
 * part in what is merged within it, so that it is the last merge of the piece as a word by itself, and all others that
 * would make it never come to their turn.
 *
 * @remarks O(bytes of the pieces), but for a logarithm.
 */
export function liveMerges(model: Model): Int32Array {
  const merges = model.subword!.merges;
  const pairs = pairsOf(merges);
  const live = new Int32Array(model.pieceType.length).fill(-1);
  const probe = { ...model, pieceType: model.pieceType.slice() };
  for (const id of new Set(merges.result)) {
    // What is not in use is taken apart again, into the two that it was merged of.
    const type = probe.pieceType[id]!;
    probe.pieceType[id] = PieceType.unused;
    const parts = piecesWithin(probe, id);
    probe.pieceType[id] = type;
    const isMerged = parts.every((part) => probe.pieceType[part] !== PieceType.userDefined);
    if (parts.length === 2 && isMerged) live[id] = pairs.find(parts[0]!, parts[1]!);
  }
  return live;
}

/** What a piece becomes as a word by itself. */
export function piecesWithin(model: Model, id: number): number[] {
  const piece = model.pieceBytes.subarray(model.pieceStart[id], model.pieceStart[id + 1]);
  reserveText(0, piece.length);
  reserveSearch(piece.length);
  buffers.bytes.set(piece);
  mergeWord(model, 0, piece.length);
  const ids: number[] = [];
  for (let at = piece.length; at > 0; at = buffers.from[at]!) ids.push(buffers.via[at]!);
  return ids.reverse();
}

/**
 * The merges in an order in which each has a rank of its own, those that are live before others of their rank.
 *
 * @param live - What {@link liveMerges} gives.
 */
export function rankedApart({ left, right, result, rank }: Merges, live: Int32Array): Merges {
  const isDead = (merge: number): number => (live[result[merge]!] === merge ? 0 : 1);
  const order = Int32Array.from(rank.keys()).sort(
    (a, b) => rank[a]! - rank[b]! || isDead(a) - isDead(b) || a - b,
  );
  return {
    left: order.map((merge) => left[merge]!),
    right: order.map((merge) => right[merge]!),
    result: order.map((merge) => result[merge]!),
    rank: order.map((_, place) => place),
  };
}

/**
 * A piece whose merge may come to its turn otherwise if live merges of one rank are set apart; −1 if there is none. They
 * are many in one rank only where scores are equal: then the leftmost in the text comes first, whichever it is, and that
 * is no matter where none of them begins with what another ends with, nor makes a part of a merge that is due already.
 */
export function entangledPiece({ left, right, result, rank }: Merges, live: Int32Array): number {
  const alive = live.filter((merge) => merge >= 0);
  const ofRank = new Map<number, number>();
  const beginning = new Map<number, number>();
  const key = (merge: number, piece: number): number => rank[merge]! * live.length + piece;
  for (const merge of alive) {
    ofRank.set(rank[merge]!, 1 + (ofRank.get(rank[merge]!) ?? 0));
    beginning.set(key(merge, left[merge]!), 1 + (beginning.get(key(merge, left[merge]!)) ?? 0));
  }
  const found = alive.find((merge) => {
    const itself = left[merge] === right[merge] ? 1 : 0;
    if ((beginning.get(key(merge, right[merge]!)) ?? 0) > itself) return true;
    return [live[left[merge]!]!, live[right[merge]!]!].some(
      (before) => before >= 0 && ofRank.get(rank[before]!)! > 1 && rank[merge]! <= rank[before]!,
    );
  });
  return found === undefined ? -1 : result[found]!;
}
