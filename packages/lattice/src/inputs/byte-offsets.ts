import { LatticeError } from "../lattice-error.ts";
import type { PairEncoding } from "../segment/special-tokens.ts";
import { type TextOrPair, textsOf } from "./text-or-pair.ts";

/**
 * Offsets in bytes of UTF-8 in place of UTF-16 units, as other languages and files count. A lone surrogate takes the three
 * bytes of U+FFFD, which it is written as.
 *
 * @param text - The text that was encoded, or the pair.
 * @param encoding - What `encode`, `emit` or their like gave; for a pair it tells of each piece which text it is from.
 * @returns As many offsets, in the same order. One inside a surrogate pair is moved to the beginning of the character.
 * @throws {@link LatticeError} `argument` (at: place in `offsets`) for an offset that is not in the text, or a pair without
 * `texts`.
 * @remarks O(text + offsets).
 */
export function byteOffsets(
  text: TextOrPair,
  encoding: Pick<PairEncoding, "offsets"> & Partial<Pick<PairEncoding, "texts">>,
): Int32Array {
  const tables = textsOf(text).map(byteTable);
  const { offsets, texts } = encoding ?? {};
  if (!ArrayBuffer.isView(offsets))
    throw new LatticeError("argument", "byteOffsets takes an encoding, and this one has no offsets");
  if (tables.length > 1 && !ArrayBuffer.isView(texts))
    throw new LatticeError("argument", "an encoding of a pair must tell which text each piece is from");
  return Int32Array.from(offsets, (offset, i) => {
    // A special token is from neither.
    const from = tables.length === 1 ? 0 : Math.max(0, texts?.[i >> 1] ?? NaN);
    const byte = tables[from]?.[offset];
    if (byte === undefined)
      throw new LatticeError("argument", `offset ${offset} at place ${i} is beyond the text`, i);
    return byte;
  });
}

/** The byte offset of each UTF-16 unit and of the end. */
function byteTable(text: string): Int32Array {
  const table = new Int32Array(text.length + 1);
  let bytes = 0;
  for (let unit = 0; unit < text.length; unit++) {
    table[unit] = bytes;
    const code = text.charCodeAt(unit);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (text.codePointAt(unit)! < 0x10000) bytes += 3;
    else {
      table[++unit] = bytes;
      bytes += 4;
    }
  }
  table[text.length] = bytes;
  return table;
}
