import type { Model } from "../model/model.ts";
import { bytesOfCharacters } from "../pipeline/byte-characters.ts";

type Columns = Pick<Model, "pieceBytes" | "pieceStart">;

/**
 * The pieces of a byte-level model as what they match, which their names spell: those of BytePiece as `nameOfBytes` says,
 * the others in characters that stand for a byte each, of which any other is left out.
 *
 * @param model - Its pieces are UTF-8.
 */
export function spelledPieces({
  pieceBytes,
  pieceStart,
  subword,
}: Columns & Pick<Model, "subword">): Columns {
  const bytes = new Uint8Array(pieceBytes.length);
  const start = new Int32Array(pieceStart.length);
  const spell = subword === null ? spellNames : spellCharacters();
  for (let id = 0; id + 1 < start.length; id++)
    start[id + 1] = spell(pieceBytes, pieceStart[id]!, pieceStart[id + 1]!, bytes, start[id]!);
  return { pieceBytes: bytes, pieceStart: start };
}

/** Writes what `name[from]` … `name[to − 1]` spells to `out` from `top` on; returns where it ends. */
type Spell = (name: Uint8Array, from: number, to: number, out: Uint8Array, top: number) => number;

/** A character as it is, `<0xAB>` for a byte. */
const spellNames: Spell = (name, from, to, out, top) => {
  let end = top;
  for (let at = from; at < to;) {
    const isByte =
      at + 6 <= to &&
      name[at] === 0x3c &&
      name[at + 1] === 0x30 &&
      name[at + 2] === 0x78 &&
      name[at + 5] === 0x3e;
    const byte = isByte ? 16 * digitOf(name[at + 3]!) + digitOf(name[at + 4]!) : NaN;
    out[end++] = Number.isNaN(byte) ? name[at]! : byte;
    at += Number.isNaN(byte) ? 1 : 6;
  }
  return end;
};

/** The value of a hexadecimal digit, 0 … 9 or A … F; NaN for no such. */
function digitOf(code: number): number {
  return code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x41 && code <= 0x46 ? code - 0x37 : NaN;
}

function spellCharacters(): Spell {
  const byteOfCode = Array.from(
    { length: 0x200 },
    (_, code) => bytesOfCharacters(String.fromCharCode(code))?.[0] ?? -1,
  );
  return (name, from, to, out, top) => {
    let end = top;
    for (let at = from; at < to; at++) {
      const lead = name[at]!;
      // They take one or two bytes each.
      const code = lead < 0x80 ? lead : lead < 0xe0 ? ((lead & 0x1f) << 6) | (name[++at]! & 0x3f) : -1;
      const byte = byteOfCode[code] ?? -1;
      if (byte >= 0) out[end++] = byte;
    }
    return end;
  };
}
