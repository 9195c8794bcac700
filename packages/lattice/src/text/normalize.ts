import { LatticeError } from "../lattice-error.ts";
import { type Model, type Normalizer, requireModel } from "../model/model.ts";
import { part } from "../model/parts.ts";
import { buffers, encodeUtf8 } from "./buffers.ts";

const SPACE = 0x20;
/** ▁, U+2581, in UTF-8. */
const MARK_0 = 0xe2;
const MARK_1 = 0x96;
const MARK_2 = 0x81;

/**
 * The text as the model sees it: rewriting rules applied, spaces trimmed and marked, as the model asks. Of a model
 * that cuts its text, the pre-tokens end to end.
 *
 * @throws {@link LatticeError} `argument` if `text` is not a string.
 * @remarks O(text), in the lookups of the longest rule at each character.
 */
export function normalize(model: Model, text: string): string {
  requireModel(model);
  if (model.pipeline === null) return normalizeWith(model.normalizer, text);
  if (typeof text !== "string")
    throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
  const length = part("runPipeline")(model.pipeline, text).end.at(-1) ?? 0;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(buffers.bytes.subarray(0, length));
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
 */
export function normalizeToBuffers(normalizer: Normalizer, text: string): number {
  if (typeof text !== "string")
    throw new LatticeError("argument", `text must be a string, got ${typeof text}`);
  const inputLength = encodeUtf8(text);
  const state = startNormalizing(normalizer, buffers);
  feed(state, buffers.input, inputLength, true);
  finishNormalizing(state);
  return state.length;
}

/** A normalisation under way. */
export interface Normalizing {
  readonly normalizer: Normalizer;
  /** Where the output goes; its arrays are replaced by larger ones as it grows. */
  readonly output: { bytes: Uint8Array; origin: Int32Array };
  /** Normalised bytes so far. */
  length: number;
  /** UTF-16 units of text so far. */
  unit: number;
  /** Whether a space that comes now is one too many. */
  afterSpace: boolean;
  /** Whether anything but space has come. */
  started: boolean;
}

export function startNormalizing(normalizer: Normalizer, output: Normalizing["output"]): Normalizing {
  const afterSpace = normalizer.removeExtraSpaces;
  return { normalizer, output, length: 0, unit: 0, afterSpace, started: false };
}

/**
 * Normalises more text, `input[0]` … `input[stop − 1]` in UTF-8.
 *
 * @param final - Whether the text ends here. If not, what could still become part of a longer match is left.
 * @returns How many bytes of the input were taken; the rest must come again, with more behind it.
 * @remarks The order of steps, and what an origin points at, are SentencePiece's: at every place the longest
 * user-defined symbol is kept, else the longest rule applies, else the character stands; then spaces.
 */
export function feed(state: Normalizing, input: Uint8Array, stop: number, final: boolean): number {
  const { normalizer, output } = state;
  const { rules, replacements, kept, addDummyPrefix, removeExtraSpaces, escapeSpaces, spaceAsSuffix } =
    normalizer;
  const plain = plainAscii(normalizer);
  let { bytes, origin } = output;
  let { length, unit, afterSpace, started } = state;
  let at = 0;
  while (at < stop) {
    // Room for the mark before the text, and for a mark or a character.
    if (length + 8 > bytes.length) ({ bytes, origin } = grow(output, length, 8));
    const byte = input[at]!;
    const next = at + 1 < stop ? input[at + 1]! : final ? 0 : 0x80;
    if (byte < 0x80 && plain[byte] === 1 && next < 0x80 && (started || byte !== SPACE)) {
      if (!started) {
        started = true;
        if (addDummyPrefix && !spaceAsSuffix) length = putSpace(bytes, origin, length, unit, escapeSpaces);
      }
      if (byte !== SPACE) {
        origin[length] = unit;
        bytes[length++] = byte;
        afterSpace = false;
      } else if (!afterSpace) {
        length = putSpace(bytes, origin, length, unit, escapeSpaces);
        afterSpace = removeExtraSpaces;
      }
      at++;
      unit++;
      continue;
    }

    // What stands at `at`: `source[from]` … `source[to − 1]` in place of `used` bytes.
    let source = input;
    let from = at;
    let used = longestKept(kept, input, at, stop);
    if (matchMayGrow && !final) break;
    let to = at + used;
    if (used === 0) {
      used = longestRule(rules, input, at, stop);
      if (matchMayGrow && !final) break;
      if (used > 0) {
        source = replacements;
        from = ruleValue;
        for (to = from; replacements[to] !== 0;) to++;
      } else {
        used = characterLength(byte);
        if (at + used > stop && !final) break;
        to = at + used;
      }
    }
    if (!started && !(removeExtraSpaces && to - from === 1 && source[from] === SPACE)) {
      started = true;
      if (addDummyPrefix && !spaceAsSuffix) length = putSpace(bytes, origin, length, unit, escapeSpaces);
    }
    if (afterSpace) while (from < to && source[from] === SPACE) from++;
    if (from < to) {
      if (length + 3 * (to - from) + 8 > bytes.length)
        ({ bytes, origin } = grow(output, length, 3 * (to - from) + 8));
      afterSpace = source[to - 1] === SPACE;
      for (; from < to; from++) {
        if (source[from] === SPACE) length = putSpace(bytes, origin, length, unit, escapeSpaces);
        else {
          origin[length] = unit;
          bytes[length++] = source[from]!;
        }
      }
    }
    for (const end = at + used; at < end; at++) unit += utf16Units(input[at]!);
    if (!removeExtraSpaces) afterSpace = false;
  }
  Object.assign(state, { length, unit, afterSpace, started });
  return at;
}

/** Trims the spaces at the end and marks it, as the normaliser asks; `origin[length]` is then the text's end. */
export function finishNormalizing(state: Normalizing): void {
  const { normalizer, output, started } = state;
  const { addDummyPrefix, escapeSpaces, spaceAsSuffix } = normalizer;
  const length = settledLength(state);
  const end = length < state.length ? output.origin[length]! : state.unit;
  state.length = length;
  if (started && addDummyPrefix && spaceAsSuffix) {
    if (length + 8 > output.bytes.length) grow(output, length, 8);
    state.length = putSpace(output.bytes, output.origin, length, end, escapeSpaces);
  }
  if (output.origin.length <= state.length) grow(output, state.length, 8);
  output.origin[state.length] = end;
}

/** Normalised bytes that stay whatever comes next: spaces at the end go if the text ends there. */
export function settledLength({ normalizer, output, length }: Normalizing): number {
  const { removeExtraSpaces, escapeSpaces } = normalizer;
  const { bytes } = output;
  let settled = length;
  if (removeExtraSpaces)
    while (escapeSpaces ? endsWithMark(bytes, settled) : settled > 0 && bytes[settled - 1] === SPACE)
      settled -= escapeSpaces ? 3 : 1;
  return settled;
}

/** Larger arrays for `more` bytes after the first `length`. */
function grow(output: Normalizing["output"], length: number, more: number): Normalizing["output"] {
  const size = Math.max(2 * output.bytes.length, length + more);
  const bytes = new Uint8Array(size);
  bytes.set(output.bytes);
  // An origin follows the last byte.
  const origin = new Int32Array(size + 1);
  origin.set(output.origin);
  return Object.assign(output, { bytes, origin });
}

/** Writes a space, or its mark, and returns the length with it. */
function putSpace(
  bytes: Uint8Array,
  origin: Int32Array,
  length: number,
  unit: number,
  escaped: boolean,
): number {
  origin[length] = unit;
  if (!escaped) {
    bytes[length] = SPACE;
    return length + 1;
  }
  bytes[length] = MARK_0;
  bytes[length + 1] = MARK_1;
  bytes[length + 2] = MARK_2;
  origin[length + 1] = origin[length + 2] = unit;
  return length + 3;
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

/** Offset in `replacements` that the last call of {@link longestRule} found. */
let ruleValue = 0;
/** Whether the last call of {@link longestRule} or {@link longestKept} ran out of input while matching. */
let matchMayGrow = false;

/** Bytes that a rule may be long. Real ones have some twenty; a damaged file could have one that never ends. */
const LONGEST_RULE = 1024;

/**
 * Length in bytes of the longest rule that matches at `at`; 0 for none.
 *
 * @remarks A unit of a Darts double array: bit 31 marks a value, the low 31 bits; else bits 0–7 are the label, bit 8
 * says that a value hangs below, bits 10–30 are the offset to the children, times 256 if bit 9 is set.
 */
function longestRule(rules: Uint32Array, input: Uint8Array, at: number, stop: number): number {
  matchMayGrow = false;
  if (rules.length === 0) return 0;
  let longest = 0;
  let node = dartsOffset(rules[0]!);
  const last = Math.min(stop, at + LONGEST_RULE);
  for (let i = at; i < last; i++) {
    const byte = input[i]!;
    node ^= byte;
    if (node >= rules.length) return longest;
    const unit = rules[node]!;
    if ((unit & 0x800000ff) !== byte) return longest;
    node ^= dartsOffset(unit);
    if ((unit & 0x100) !== 0 && node < rules.length) {
      ruleValue = rules[node]! & 0x7fffffff;
      longest = i + 1 - at;
    }
  }
  matchMayGrow = last === stop;
  return longest;
}

/** Offset from a unit of a Darts double array to its children. */
export function dartsOffset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Length in bytes of the longest kept piece that matches at `at`; 0 for none. */
function longestKept(kept: Int32Array, input: Uint8Array, at: number, stop: number): number {
  matchMayGrow = false;
  if (kept.length === 0) return 0;
  let longest = 0;
  let base = kept[0]! >>> 9;
  for (let i = at; i < stop; i++) {
    const slot = 2 * (base ^ input[i]!);
    const unit = kept[slot]!;
    if ((unit & 0x1ff) !== input[i]! + 1) return longest;
    if (kept[slot + 1]! >= 0) longest = i + 1 - at;
    base = unit >>> 9;
  }
  matchMayGrow = true;
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
    for (let byte = 0; byte < 128; byte++) {
      const isKept = kept.length > 0 && (kept[2 * ((kept[0]! >>> 9) ^ byte)]! & 0x1ff) === byte + 1;
      table[byte] = isKept || hasRule(rules, byte) ? 0 : 1;
    }
    plainTables.set(normalizer, table);
  }
  return table;
}

/** Whether there is a rule for this byte alone, or one that begins with it and another of ASCII. */
function hasRule(rules: Uint32Array, byte: number): boolean {
  if (rules.length === 0) return false;
  const first = dartsOffset(rules[0]!) ^ byte;
  if (first >= rules.length || (rules[first]! & 0x800000ff) !== byte) return false;
  if ((rules[first]! & 0x100) !== 0) return true;
  const children = first ^ dartsOffset(rules[first]!);
  for (let second = 0; second < 128; second++) {
    const node = children ^ second;
    if (node < rules.length && (rules[node]! & 0x800000ff) === second) return true;
  }
  return false;
}
