import { LatticeError } from "../lattice-error.ts";
import type { Model, Normalizer } from "../model/model.ts";
import { buffers, encodeUtf8, growNormalized } from "./buffers.ts";

const SPACE = 0x20;
/** ▁, U+2581, in UTF-8. */
const MARK_0 = 0xe2;
const MARK_1 = 0x96;
const MARK_2 = 0x81;

/**
 * The text as the model sees it: rewriting rules applied, spaces trimmed and marked, as the model asks.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string.
 * @remarks O(text), in the lookups of the longest rule at each character.
 */
export function normalize(model: Model, text: string): string {
  return normalizeWith(model.normalizer, text);
}

/** {@link normalize} with the normaliser alone. */
export function normalizeWith(normalizer: Normalizer, text: string): string {
  const length = normalizeToBuffers(normalizer, text);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(buffers.bytes.subarray(0, length));
}

/**
 * Normalises a text into `buffers.bytes`, with the UTF-16 offset of each byte's source in `buffers.origin`.
 *
 * @returns The number of bytes n; `buffers.origin[n]` is where the last byte's source ends.
 * @remarks The order of steps, and what an offset points at, are SentencePiece's: at every place the longest
 * user-defined symbol is kept, else the longest rule applies, else the character stands; then spaces.
 */
export function normalizeToBuffers(normalizer: Normalizer, text: string): number {
  if (typeof text !== "string")
    throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
  const { rules, replacements, kept, addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAsSuffix } =
    normalizer;
  const plain = plainAscii(normalizer);
  const inputLength = encodeUtf8(text);
  const input = buffers.input;
  let { bytes, origin } = buffers;
  let at = 0;
  let unit = 0;
  let length = 0;

  const makeRoom = (more: number): void => {
    // An origin follows the last byte, so one entry more is needed than there are bytes.
    if (length + more < bytes.length) return;
    growNormalized(length + more + 1);
    ({ bytes, origin } = buffers);
  };
  const addSpace = (): void => {
    makeRoom(3);
    if (escapeSpaces) {
      origin[length] = origin[length + 1] = origin[length + 2] = unit;
      bytes[length] = MARK_0;
      bytes[length + 1] = MARK_1;
      bytes[length + 2] = MARK_2;
      length += 3;
    } else {
      origin[length] = unit;
      bytes[length++] = SPACE;
    }
  };

  // What stands at `at`: `source[from]` … `source[to - 1]` in place of `used` bytes.
  let source = input;
  let from = 0;
  let to = 0;
  let used = 0;
  const readOne = (): void => {
    const symbol = kept.length === 0 ? 0 : longestKept(kept, input, at, inputLength);
    const rule = symbol > 0 ? NO_RULE : longestRule(rules, input, at, inputLength);
    if (rule !== NO_RULE) {
      source = replacements;
      from = ruleValue;
      for (to = from; replacements[to] !== 0;) to++;
      used = rule;
    } else {
      source = input;
      from = at;
      used = symbol > 0 ? symbol : characterLength(input[at]!);
      to = at + used;
    }
  };
  const skipRead = (): void => {
    for (const stop = at + used; at < stop; at++) unit += utf16Units(input[at]!);
  };

  if (removeExtraSpaces)
    while (at < inputLength) {
      readOne();
      if (to - from !== 1 || source[from] !== SPACE) break;
      skipRead();
    }
  if (at === inputLength) {
    origin[0] = unit;
    return 0;
  }
  if (addDummyPrefix && !spaceAsSuffix) addSpace();

  let afterSpace = removeExtraSpaces;
  while (at < inputLength) {
    const byte = input[at]!;
    if (byte < 0x80 && plain[byte] === 1 && (at + 1 === inputLength || input[at + 1]! < 0x80)) {
      if (byte !== SPACE) {
        if (length + 1 >= bytes.length) makeRoom(1);
        origin[length] = unit;
        bytes[length++] = byte;
        afterSpace = false;
      } else if (!afterSpace) {
        addSpace();
        afterSpace = removeExtraSpaces;
      }
      at++;
      unit++;
      continue;
    }
    readOne();
    if (afterSpace) while (from < to && source[from] === SPACE) from++;
    if (from < to) {
      makeRoom(3 * (to - from));
      afterSpace = source[to - 1] === SPACE;
      for (; from < to; from++) {
        if (source[from] === SPACE) addSpace();
        else {
          origin[length] = unit;
          bytes[length++] = source[from]!;
        }
      }
    }
    skipRead();
    if (!removeExtraSpaces) afterSpace = false;
  }

  let end = unit;
  if (removeExtraSpaces)
    while (escapeSpaces ? endsWithMark(bytes, length) : length > 0 && bytes[length - 1] === SPACE) {
      length -= escapeSpaces ? 3 : 1;
      end = origin[length]!;
    }
  if (addDummyPrefix && spaceAsSuffix) {
    unit = end;
    addSpace();
  }
  origin[length] = end;
  return length;
}

