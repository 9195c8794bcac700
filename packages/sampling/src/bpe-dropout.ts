import { type Encoding, type Model, PieceType, type TextLattice } from "@lemmata/lattice";
import { Heap } from "./heap.ts";
import { type Joins, joinsOf } from "./joins.ts";
import { checkedDropout, type DropoutOptions, latticeOfKind, scorelessRng } from "./scoreless.ts";
import type { RandomSource } from "./options.ts";
import {
  characterEnd,
  emitPieces,
  type PlacedPiece,
  unknownLabel,
  type Word,
  wordsOf,
} from "./text-pieces.ts";

/**
 * Segments a text by merges of which each is skipped with some probability: of the neighbours in a word that a merge
 * joins, in the order of merges, the first that is not skipped becomes one; then all are tried again; a word is done
 * when all are skipped at once. 0 gives the model's own segmentation, 1 characters (bytes, of a byte-level model).
 *
 * Its law is far from uniform: most of it lies on a few segmentations of a word (Cognetta et al. 2024). For all
 * segmentations alike there is {@link uniformSample}.
 *
 * Words are the pre-tokens of a tokenizer.json, or what spaces divide where no piece goes beyond a space. Where pieces
 * do, a text is one word; the longer a word, the surer each merge comes back until it is made. A word that is a piece as
 * a whole, which some models do not put together by merges, is put together by them but for dropout 0.
 *
 * @returns Ids, pieces and offsets, as `emit` of `@lemmata/lattice` gives them: without special tokens around the text.
 * @throws {@link SamplingError} `argument` for a model that is not BPE, a dropout outside [0, 1], or an alpha, which has
 * no meaning for merges; `no-path` for a character that is no piece, of a model without an unknown one; `rng`.
 * `LatticeError` of `@lemmata/lattice` for what is no model or no text.
 * @remarks O(n log n / (1 − dropout)) for a word of n characters, one random number for each merge that is tried.
 * Provilkov, Emelianenko and Voita 2020, *BPE-Dropout*, algorithm 1.
 */
export function bpeDropout(model: Model, text: string, options: DropoutOptions): Encoding {
  const uniform = scorelessRng(options);
  const dropout = checkedDropout(options);
  const lattice = latticeOfKind(
    model,
    text,
    ["bpe"],
    "see maxMatchDropout for WordPiece, sampleEncode for unigram",
  );
  const joins = joinsOf(model);
  const pieces: PlacedPiece[] = [];
  for (const word of wordsOf(lattice)) {
    const whole = word.added >= 0 ? word.added : dropout === 0 ? wholeWord(model, lattice, word) : -1;
    if (whole >= 0) pieces.push({ label: whole, end: word.stop });
    else
      for (const first of symbolsOf(model, lattice, word, joins))
        for (let unit: Unit | undefined = merged(first, joins, dropout, uniform); unit; unit = unit.next)
          put(model, unit, pieces);
  }
  return emitPieces(model, lattice, pieces);
}

/** A symbol of a word on its way, and its neighbours. */
interface Unit {
  readonly label: number;
  readonly start: number;
  readonly end: number;
  /** Whether merges may touch it. */
  readonly free: boolean;
  /** What it was made of. */
  readonly parts?: readonly [Unit, Unit];
  previous?: Unit | undefined;
  next?: Unit | undefined;
}

/** Two neighbours that a merge joins. */
interface Candidate {
  readonly rank: number;
  readonly left: Unit;
  readonly right: Unit;
  readonly result: number;
}

/** The id of a word that is taken as a whole before any merge, or −1. */
function wholeWord({ subword }: Model, { rowStart, end, label }: TextLattice, { start, stop }: Word): number {
  const last = rowStart[start + 1]! - 1;
  return subword!.wholeFirst && last >= rowStart[start]! && end[last] === stop ? label[last]! : -1;
}

/**
 * The first symbols of a word: characters or bytes, the bytes of an unknown character, and what a user has defined, as
 * it is. Each list is a stretch that merges do not go beyond; returned is the first unit of each.
 */
function symbolsOf(model: Model, lattice: TextLattice, { start, stop }: Word, joins: Joins): Unit[] {
  const { rowStart, end, label, bytes } = lattice;
  const { byteLevel, byteId, normalizer, pieceType } = model;
  const firsts: Unit[] = [];
  let last: Unit | undefined;
  const add = (id: number, from: number, to: number, free = true): void => {
    const unit: Unit = { label: id, start: from, end: to, free };
    if (last === undefined || joins.divides(bytes, from)) firsts.push(unit);
    else {
      last.next = unit;
      unit.previous = last;
    }
    last = unit;
  };
  for (let s = start; s < stop;) {
    const single = byteLevel ? s + 1 : characterEnd(lattice, s, stop);
    let character = -1;
    let kept = -1;
    for (let e = rowStart[s]!, beyond = rowStart[s + 1]!; e < beyond; e++) {
      if (end[e] === single) character = e;
      if (normalizer.kept.length > 0 && pieceType[label[e]!] === PieceType.userDefined) kept = e;
    }
    if (kept >= 0) add(label[kept]!, s, end[kept]!, false);
    else if (character >= 0) add(label[character]!, s, single);
    else if (isSpelled(byteId, bytes, s, single))
      for (let i = s; i < single; i++) add(byteId[bytes[i]!]!, i, i + 1);
    else add(unknownLabel(model, lattice, s), s, single);
    s = kept >= 0 ? end[kept]! : single;
  }
  return firsts;
}

/** Whether there are pieces for all these bytes. */
function isSpelled(byteId: Int32Array, bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!(byteId[bytes[i]!]! >= 0)) return false;
  return true;
}

/** Merges the symbols of a word as far as they go; returns the first of what is left. */
function merged(first: Unit, joins: Joins, dropout: number, uniform: RandomSource): Unit {
  let head = first;
  const open = new Heap<Candidate>(
    (a, b) => a.rank < b.rank || (a.rank === b.rank && a.left.start < b.left.start),
  );
  const offer = (left: Unit | undefined, right: Unit | undefined): void => {
    if (left?.free !== true || right?.free !== true) return;
    const merge = joins.find(left.label, right.label);
    if (merge !== undefined) open.push({ ...merge, left, right });
  };
  for (let unit: Unit | undefined = first; unit; unit = unit.next) offer(unit, unit.next);
  const skipped: Candidate[] = [];
  for (let least = open.pop(); least !== undefined; least = open.pop()) {
    const { left, right, result } = least;
    // What was offered is gone if one of the two has become a part of another.
    if (left.next !== right || right.previous !== left) continue;
    if (dropout > 0 && uniform() < dropout) {
      skipped.push(least);
      continue;
    }
    const { previous } = left;
    const { next } = right;
    const made: Unit = {
      label: result,
      start: left.start,
      end: right.end,
      free: true,
      parts: [left, right],
      previous,
      next,
    };
    if (previous === undefined) head = made;
    else previous.next = made;
    if (next !== undefined) next.previous = made;
    offer(previous, made);
    offer(made, next);
    for (const candidate of skipped) open.push(candidate);
    skipped.length = 0;
  }
  return head;
}

/** Puts a unit down; one that is not in use, as the symbols that it was made of. */
function put({ pieceType }: Model, unit: Unit, pieces: PlacedPiece[]): void {
  const waiting = [unit];
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (top.parts !== undefined && pieceType[top.label] === PieceType.unused)
      waiting.push(top.parts[1], top.parts[0]);
    else pieces.push(top);
  }
}
