import type { Model } from "../model/model.ts";
import { bytesOfCharacters } from "../pipeline/byte-characters.ts";

/**
 * The pieces of a byte-level model as what they match: the bytes that the characters of their names stand for. What
 * stands for no byte is left out.
 *
 * @param model - Its pieces are UTF-8.
 */
export function spelledPieces({
  pieceBytes,
  pieceStart,
}: Pick<Model, "pieceBytes" | "pieceStart">): Pick<Model, "pieceBytes" | "pieceStart"> {
  const bytes = new Uint8Array(pieceBytes.length);
  const start = new Int32Array(pieceStart.length);
  const byteOfCode = Array.from(
    { length: 0x200 },
    (_, code) => bytesOfCharacters(String.fromCharCode(code))?.[0] ?? -1,
  );
  let top = 0;
  for (let id = 0; id + 1 < start.length; id++) {
    for (let at = pieceStart[id]!; at < pieceStart[id + 1]!; at++) {
      const lead = pieceBytes[at]!;
      // They take one or two bytes each.
      const code = lead < 0x80 ? lead : lead < 0xe0 ? ((lead & 0x1f) << 6) | (pieceBytes[++at]! & 0x3f) : -1;
      const byte = byteOfCode[code] ?? -1;
      if (byte >= 0) bytes[top++] = byte;
    }
    start[id + 1] = top;
  }
  return { pieceBytes: bytes, pieceStart: start };
}
