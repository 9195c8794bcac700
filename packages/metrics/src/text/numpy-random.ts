/**
 * The integers that NumPy's `default_rng(seed).integers(0, limit)` draws, so that resampling here takes the segments that
 * it takes in sacrebleu: PCG64 (O'Neill, 2014: a 128-bit linear congruential generator, xor-folded and rotated), seeded by
 * `SeedSequence`, brought below the limit by Lemire's multiplication (2019).
 *
 * @param seed a whole number from 0 to 2⁵³ − 1.
 * @returns draws one integer in [0, limit), limit from 1 to 2³² − 1.
 */
export function numpyIntegers(seed: number): (limit: number) => number {
  const next32 = pcg64(seedSequence(seed));
  return (limit) => {
    if (limit === 1) return 0;
    for (;;) {
      const [high, low] = wideProduct(next32(), limit);
      if (low >= limit || low >= (2 ** 32 - limit) % limit) return high;
    }
  };
}

/** High and low half of the product of two 32-bit numbers. */
function wideProduct(a: number, b: number): [high: number, low: number] {
  const low = Math.imul(a, b) >>> 0;
  const lowest = (a & 0xffff) * (b & 0xffff);
  const middle = (a >>> 16) * (b & 0xffff) + Math.floor(lowest / 0x10000);
  const other = (a & 0xffff) * (b >>> 16) + (middle % 0x10000);
  return [(a >>> 16) * (b >>> 16) + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000), low];
}

const folded = (value: number): number => value ^ (value >>> 16);

/** Eight 32-bit words for a seed: what NumPy mixes it to, lest near seeds give like streams. */
function seedSequence(seed: number): Uint32Array {
  const pool = new Uint32Array([seed >>> 0, Math.floor(seed / 2 ** 32), 0, 0]);
  let constant = 0x43b0d7e5;
  const hashed = (value: number): number => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    return folded(Math.imul(mixed, constant));
  };
  for (let i = 0; i < 4; i++) pool[i] = hashed(pool[i]!);
  for (let source = 0; source < 4; source++)
    for (let target = 0; target < 4; target++) {
      if (source === target) continue;
      const mixed = Math.imul(pool[target]!, 0xca01f9dd) - Math.imul(hashed(pool[source]!), 0x4973f715);
      pool[target] = folded(mixed);
    }
  constant = 0x8b51f9dd;
  return Uint32Array.from({ length: 8 }, (_, i) => {
    const mixed = pool[i % 4]! ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    return folded(Math.imul(mixed, constant));
  });
}

/** 0x2360ED05 1FC65DA4 4385DF64 9FCCF645 in limbs of 16 bits, the lowest first. */
const MULTIPLIER = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360];

/** The lower, then the upper half of each 64-bit number of PCG64 (XSL-RR), as NumPy deals out 32-bit numbers. */
function pcg64(words: Uint32Array): () => number {
  /** 128-bit numbers in limbs of 16 bits; the words come as 64-bit numbers, upper one first, each with its lower half first. */
  const limbs = (from: number): number[] =>
    [2, 3, 0, 1].flatMap((i) => [words[from + i]! & 0xffff, words[from + i]! >>> 16]);
  let carry = 1;
  const increment = limbs(4).map((limb) => {
    const doubled = 2 * limb + carry;
    carry = doubled >>> 16;
    return doubled & 0xffff;
  });
  const state = new Float64Array(8);
  const result = new Float64Array(8);
  const step = (): void => {
    let over = 0;
    for (let i = 0; i < 8; i++) {
      let sum = increment[i]! + over;
      for (let j = 0; j <= i; j++) sum += state[j]! * MULTIPLIER[i - j]!;
      over = Math.floor(sum / 0x10000);
      result[i] = sum - over * 0x10000;
    }
    state.set(result);
  };
  step();
  let over = 0;
  limbs(0).forEach((limb, i) => {
    const sum = state[i]! + limb + over;
    over = Math.floor(sum / 0x10000);
    state[i] = sum - over * 0x10000;
  });
  step();

  let upper = -1;
  return () => {
    if (upper >= 0) {
      const dealt = upper;
      upper = -1;
      return dealt;
    }
    step();
    const word = (i: number): number => (state[i]! | (state[i + 1]! << 16)) >>> 0;
    let low = word(0) ^ word(4);
    let high = word(2) ^ word(6);
    const turn = word(6) >>> 26;
    if (turn >= 32) [low, high] = [high, low];
    const bits = turn & 31;
    if (bits > 0)
      [low, high] = [(low >>> bits) | (high << (32 - bits)), (high >>> bits) | (low << (32 - bits))];
    upper = high >>> 0;
    return low >>> 0;
  };
}
