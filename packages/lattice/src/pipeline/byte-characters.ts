/**
 * The characters that byte-level vocabularies write bytes as: a byte that is a printable character of Latin-1 is itself,
 * and the others are U+0100, U+0101, … in order (GPT-2).
 */
const characters: readonly string[] = ((): string[] => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(printable ? byte : next++);
  });
})();

const byteOf: ReadonlyMap<string, number> = new Map(characters.map((character, byte) => [character, byte]));

/** The bytes that a piece stands for; undefined if one of its characters stands for none. */
export function bytesOfCharacters(piece: string): number[] | undefined {
  const bytes: number[] = [];
  for (const character of piece) {
    const byte = byteOf.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return bytes;
}
