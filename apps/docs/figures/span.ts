import type { TextLattice } from "@lemmata/lattice";

/** The text between two nodes. One that begins or ends inside a character has no text, only bytes: "<0xE4><0xBA>". */
export function spanOf({ bytes }: Pick<TextLattice, "bytes">, from: number, to: number): string {
  const span = bytes.subarray(from, to);
  try {
    return strict.decode(span);
  } catch {
    return Array.from(span, (byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`).join("");
  }
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
