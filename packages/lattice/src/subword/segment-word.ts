import type { Model } from "../model/model.ts";
import { lookUp } from "../model/trie.ts";
import { buffers } from "../text/buffers.ts";
import { mergeWord } from "./merge-word.ts";
import { firstNode, stepDown, valueAt } from "./word-trie.ts";

/**
 * Segments the word `buffers.bytes[start]` … `[stop − 1]` as its vocabulary asks: by merges (BPE), or by the longest
 * piece first (WordPiece). The path goes into `buffers`, with the score 0; −∞ if there is none.
 */
export function segmentWord(model: Model, start: number, stop: number): void {
  const { subword, trie, kind } = model;
  buffers.best[stop] = 0;
  if (kind === "wordpiece") longestFirst(model, start, stop);
  else {
    const whole = subword!.wholeFirst ? lookUp(trie, buffers.bytes, start, stop) : -1;
    if (whole >= 0) putEdge(start, stop, whole);
    else mergeWord(model, start, stop);
  }
}

export function putEdge(start: number, end: number, label: number): void {
  buffers.from[end] = start;
  buffers.via[end] = label;
}

/** Takes the longest piece at each place; where there is none, or the word is too long, it is unknown as a whole. */
function longestFirst(model: Model, start: number, stop: number): void {
  const { trie } = model;
  const { bytes, best } = buffers;
  let s = isTooLong(model, start, stop) ? -1 : start;
  while (s >= 0 && s < stop) {
    let node = firstNode(model, s === start);
    let end = -1;
    let label = -1;
    for (let at = s; at < stop && node >= 0;) {
      node = stepDown(trie, node, bytes[at++]!);
      if (node < 0 || valueAt(model, node) < 0) continue;
      label = valueAt(model, node);
      end = at;
    }
    if (end >= 0) putEdge(s, end, label);
    s = end;
  }
  if (s >= 0) return;
  putEdge(start, stop, model.unkId);
  if (model.unkId < 0) best[stop] = -Infinity;
}

/** Whether the bytes `start` … `stop − 1`, an unknown character, have pieces that spell it: all of them, or none counts. */
export function isSpelled({ byteId }: Model, start: number, stop: number): boolean {
  for (let i = start; i < stop; i++) if ((byteId[buffers.bytes[i]!] ?? -1) < 0) return false;
  return true;
}

/** Whether a word has more characters than the model takes. */
export function isTooLong({ subword }: Model, start: number, stop: number): boolean {
  const { longestWord } = subword!;
  if (longestWord === 0 || stop - start <= longestWord) return false;
  let characters = 0;
  for (let i = start; i < stop; i++) if ((buffers.bytes[i]! & 0xc0) !== 0x80) characters++;
  return characters > longestWord;
}
