/** What {@link validLength} says of bytes that may begin a character, of which more must come. */
export const INCOMPLETE = -1;

/** Length of the UTF-8 character that these bytes begin with, 0 if they begin with none, or {@link INCOMPLETE}. */
export function validLength(bytes: readonly number[]): number {
  const [lead = 0, second] = bytes;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  if (second !== undefined) {
    // Overlong forms, surrogates, and what lies beyond U+10FFFF show in the second byte.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return 0;
  }
  for (let i = 2; i < Math.min(length, bytes.length); i++) if ((bytes[i]! & 0xc0) !== 0x80) return 0;
  return bytes.length < length ? INCOMPLETE : length;
}
