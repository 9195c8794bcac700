/** Where at most so many of the 256 values are in use, they are numbered anew. */
const FEW = 192;

/**
 * The values that pixels of a channel have, in increasing order; all 256 unless they are few. The model then knows
 * nothing of the others, so an image of few greys costs nothing for those between.
 */
export function usedLevels(pixels: ArrayLike<number>): Uint8Array {
  const isUsed = new Uint8Array(256);
  for (let i = 0; i < pixels.length; i++) isUsed[pixels[i]!] = 1;
  const used = Uint8Array.from(isUsed.keys()).filter((value) => isUsed[value] === 1);
  return used.length <= FEW ? used : Uint8Array.from({ length: 256 }, (_, value) => value);
}

/** 256 bits, one a value. */
export function levelsToBits(levels: Uint8Array): Uint8Array {
  const bits = new Uint8Array(32);
  for (const level of levels) bits[level >> 3]! |= 1 << (level & 7);
  return bits;
}

export function levelsFromBits(bits: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => (bits[value >> 3]! >> (value & 7)) & 1,
  );
}
