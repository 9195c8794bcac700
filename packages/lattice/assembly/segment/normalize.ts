// Normalises a text: the twin of src/text/normalize.ts, whose comments say what is done and why.
import {
  addDummyPrefix,
  bytes,
  capacity,
  characterLength,
  classes,
  escapeSpaces,
  input,
  kept,
  origin,
  removeExtraSpaces,
  replacements,
  rules,
  ruleUnits,
  spaceAsSuffix,
} from "./layout";

const SPACE: u8 = 0x20;
const LONGEST_RULE: i32 = 1024;

// Most characters stand as they are, and are copied without a look at the rules. What is known of a character is found
// out when it first comes: whether it stands whatever follows, whether that depends on what follows, or whether a rule or
// a kept piece must be looked for. Those that a rule has in second place are marked as soon as one that it begins with is
// known.
const KIND: u32 = 3;
const STANDS: u32 = 1;
const STANDS_ALONE: u32 = 2;
const SOUGHT: u32 = 3;
const SECOND: u32 = 4;

/** The class of the character at `at`. */
// @ts-ignore: decorator
@inline
function classOf(at: i32): u32 {
  const place = input + at;
  const lead: u32 = load<u8>(place);
  let code = lead;
  if (lead >= 0x80) {
    // Beyond U+FFFF, or inside a character, where a rule has ended.
    if (lead >= 0xf0 || lead < 0xc0) return SOUGHT | SECOND;
    code =
      lead < 0xe0
        ? ((lead & 0x1f) << 6) | (load<u8>(place, 1) & 0x3f)
        : ((lead & 0xf) << 12) | ((load<u8>(place, 1) & 0x3f) << 6) | (load<u8>(place, 2) & 0x3f);
  }
  const known: u32 = load<u8>(classes + code);
  return (known & KIND) != 0 ? known : classify(code);
}

/** Finds out the class of a character, and marks those that rules have behind it. */
function classify(code: u32): u32 {
  const kind = kindOf(code);
  const slot = classes + code;
  const all = load<u8>(slot) | kind;
  store<u8>(slot, all);
  return all;
}

function kindOf(code: u32): u32 {
  const size = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  const lead = code < 0x80 ? code : code < 0x800 ? 0xc0 | (code >>> 6) : 0xe0 | (code >>> 12);
  if (kept != 0) {
    const unit = load<u32>(kept + (<usize>((load<u32>(kept) >>> 9) ^ lead) << 3));
    if ((unit & 0x1ff) == lead + 1) return SOUGHT;
  }
  if (ruleUnits == 0) return STANDS;
  let node = childOf(dartsOffset(load<u32>(rules)), lead);
  for (let i = 1; i < size && node != NONE; i++) {
    if (hasValue(node)) return SOUGHT;
    node = childOf(below(node), 0x80 | ((code >>> (6 * (size - 1 - i))) & 0x3f));
  }
  if (node == NONE) return STANDS;
  if (hasValue(node)) return SOUGHT;
  return markFollowing(below(node));
}

/** Marks the characters whose first bytes are below a node of the rules. */
function markFollowing(base: u32): u32 {
  for (let lead: u32 = 0; lead < 0x100; lead++) {
    const first = childOf(base, lead);
    if (first == NONE) continue;
    if (lead < 0x80) markSecond(lead);
    else if (hasValue(first) || lead < 0xc0 || lead >= 0xf0) return SOUGHT;
    else
      for (let next: u32 = 0x80; next < 0xc0; next++) {
        const second = childOf(below(first), next);
        if (second == NONE) continue;
        if (lead < 0xe0) markSecond(((lead & 0x1f) << 6) | (next & 0x3f));
        else if (hasValue(second)) return SOUGHT;
        else
          for (let last: u32 = 0x80; last < 0xc0; last++)
            if (childOf(below(second), last) != NONE)
              markSecond(((lead & 0xf) << 12) | ((next & 0x3f) << 6) | (last & 0x3f));
      }
  }
  return STANDS_ALONE;
}

function markSecond(code: u32): void {
  store<u8>(classes + code, load<u8>(classes + code) | <u8>SECOND);
}

/** Whether a rule or a kept piece begins with a space. */
export function seeksSpaces(): bool {
  return kindOf(SPACE) != STANDS;
}

// A unit of a Darts double array: see src/text/normalize.ts.

const NONE: u32 = 0xffffffff;

