import type { Model } from "../model/model.ts";
import type { EdgeColumns, Word } from "../model/parts.ts";
import { lookUp } from "../model/trie.ts";
import { buffers } from "../text/buffers.ts";
import { characterLength } from "../text/normalize.ts";
import { isSpelled, isTooLong } from "./segment-word.ts";
import { firstNode, pieceAtEnd, stepDown, valueAt } from "./word-trie.ts";

/**
 * Finds the edges of a word that begin at its byte s: all pieces of the vocabulary, of which there may be more ways
 * than merges or the longest match first would take. An unknown character has the edges of its bytes, or one; a word of
 * a WordPiece vocabulary that has no segmentation has one edge.
 */
export function wordEdges(model: Model, word: Word, s: number, edges: EdgeColumns, from: number): number {
  return model.kind === "wordpiece"
    ? wordPieceEdges(model, word, s, edges, from)
    : pieceEdges(model, word, s, edges, from);
}

function pieceEdges(model: Model, word: Word, s: number, edges: EdgeColumns, from: number): number {
  const { byteId, byteLevel, unkId } = model;
  const { bytes } = buffers;
  const { end, label } = edges;
  if (!byteLevel && (bytes[s]! & 0xc0) === 0x80) {
    let lead = s - 1;
    while ((bytes[lead]! & 0xc0) === 0x80) lead--;
    if (!isSpelled(model, lead, symbolEnd(model, lead, word.stop)) || isPiece(model, word, lead)) return from;
    end[from] = s + 1;
    label[from] = byteId[bytes[s]!]!;
    return from + 1;
  }
  const count = found(model, word, s, edges, from);
  if (isPiece(model, word, s)) return count;
  const spelled = isSpelled(model, s, symbolEnd(model, s, word.stop));
  if (!spelled && unkId < 0) return count;
  // Of an unknown character nothing but its bytes ends inside: its edge is the shortest.
  end.copyWithin(from + 1, from, count);
  label.copyWithin(from + 1, from, count);
  end[from] = spelled ? s + 1 : symbolEnd(model, s, word.stop);
  label[from] = spelled ? byteId[bytes[s]!]! : unkId;
  return count + 1;
}

function wordPieceEdges(model: Model, word: Word, s: number, edges: EdgeColumns, from: number): number {
  if (isTooLong(model, word.start, word.stop) || !isCovered(model, word)) {
    if (s !== word.start || model.unkId < 0) return from;
    edges.end[from] = word.stop;
    edges.label[from] = model.unkId;
    return from + 1;
  }
  return (buffers.bytes[s]! & 0xc0) === 0x80 ? from : found(model, word, s, edges, from);
}

/** The pieces that the trie finds at byte s. */
function found(
  model: Model,
  { start, stop }: Word,
  s: number,
  { end, label }: EdgeColumns,
  from: number,
): number {
  const { bytes } = buffers;
  const { ending } = model.subword!;
  let count = from;
  let node = firstNode(model, s === start);
  for (let at = s; at < stop && node >= 0;) {
    node = stepDown(model.trie, node, bytes[at++]!);
    if (node < 0) break;
    const id = at === stop && ending.length > 0 ? pieceAtEnd(model, node) : valueAt(model, node);
    if (id < 0) continue;
    end[count] = at;
    label[count++] = id;
  }
  return count;
}

/** Whether the character at byte s is a piece by itself. */
function isPiece(model: Model, { start, stop }: Word, s: number): boolean {
  const { trie, subword } = model;
  const at = symbolEnd(model, s, stop);
  if (subword!.continuing.length === 0 && subword!.ending.length === 0)
    return lookUp(trie, buffers.bytes, s, at) >= 0;
  let node = firstNode(model, s === start);
  for (let i = s; i < at && node >= 0; i++) node = stepDown(model.trie, node, buffers.bytes[i]!);
  return node >= 0 && (at === stop ? pieceAtEnd(model, node) : valueAt(model, node)) >= 0;
}

/** Whether a word has a segmentation; the last answer is kept, since each of its rows asks. */
function isCovered(model: Model, word: Word): boolean {
  if (covered.word !== word || covered.model !== model) {
    const row = {
      end: new Int32Array(model.longestPiece + 1),
      label: new Int32Array(model.longestPiece + 1),
    };
    const reached = new Uint8Array(word.stop - word.start + 1);
    reached[0] = 1;
    for (let s = word.start; s < word.stop; s++) {
      if (reached[s - word.start] === 0) continue;
      const count = found(model, word, s, row, 0);
      for (let e = 0; e < count; e++) reached[row.end[e]! - word.start] = 1;
    }
    Object.assign(covered, { model, word, answer: reached.at(-1) === 1 });
  }
  return covered.answer;
}

const covered: { model: Model | undefined; word: Word | undefined; answer: boolean } = {
  model: undefined,
  word: undefined,
  answer: false,
};

/** Where the character at byte s ends, which is a byte for byte-level models. */
function symbolEnd({ byteLevel }: Model, s: number, stop: number): number {
  return byteLevel ? s + 1 : Math.min(s + characterLength(buffers.bytes[s]!), stop);
}
