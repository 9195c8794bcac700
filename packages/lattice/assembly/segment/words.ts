// Text to ids word by word, with a memory of words. Where ▁ stands only at the beginning of pieces, and is a piece itself,
// no piece goes beyond a word, and no run of unknown characters does: each word has the segmentation that it has alone, if no
// rule or kept piece begins with a space.
// But that scores are rounded to float32 as they add up, so that behind a high sum two ways of nearly the same score may
// trade places. So a word is remembered with the sum up to which none of its decisions can change, and behind a higher one
// it is searched anew.
import { FROM, VIA, bestPath, nodeAt, scoreOf, writeIds } from "./best-path";
import {
  addDummyPrefix,
  byteLevel,
  bytes,
  capacity,
  characterLength,
  ends,
  escapeSpaces,
  input,
  labels,
  origin,
  removeExtraSpaces,
  spaceAsSuffix,
  trie,
  trieNodes,
  unkId,
  words,
} from "./layout";
import { mayGrow, normalize, seeksSpaces, stands, trimmed } from "./normalize";
import { childOf, codeAt, endOfCharacter, unitBehind } from "./scan";
import {
  FIRST,
  LONGEST,
  MOST_WORDS,
  SPACE,
  TEXT,
  behindText,
  endOfWord,
  enter,
  find,
  hashOf,
} from "./word-memory";

// Of a remembered word (word-memory.ts) is kept: the sum up to which its pieces hold (f64), before its length in bytes; then
// how many pieces it has, and its UTF-16 units (u16 each); and for each piece its score (f64), its id (i32) and its end in
// UTF-16 units (i32). When the memory is full, all is forgotten.
/** Bytes of the memory. */
const ROOM: usize = 2 << 20;
const MOST_PIECES: i32 = 12;
const COUNT: usize = 10;
const UNITS: usize = 12;
const PIECE: i32 = 16;
/** More than a word takes. */
const WORD_ROOM: usize = TEXT + LONGEST + MOST_PIECES * PIECE;
/** Units of a word that rules or kept pieces change: offsets into it are not remembered. */
const CHANGED: u32 = 0xffff;

let wordCount: i32 = 0;
/** Where the next word will stand, counted from the table. */
let top: usize = FIRST;

/** Whether words can be segmented one by one. */
let byWords: bool = false;

/** Sum of the scores of the path so far. */
let total: f64 = 0;

/** Score of the segmentation that was found last. */
export function score(): f64 {
  return total;
}

/** Finds out whether words can be segmented one by one, and says so. */
export function surveyPieces(): bool {
  const mark = markBelow(0);
  byWords =
    escapeSpaces &&
    addDummyPrefix &&
    removeExtraSpaces &&
    !spaceAsSuffix &&
    !byteLevel &&
    !seeksSpaces() &&
    mark != 0 &&
    idAt(mark) >= 0;
  for (let node: u32 = 1; node < trieNodes && byWords; node++) if (markBelow(node) != 0) byWords = false;
  return byWords;
}

/** The node of ▁ behind a node; 0 for none. */
function markBelow(node: u32): u32 {
  const first = childOf(node, 0xe2);
  const second = first == 0 ? 0 : childOf(first, 0x96);
  return second == 0 ? 0 : childOf(second, 0x81);
}

// @ts-ignore: decorator
@inline
function idAt(node: u32): i32 {
  return load<i32>(trie + (<usize>node << 3), 4);
}

/** What `segmentWords` and `normalizeWord` return for what they cannot do, and where there is not enough room. */
const CANNOT: i32 = -1;
const NO_ROOM: i32 = -2;

/**
 * Segments the `length` bytes of the text, behind which there is room for one more, and writes its ids; with offsets, if
 * all words are remembered or can be. Returns how many, CANNOT or NO_ROOM.
 */
export function segmentWords(length: i32, exact: bool, withOffsets: bool, expand: bool): i32 {
  total = 0;
  let count = 0;
  let unit = 0;
  // Where the mark of the word comes from: the first space before it.
  let mark = 0;
  let at = 0;
  while (true) {
    while (at < length && load<u8>(input + at) == SPACE) {
      at++;
      unit++;
    }
    if (at == length) return count;
    if (count == 0) mark = unit;
    const stop = endOfWord(at, length);
    const size = stop - at;
    if (size <= LONGEST) {
      const hash = hashOf(at, size);
      let word = find(words, hash, at, size);
      if (word == 0) {
        const length = normalizeWord(at, stop);
        if (length < 0) return length;
        word = remember(hash, at, size, length);
      }
      // float64 has 29 bits more than float32.
      if (Math.abs(total) < load<f64>(word) * (exact ? <f64>(1 << 29) : 1)) {
        if (count + MOST_PIECES > capacity) return NO_ROOM;
        if (withOffsets) {
          if (load<u16>(word, UNITS) == CHANGED) return CANNOT;
          writeOffsets(word, count, mark, unit);
          unit += load<u16>(word, UNITS);
          mark = unit;
        }
        count = recall(word, count, exact);
        at = stop;
        continue;
      }
    }
    if (withOffsets) return CANNOT;
    const normalized = normalizeWord(at, stop);
    if (normalized < 0) return normalized;
    if (count + normalized > capacity) return NO_ROOM;
    total = bestPath(0, normalized, total, exact);
    if (total != total) return CANNOT;
    count = writeIds(0, normalized, count, expand);
    at = stop;
  }
}

