import type { RandomSource } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/**
 * A generator addressed by keys: the numbers of `keyedRng(seed, epoch, line)` depend on nothing but the seed and the
 * keys, so any shard, worker or resumed run draws the same for the same line, and no two lines share numbers.
 *
 * @param seed - A safe integer.
 * @param keys - Any number of safe integers.
 * @throws {@link SamplingError} `argument`.
 * @remarks Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, *Parallel random numbers: as easy as 1, 2, 3*): a
 * bijection of 128-bit counters under a 64-bit key. The counter holds the position in the stream (64 bits) and the
 * keys, chained through the same bijection into 64 bits, so that distinct keys collide with probability 2^−64 a pair.
 */
export function keyedRng(seed: number, ...keys: readonly number[]): RandomSource {
  const key = halves(seed, "seed");
  // Chained like a block cipher's message: each key and its place go through the bijection with what came before.
  let stream: Pair = [0, 0];
  keys.forEach((part, place) => {
    const [low, high] = halves(part, `key ${place}`);
    const mixed = philox4x32([stream[0] ^ low, stream[1] ^ high, place + 1, ~0], key);
    stream = [mixed[0], mixed[1]];
  });
  let block: Block = [0, 0, 0, 0];
  let at = 4;
  let low = 0;
  let high = 0;
  return () => {
    if (at === 4) {
      block = philox4x32([low, high, stream[0], stream[1]], key);
      at = 0;
      low = (low + 1) | 0;
      if (low === 0) high = (high + 1) | 0;
    }
    // 53 bits of two words, as a multiple of 2^−53.
    const u = (block[at]! >>> 5) * 2 ** -27 + (block[at + 1]! >>> 6) * 2 ** -53;
    at += 2;
    return u;
  };
}

type Pair = readonly [number, number];
type Block = readonly [number, number, number, number];

/**
 * Philox4x32 in ten rounds: a pseudo-random bijection of a 128-bit counter under a 64-bit key, all as 32-bit words.
 */
export function philox4x32(counter: Block, key: Pair): Block {
  // Integers of 32 bits throughout, signed as they may be: engines compute with them as they are.
  let a = counter[0] | 0;
  let b = counter[1] | 0;
  let c = counter[2] | 0;
  let d = counter[3] | 0;
  let k = key[0] | 0;
  let l = key[1] | 0;
  for (let round = 0; round < 10; round++) {
    const highA = multiplyHigh(a, 0xd251, 0x1f53);
    const highC = multiplyHigh(c, 0xcd9e, 0x8d57);
    const lowA = Math.imul(a, 0xd2511f53);
    const lowC = Math.imul(c, 0xcd9e8d57);
    a = highC ^ b ^ k;
    b = lowC;
    c = highA ^ d ^ l;
    d = lowA;
    k = (k + 0x9e3779b9) | 0;
    l = (l + 0xbb67ae85) | 0;
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** The upper 32 bits of the product of two unsigned 32-bit integers, the second by its halves. */
function multiplyHigh(a: number, bHigh: number, bLow: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  // No product of 16-bit halves overflows, nor does one with 16 bits added to it.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** The 64-bit two's complement of a safe integer, low word first. */
function halves(value: number, name: string): Pair {
  if (!Number.isSafeInteger(value))
    throw new SamplingError("argument", `${name} must be a safe integer, got ${value}`);
  return [value | 0, Math.floor(value / 2 ** 32) | 0];
}
