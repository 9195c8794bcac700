/** How many bytes a text takes as UTF-8. O(n). */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.codePointAt(i)!;
    if (character > 0xffff) i++;
    bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** How many code points a text has. O(n). */
export function characterCount(text: string): number {
  let characters = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.codePointAt(i)! > 0xffff) i++;
    characters++;
  }
  return characters;
}