// @ts-ignore: decorator
@inline
function dartsOffset(unit: u32): u32 {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** The child for a byte, given where the children are, or NONE. */
function childOf(base: u32, byte: u32): u32 {
  const node = base ^ byte;
  if (node >= ruleUnits) return NONE;
  return (load<u32>(rules + (<usize>node << 2)) & 0x800000ff) == byte ? node : NONE;
}

function below(node: u32): u32 {
  return node ^ dartsOffset(load<u32>(rules + (<usize>node << 2)));
}

function hasValue(node: u32): bool {
  return (load<u32>(rules + (<usize>node << 2)) & 0x100) != 0;
}

// What readOne found: `to - from` bytes at `from`, in place of `used` bytes of the text.
let from: usize = 0;
let to: usize = 0;
let used: i32 = 0;

function longestKept(at: i32, stop: i32): i32 {
  let longest = 0;
  let base = load<u32>(kept) >>> 9;
  for (let i = at; i < stop; i++) {
    const byte: u32 = load<u8>(input + i);
    const slot = kept + (<usize>(base ^ byte) << 3);
    const unit = load<u32>(slot);
    if ((unit & 0x1ff) != byte + 1) return longest;
    if (load<i32>(slot, 4) >= 0) longest = i + 1 - at;
    base = unit >>> 9;
  }
  mayGrow = true;
  return longest;
}

function readOne(at: i32, stop: i32): void {
  const symbol = kept == 0 ? 0 : longestKept(at, stop);
  if (symbol == 0 && ruleUnits != 0) {
    let longest = 0;
    let value: u32 = 0;
    let node = dartsOffset(load<u32>(rules));
    const last = min(stop, at + LONGEST_RULE);
    let i = at;
    for (; i < last; i++) {
      const byte: u32 = load<u8>(input + i);
      node ^= byte;
      if (node >= ruleUnits) break;
      const unit = load<u32>(rules + (<usize>node << 2));
      if ((unit & 0x800000ff) != byte) break;
      node ^= dartsOffset(unit);
      if ((unit & 0x100) != 0 && node < ruleUnits) {
        value = load<u32>(rules + (<usize>node << 2)) & 0x7fffffff;
        longest = i + 1 - at;
      }
    }
    if (i == last) mayGrow = true;
    if (longest > 0) {
      from = replacements + value;
      to = from;
      while (load<u8>(to) != 0) to++;
      used = longest;
      return;
    }
  }
  used = symbol > 0 ? symbol : characterLength(load<u8>(input + at));
  from = input + at;
  to = from + used;
}

/** UTF-16 units of `count` bytes at `at` of the text. */
function unitsIn(at: i32, count: i32): i32 {
  let units = 0;
  for (let i = at; i < at + count; i++) {
    const byte: u32 = load<u8>(input + i);
    units += (byte & 0xc0) == 0x80 ? 0 : byte < 0xf0 ? 1 : 2;
  }
  return units;
}

// @ts-ignore: decorator
@inline
function addSpace(length: i32, unit: i32): i32 {
  const place = bytes + length;
  const mark = origin + (<usize>length << 2);
  store<i32>(mark, unit);
  if (!escapeSpaces) {
    store<u8>(place, SPACE);
    return length + 1;
  }
  store<u32>(place, 0x8196e2);
  store<i32>(mark, unit, 4);
  store<i32>(mark, unit, 8);
  return length + 3;
}

// @ts-ignore: decorator
@inline
function endsWithMark(length: i32): bool {
  const last = bytes + length - 3;
  return length >= 3 && load<u8>(last) == 0xe2 && load<u8>(last, 1) == 0x96 && load<u8>(last, 2) == 0x81;
}

/** Whether every character of the text that was normalised last stands as it is, but for spaces. */
export let stands: bool = false;
/** Whether more text behind it could have made a rule or a kept piece match more of it. */
export let mayGrow: bool = false;
/** How many spaces, or marks of such, were taken from its end. */
export let trimmed: i32 = 0;

/**
 * Normalises the text from byte `start` to `stop`; returns the number of normalised bytes, or −1 if they need more room.
 * Origins count from `start`.
 */
export function normalize(start: i32, stop: i32): i32 {
  let at = start;
  let unit = 0;
  let length = 0;
  stands = true;
  mayGrow = false;
  trimmed = 0;
  if (removeExtraSpaces)
    while (at < stop) {
      readOne(at, stop);
      if (to - from != 1 || load<u8>(from) != SPACE) break;
      if (used != 1 || load<u8>(input + at) != SPACE) stands = false;
      unit += unitsIn(at, used);
      at += used;
    }
  store<i32>(origin, unit);
  if (at == stop) return 0;
  if (addDummyPrefix && !spaceAsSuffix) length = addSpace(length, unit);

  let afterSpace = removeExtraSpaces;
  let known = classOf(at);
  while (at < stop) {
    if (length + 8 > capacity) return -1;
    const lead: u32 = load<u8>(input + at);
    const size = characterLength(lead);
    const next = at + size < stop ? classOf(at + size) : 0;
    const kind = known & KIND;
    known = next;
    if (kind == STANDS || (kind == STANDS_ALONE && (next & SECOND) == 0)) {
      const mark = origin + (<usize>length << 2);
      if (lead == SPACE) {
        if (!afterSpace) length = addSpace(length, unit);
        afterSpace = removeExtraSpaces;
      } else {
        // Three bytes and their origins at once: what is too much is written over.
        store<u32>(bytes + length, load<u32>(input + at));
        store<i32>(mark, unit);
        if (size > 1) {
          store<i32>(mark, unit, 4);
          store<i32>(mark, unit, 8);
        }
        length += size;
        afterSpace = false;
      }
      at += size;
      unit++;
      continue;
    }
    stands = false;
    readOne(at, stop);
    if (afterSpace) while (from < to && load<u8>(from) == SPACE) from++;
    if (from < to) {
      if (length + 3 * <i32>(to - from) + 8 > capacity) return -1;
      afterSpace = load<u8>(to - 1) == SPACE;
      for (; from < to; from++) {
        const byte = load<u8>(from);
        if (byte == SPACE) length = addSpace(length, unit);
        else {
          store<i32>(origin + (<usize>length << 2), unit);
          store<u8>(bytes + length, byte);
          length++;
        }
      }
    }
    unit += unitsIn(at, used);
    at += used;
    if (at < stop) known = classOf(at);
    if (!removeExtraSpaces) afterSpace = false;
  }

  let end = unit;
  if (removeExtraSpaces)
    while (escapeSpaces ? endsWithMark(length) : length > 0 && load<u8>(bytes + length - 1) == SPACE) {
      length -= escapeSpaces ? 3 : 1;
      trimmed++;
      end = load<i32>(origin + (<usize>length << 2));
    }
  if (addDummyPrefix && spaceAsSuffix) length = addSpace(length, end);
  store<i32>(origin + (<usize>length << 2), end);
  return length;
}
