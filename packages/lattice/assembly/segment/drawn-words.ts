// Drawing word by word, with a memory of words. Where words have the segmentations that they have alone (words.ts), the way
// over one does not depend on what is before or behind it: so of each is remembered with what probability a draw at the
// present alpha takes each edge. The same numbers draw the same ids as over the whole text (draws.ts), but for rounding.
import { EDGE, END, LABEL, ROW, backwardMasses, drawnEdge } from "./draws";
import { nodeAt } from "./best-path";
import { capacity, drawnWords, ends, input, labels, unkId } from "./layout";
import { endOfCharacter } from "./scan";
import { FIRST, LONGEST, MOST_WORDS, SPACE, behindText, endOfWord, enter, find, hashOf } from "./word-memory";
import { normalizeWord } from "./words";

// Of a remembered word (word-memory.ts) is kept: the address of the row of its first node (u32), 0 for one that must be
// drawn with its text; before the text how many pieces it has at most (u16); and its rows, as in draws.ts, but with
// probabilities in place of masses, and for the end of an edge the address of the row there (u32), 0 at the end of the word.
const MOST: usize = 10;
/** Bytes of the memory. When it is full, all is forgotten. */
const ROOM: usize = 4 << 20;
/** More than a word takes but for its rows, of which no more is kept than that. */
const WORD_ROOM: usize = 64;
const LARGEST_ROWS: usize = 1 << 16;

let wordCount: i32 = 0;
/** Where the next word will stand, counted from the beginning of the memory. */
let top: usize = FIRST;

/** What is returned for a text that must be drawn as a whole, and where the memory is full. */
const CANNOT: i32 = -1;
const FULL: i32 = -2;

/** Forgets all words: at another alpha their edges have other probabilities. */
export function forgetDraws(): void {
  memory.fill(drawnWords, 0, FIRST);
  wordCount = 0;
  top = FIRST;
}

/**
 * Draws the words of the `length` bytes of the text, behind which there is room for one more, and writes their ids. Returns
 * how many, or CANNOT; then no number has been taken.
 */
export function drawWords(length: i32): i32 {
  let count = findWords(length);
  if (count == FULL) {
    forgetDraws();
    count = findWords(length);
  }
  if (count < 0) return CANNOT;
  let place = labels;
  for (let i = 0; i < count; i++)
    for (let row = load<u32>(rowsFrom(i)); row != 0;) {
      const edge = drawnEdge(row, 1);
      store<i32>(place, load<i32>(edge, LABEL));
      place += 4;
      row = load<u32>(edge, END);
    }
  return <i32>((place - labels) >>> 2);
}

/** Where the address of the first row of word i is kept: from the end of the labels on backwards. */
// @ts-ignore: decorator
@inline
function rowsFrom(i: i32): usize {
  return labels + (<usize>(capacity - 1 - i) << 2);
}

/** Finds all words of a text, or remembers them. Returns how many, CANNOT or FULL. */
function findWords(length: i32): i32 {
  let count = 0;
  let most = 0;
  let at = 0;
  while (true) {
    while (at < length && load<u8>(input + at) == SPACE) at++;
    if (at == length) return count;
    const stop = endOfWord(at, length);
    const size = stop - at;
    if (size > LONGEST) return CANNOT;
    const hash = hashOf(at, size);
    let word = find(drawnWords, hash, at, size);
    if (word == 0) {
      const normalized = normalizeWord(at, stop);
      if (normalized < 0) return CANNOT;
      word = remember(hash, at, size, normalized);
      if (word == 0) return FULL;
    }
    most += 1 + load<u16>(word, MOST);
    if (load<u32>(word) == 0 || most > capacity) return CANNOT;
    store<u32>(rowsFrom(count++), load<u32>(word));
    at = stop;
  }
}

/** Remembers a word of `length` normalised bytes and returns it, or 0 if the memory is full. */
function remember(hash: u64, at: i32, size: i32, length: i32): usize {
  // Rules may leave nothing of a word, and so no row.
  const mass: f64 = length == 0 ? 0 : backwardMasses(length);
  const first = load<usize>(nodeAt(0), ROW);
  let last = first;
  if (mass > 0) while (load<f64>(last) < Infinity) last += EDGE;
  // Rows stand from the last node to the first.
  const rows = mass > 0 ? last + EDGE - ends : 0;
  const keeps = rows > 0 && rows <= LARGEST_ROWS;
  if (wordCount == MOST_WORDS || top + WORD_ROOM + (keeps ? rows : 0) > ROOM) return 0;
  const word = enter(drawnWords, hash, top, at, size);
  wordCount++;
  const to = behindText(word);
  const most = keeps ? copyRows(length, to - ends) : 0;
  store<u32>(word, most > 0 ? <u32>(first + (to - ends)) : 0);
  store<u16>(word, <u16>most, MOST);
  top = to + (most > 0 ? rows : 0) - drawnWords;
  return word;
}

/**
 * Copies all rows that lead to the end, `shift` bytes on, with probabilities. Returns how many nodes have one, or 0 if one has
 * an edge that is unknown.
 */
function copyRows(length: i32, shift: usize): i32 {
  let most = 0;
  for (let s = 0; s < length; s = endOfCharacter(s, length)) {
    const node = nodeAt(s);
    const mass = load<f64>(node);
    if (mass == 0) continue;
    most++;
    for (let edge = load<usize>(node, ROW), upTo: f64 = 0; upTo < Infinity; edge += EDGE) {
      const label = load<i32>(edge, LABEL);
      if (label == unkId) return 0;
      upTo = load<f64>(edge);
      const end = load<i32>(edge, END);
      store<f64>(edge + shift, upTo / mass);
      store<i32>(edge + shift, label, LABEL);
      store<u32>(edge + shift, end == length ? 0 : <u32>(load<usize>(nodeAt(end), ROW) + shift), END);
    }
  }
  return most;
}