/**
 * Normalises a word by itself. A space goes behind it, for rules that look for one: there is one, or the text ends. A ▁ of
 * its own at its end, which would be trimmed with that, goes only at the end of a text.
 */
export function normalizeWord(at: i32, stop: i32): i32 {
  store<u8>(input + stop, SPACE);
  const length = normalize(at, stop + 1);
  return length < 0 ? NO_ROOM : mayGrow || trimmed > 1 || isCutOff(length) ? CANNOT : length;
}

/** Whether the last of so many bytes begin a character that would go on into the ▁ behind them: a rule can put such there. */
function isCutOff(length: i32): bool {
  for (let back = 1; back < 4 && back <= length; back++)
    if (characterLength(load<u8>(bytes + length - back)) > back) return true;
  return false;
}

// @ts-ignore: decorator
@inline
function piecesOf(word: usize): usize {
  return behindText(word);
}

/** Writes the ids of a remembered word behind `count` others. */
// @ts-ignore: decorator
@inline
function recall(word: usize, count: i32, exact: bool): i32 {
  let piece = piecesOf(word);
  let sum = total;
  const stop = count + load<u16>(word, COUNT);
  for (let i = count; i < stop; i++, piece += PIECE) {
    sum += load<f64>(piece);
    if (!exact) sum = <f64>(<f32>sum);
    store<i32>(labels + (<usize>i << 2), load<i32>(piece, 8));
  }
  total = sum;
  return stop;
}

/** Writes where the pieces of a remembered word come from: its mark is that of a space, and it begins at `unit`. */
function writeOffsets(word: usize, count: i32, mark: i32, unit: i32): void {
  let piece = piecesOf(word);
  let from = mark;
  const stop = count + load<u16>(word, COUNT);
  for (let i = count; i < stop; i++, piece += PIECE) {
    const end = unit + load<i32>(piece, 12);
    store<i32>(ends + (<usize>i << 3), from);
    store<i32>(ends + (<usize>i << 3), end, 4);
    from = end;
  }
}

/**
 * Remembers a word of `length` normalised bytes and returns it; one with unknown characters or many pieces as one that must
 * be searched.
 */
function remember(hash: u64, at: i32, size: i32, length: i32): usize {
  bestPath(0, length, 0, true);
  let count = 0;
  for (let end = length; end > 0 && count <= MOST_PIECES; count++) {
    const node = nodeAt(end);
    const label = load<i32>(node, VIA);
    if (label == unkId) count = MOST_PIECES;
    // Negative from now on, for the nodes of the best path.
    store<i32>(node, ~label, VIA);
    end = load<i32>(node, FROM);
  }
  if (wordCount == MOST_WORDS || top + WORD_ROOM > ROOM) {
    memory.fill(words, 0, FIRST);
    wordCount = 0;
    top = FIRST;
  }
  wordCount++;
  const word = enter(words, hash, top, at, size);
  store<u16>(word, <u16>count, COUNT);
  store<u16>(word, <u16>(stands ? load<i32>(origin + (<usize>length << 2)) : CHANGED), UNITS);
  const pieces = piecesOf(word);
  if (count > MOST_PIECES) {
    store<f64>(word, -Infinity);
    top = pieces - words;
    return word;
  }
  store<f64>(word, boundOf(length));
  top = pieces + count * PIECE - words;
  for (let end = length; end > 0; ) {
    const node = nodeAt(end);
    const label = ~load<i32>(node, VIA);
    const piece = pieces + --count * PIECE;
    store<f64>(piece, scoreOf(label));
    store<i32>(piece, label, 8);
    store<i32>(piece, load<i32>(origin + (<usize>end << 2)), 12);
    end = load<i32>(node, FROM);
  }
  return word;
}

/**
 * The sum up to which the decisions on the best path over a word hold.
 *
 * A score that is reached by n steps of rounding is off by at most n halves of a unit in the last place of the largest,
 * 2^−24 of it each. Two that differ by more than both can be off stay in their order.
 */
function boundOf(length: i32): f64 {
  let margin: f64 = Infinity;
  let peak = Math.abs(load<f64>(nodeAt(length)));
  let steps = 1;
  for (let s = 0, end = 0; s < length; s = end, steps++) {
    end = endOfCharacter(s, length);
    const here = load<f64>(nodeAt(s));
    if (here != here) continue;
    peak = max(peak, Math.abs(here));
    let unit = unitBehind(codeAt(s, end), s, end);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    for (let at = end; ; at++) {
      if (id >= 0) margin = min(margin, leadOver(s, at, here + scoreOf(id)));
      if (at == length) break;
      const byte: u32 = load<u8>(bytes + at);
      unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
      if (((<u32>unit) & 0x1ff) != byte + 1) break;
      id = <i32>(unit >>> 32);
    }
  }
  return (margin / (2 * <f64>steps)) * <f64>(1 << 24) - peak;
}

/** By how much the best path leads over another edge into one of its nodes, from s; ∞ for other nodes and its own edge. */
function leadOver(s: i32, end: i32, candidate: f64): f64 {
  const node = nodeAt(end);
  return load<i32>(node, VIA) >= 0 || load<i32>(node, FROM) == s ? Infinity : load<f64>(node) - candidate;
}
