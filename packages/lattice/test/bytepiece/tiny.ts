/** A piece of bytes and its frequency. */
export type Entry = readonly [bytes: readonly number[], frequency: number];

/** A piece's name in a BytePiece file. */
export const base64 = (...bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes));

/** A BytePiece file of the 256 bytes, once each, and these pieces. A byte among them has its frequency from here. */
export function bytePieceFile(...more: readonly Entry[]): Record<string, [number, string, number]> {
  const frequencies = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) frequencies.set(base64(byte), 1);
  for (const [bytes, frequency] of more) frequencies.set(base64(...bytes), frequency);
  return Object.fromEntries([...frequencies].map(([name, frequency], i) => [name, [i + 3, "", frequency]]));
}

/** The bytes of each piece of a file, by id. */
export function bytesById(file: Readonly<Record<string, readonly [number, string, number]>>): number[][] {
  const list: number[][] = [];
  for (const [name, [id]] of Object.entries(file))
    list[id] = Array.from(atob(name), (character) => character.charCodeAt(0));
  return list;
}