function endsWithMark(bytes: Uint8Array, length: number): boolean {
  return (
    length >= 3 &&
    bytes[length - 3] === MARK_0 &&
    bytes[length - 2] === MARK_1 &&
    bytes[length - 1] === MARK_2
  );
}

/** Length in bytes of the UTF-8 character that begins with this byte. */
export function characterLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** UTF-16 units that begin with this byte of UTF-8: none inside a character, two for one beyond U+FFFF. */
function utf16Units(byte: number): number {
  return (byte & 0xc0) === 0x80 ? 0 : byte < 0xf0 ? 1 : 2;
}

const NO_RULE = 0;
/** Offset in `replacements` that the last call of {@link longestRule} found. */
let ruleValue = 0;

/**
 * Length in bytes of the longest rule that matches at `at`, or {@link NO_RULE}.
 *
 * @remarks A unit of a Darts double array: bit 31 marks a value, the low 31 bits; else bits 0–7 are the label, bit 8
 * says that a value hangs below, bits 10–30 are the offset to the children, times 256 if bit 9 is set.
 */
function longestRule(rules: Uint32Array, input: Uint8Array, at: number, stop: number): number {
  if (rules.length === 0) return NO_RULE;
  let longest = NO_RULE;
  let node = dartsOffset(rules[0]!);
  for (let i = at; i < stop; i++) {
    const byte = input[i]!;
    node ^= byte;
    if (node >= rules.length) break;
    const unit = rules[node]!;
    if ((unit & 0x800000ff) !== byte) break;
    node ^= dartsOffset(unit);
    if ((unit & 0x100) !== 0 && node < rules.length) {
      ruleValue = rules[node]! & 0x7fffffff;
      longest = i + 1 - at;
    }
  }
  return longest;
}

function dartsOffset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Length in bytes of the longest kept piece that matches at `at`; 0 for none. */
function longestKept(kept: Int32Array, input: Uint8Array, at: number, stop: number): number {
  let longest = 0;
  let base = kept[0]! >>> 9;
  for (let i = at; i < stop; i++) {
    const slot = 2 * (base ^ input[i]!);
    const unit = kept[slot]!;
    if ((unit & 0x1ff) !== input[i]! + 1) break;
    if (kept[slot + 1]! >= 0) longest = i + 1 - at;
    base = unit >>> 9;
  }
  return longest;
}

const plainTables = new WeakMap<Normalizer, Uint8Array>();

/**
 * For each ASCII byte, 1 if it stands as it is whenever another ASCII byte (or the end) follows: no rule for it, alone
 * or followed by ASCII, and no kept piece that begins with it. Letters have rules with combining marks after them, so
 * only the next byte can tell.
 */
export function plainAscii(normalizer: Normalizer): Uint8Array {
  let table = plainTables.get(normalizer);
  if (table === undefined) {
    const { rules, kept } = normalizer;
    table = new Uint8Array(128);
    const pair = new Uint8Array(2);
    for (let first = 0; first < 128; first++) {
      pair[0] = first;
      let plain = kept.length === 0 || (kept[2 * ((kept[0]! >>> 9) ^ first)]! & 0x1ff) !== first + 1;
      // A longer rule that begins with two ASCII bytes would be missed: none may go beyond the first.
      plain &&= longestRule(rules, pair, 0, 1) === NO_RULE;
      for (let second = 0; plain && second < 128; second++) {
        pair[1] = second;
        plain = !reachesPair(rules, first, second);
      }
      table[first] = plain ? 1 : 0;
    }
    plainTables.set(normalizer, table);
  }
  return table;
}

/** Whether some rule begins with these two bytes. */
function reachesPair(rules: Uint32Array, first: number, second: number): boolean {
  if (rules.length === 0) return false;
  let node = dartsOffset(rules[0]!);
  for (const byte of [first, second]) {
    node ^= byte;
    if (node >= rules.length || (rules[node]! & 0x800000ff) !== byte) return false;
    node ^= dartsOffset(rules[node]!);
  }
  return true;
}
