// Finding the pieces that begin at a place. The trie is walked a byte at a time from the second character on; what is
// behind the first is kept in a table, and which characters go on from it in a filter, so that the many walks that would
// end there need not begin. Both are filled in for a character when it first comes.
import { byteLevel, bytes, characterLength, filter, roots, trie, trieNodes } from "./layout";

// What the table holds of a character: a unit of the trie (the id of the piece that it is by itself, −1 for none, and the
// base of its children), but with KNOWN in place of the label. 0 is for one that has not come yet.
const KNOWN: u64 = 1;
const NO_PIECE: u64 = <u64>-1 << 32;
const FILTER_BITS: u32 = 19;
/** Codes are those of Unicode below this. */
const WIDE: u32 = 0x10000;
/** Stands for bytes that are no character. No piece has such. */
export const BROKEN: u32 = 0xffffffff;

/** Where the character ends that begins at s. */
// @ts-ignore: decorator
@inline
export function endOfCharacter(s: i32, stop: i32): i32 {
  return min(s + (byteLevel ? 1 : characterLength(load<u8>(bytes + s))), stop);
}

/** The code of the character from s to `end`; of a byte, if edges may begin at any. */
// @ts-ignore: decorator
@inline
export function codeAt(s: i32, end: i32): u32 {
  if (s == end) return BROKEN;
  const place = bytes + s;
  const lead: u32 = load<u8>(place);
  if (lead < 0x80 || byteLevel) return lead;
  const second = <u32>load<u8>(place, 1) ^ 0x80;
  if (lead < 0xe0) return lead < 0xc2 || second > 0x3f || end - s != 2 ? BROKEN : ((lead & 0x1f) << 6) | second;
  if (lead >= 0xf0) return WIDE;
  const third = <u32>load<u8>(place, 2) ^ 0x80;
  const code = ((lead & 0xf) << 12) | (second << 6) | third;
  return (second | third) > 0x3f || code < 0x800 || end - s != 3 ? BROKEN : code;
}

/**
 * The unit of the trie behind the character `code` from s to `end`: its upper half is the piece that it is by itself,
 * negative for none.
 */
// @ts-ignore: decorator
@inline
export function unitBehind(code: u32, s: i32, end: i32): u64 {
  if (code >= WIDE) return code == BROKEN ? NO_PIECE : walked(s, end);
  const unit = load<u64>(roots + (<usize>code << 3));
  return unit != 0 ? unit : survey(code, s, end);
}

/** Whether a piece may go on from one character to the next. */
// @ts-ignore: decorator
@inline
export function goesOn(code: u32, next: u32): bool {
  if (next == BROKEN) return false;
  if (code < 0x80 || code == WIDE || byteLevel) return true;
  const bit = filterBit(code, next);
  return ((load<u8>(filter + (bit >>> 3)) >>> (bit & 7)) & 1) != 0;
}

// @ts-ignore: decorator
@inline
function filterBit(code: u32, next: u32): u32 {
  return (code * 0x9e3779b1 + next * 0x85ebca77) >>> (32 - FILTER_BITS);
}

/** The unit behind a character, a byte at a time. */
function walked(s: i32, end: i32): u64 {
  let node: u32 = 0;
  for (let at = s; at < end; at++) {
    node = childOf(node, load<u8>(bytes + at));
    if (node == 0) return NO_PIECE;
  }
  return load<u64>(trie + (<usize>node << 3));
}

/** Fills in what is behind a character, and which go on from it. */
function survey(code: u32, s: i32, end: i32): u64 {
  const unit = (walked(s, end) & ~0x1ff) | KNOWN;
  store<u64>(roots + (<usize>code << 3), unit);
  if (code < 0x80 || byteLevel) return unit;
  const base = <u32>unit >>> 9;
  for (let lead: u32 = 0; lead < 0xf8; lead++) {
    const first = childFrom(base, lead);
    if (first == 0) continue;
    if (lead < 0x80) addToFilter(code, lead);
    else if (lead >= 0xf0) addToFilter(code, WIDE);
    else
      for (let second: u32 = 0; second < 0x40; second++) {
        const node = childOf(first, 0x80 | second);
        if (node == 0) continue;
        if (lead < 0xe0) addToFilter(code, ((lead & 0x1f) << 6) | second);
        else
          for (let third: u32 = 0; third < 0x40; third++)
            if (childOf(node, 0x80 | third) != 0) addToFilter(code, ((lead & 0xf) << 12) | (second << 6) | third);
      }
  }
  return unit;
}

function addToFilter(code: u32, next: u32): void {
  const bit = filterBit(code, next);
  const place = filter + (bit >>> 3);
  const known: u32 = load<u8>(place);
  store<u8>(place, <u8>(known | (<u32>1 << (bit & 7))));
}

/** The child of a node for a byte; 0 for none. */
export function childOf(node: u32, byte: u32): u32 {
  return childFrom(load<u32>(trie + (<usize>node << 3)) >>> 9, byte);
}

// @ts-ignore: decorator
@inline
function childFrom(base: u32, byte: u32): u32 {
  const child = base ^ byte;
  return child < trieNodes && (load<u32>(trie + (<usize>child << 3)) & 0x1ff) == byte + 1 ? child : 0;
}
