// Words of texts, and what is remembered of them. A memory begins with a table of 8 bytes a place, for twice as many words as
// there may be: half a hash, and where the word begins, counted from the memory's beginning (0 for none). Behind it words
// stand one behind another. Each has 8 bytes of the user's, its length in bytes (u16), 6 bytes of the user's, its text, filled
// up with zeros to a multiple of 8, and what else the user keeps of it.
import { input } from "./layout";

const PLACES: u32 = 1 << 15;
/** How many words there may be in a memory. */
export const MOST_WORDS: i32 = PLACES >>> 1;
/** Where the first word stands. */
export const FIRST: usize = PLACES << 3;
/** Bytes of the longest word that is remembered. */
export const LONGEST: i32 = 32;
const SIZE: usize = 8;
export const TEXT: usize = 16;

export const SPACE: u8 = 0x20;

/** Where a word that begins at `at` ends. */
export function endOfWord(at: i32, length: i32): i32 {
  const spaces = i8x16.splat(SPACE);
  let stop = at;
  for (; stop + 16 <= length; stop += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(input + stop), spaces));
    if (found != 0) return stop + ctz(found);
  }
  while (stop < length && load<u8>(input + stop) != SPACE) stop++;
  return stop;
}

/** A hash of the `size` bytes of the text from `at` on. 8 bytes after another are mixed in. What is behind the word in memory is masked out. */
export function hashOf(at: i32, size: i32): u64 {
  let hash: u64 = size;
  for (let i = 0; i < size; i += 8) {
    hash = (hash ^ eight(at, i, size)) * 0x9e3779b97f4a7c15;
    hash ^= hash >>> 29;
  }
  return hash;
}

// @ts-ignore: decorator
@inline
function eight(at: i32, i: i32, size: i32): u64 {
  const text = load<u64>(input + at + i);
  return size - i >= 8 ? text : text & ((<u64>1 << ((size - i) << 3)) - 1);
}

/** The place in a memory's table for a hash, counted on from `step`. */
// @ts-ignore: decorator
@inline
function placeOf(memoryAt: usize, hash: u64, step: u32): usize {
  return memoryAt + (<usize>((<u32>hash + step) & (PLACES - 1)) << 3);
}

/** A remembered word, or 0. */
export function find(memoryAt: usize, hash: u64, at: i32, size: i32): usize {
  let step: u32 = 0;
  while (true) {
    const place = load<u64>(placeOf(memoryAt, hash, step++));
    if (place == 0) return 0;
    if (<u32>(place >>> 32) != <u32>(hash >>> 32)) continue;
    const word = memoryAt + <usize>(<u32>place);
    if (load<u16>(word, SIZE) == size && sameText(word, at, size)) return word;
  }
}

// @ts-ignore: decorator
@inline
function sameText(word: usize, at: i32, size: i32): bool {
  for (let i = 0; i < size; i += 8) if (load<u64>(word + TEXT + i) != eight(at, i, size)) return false;
  return true;
}

/** Enters a word into the table of a memory, to stand at `top` of it, with its text. */
export function enter(memoryAt: usize, hash: u64, top: usize, at: i32, size: i32): usize {
  let step: u32 = 0;
  while (load<u64>(placeOf(memoryAt, hash, step)) != 0) step++;
  store<u64>(placeOf(memoryAt, hash, step), ((hash >>> 32) << 32) | <u64>top);
  const word = memoryAt + top;
  store<u16>(word, <u16>size, SIZE);
  for (let i = 0; i < size; i += 8) store<u64>(word + TEXT + i, eight(at, i, size));
  return word;
}

/** Where the text of a remembered word ends, and what else is kept of it begins. */
// @ts-ignore: decorator
@inline
export function behindText(word: usize): usize {
  return word + TEXT + ((load<u16>(word, SIZE) + 7) & ~7);
}
