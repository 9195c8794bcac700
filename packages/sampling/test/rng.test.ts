import { describe, expect, test } from "vitest";
import { createRng, rngFromState, SamplingError } from "../src/index.ts";

describe("createRng", () => {
  test("gives these numbers for these seeds, on every platform", () => {
    const first = (seed: number): number[] => {
      const rng = createRng(seed);
      return [rng(), rng(), rng()];
    };
    expect(first(0)).toMatchInlineSnapshot(`
      [
        0.8882372670659419,
        0.9613681369873961,
        0.394333715660907,
      ]
    `);
    expect(first(1)).toMatchInlineSnapshot(`
      [
        0.18137768341494664,
        0.043902442909534045,
        0.7023305578138227,
      ]
    `);
    expect(first(-Number.MAX_SAFE_INTEGER)).toMatchInlineSnapshot(`
      [
        0.4964619298181142,
        0.7618573464395773,
        0.2715519478078171,
      ]
    `);
  });

  test("is uniform on [0, 1): a χ² of 100 cells over 200,000 numbers, false alarm 1e-6", () => {
    const rng = createRng(42);
    const cells = new Float64Array(100);
    for (let i = 0; i < 200_000; i++) {
      const u = rng();
      expect(u >= 0 && u < 1).toBe(true);
      cells[Math.floor(u * 100)]! += 1;
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // The 1e-6 and 1 − 1e-6 quantiles of χ² with 99 degrees of freedom are 46.8 and 177.9.
    expect(chiSquare).toBeGreaterThan(46.8);
    expect(chiSquare).toBeLessThan(177.9);
  });

  test("first numbers of neighbouring seeds are as good as independent", () => {
    const firsts = Array.from({ length: 20_000 }, (_, seed) => createRng(seed)());
    const mean = firsts.reduce((sum, u) => sum + u, 0) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * firsts.length));
    let product = 0;
    for (let i = 1; i < firsts.length; i++) product += (firsts[i]! - 0.5) * (firsts[i - 1]! - 0.5);
    // Serial correlation: standard deviation (1/12)/√n.
    expect(Math.abs(product / firsts.length)).toBeLessThan(5 / 12 / Math.sqrt(firsts.length));
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test("uses the high bits and the sign of a seed", () => {
    const seeds = [5, -5, 5 + 2 ** 32, 5 + 2 ** 52, 5 - 2 ** 40];
    expect(new Set(seeds.map((seed) => createRng(seed)())).size).toBe(seeds.length);
  });

  test("refuses a seed that is not an exact integer", () => {
    for (const seed of [0.5, NaN, Infinity, 2 ** 53, "1" as unknown as number])
      expect(() => createRng(seed)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

/** A state as 128 bits: s0, then s1. */
function bitsOf(state: readonly number[]): bigint {
  return state.reduce((bits, word) => (bits << 32n) | BigInt(word >>> 0), 0n);
}

/** The state that follows on a state, linear over bits. */
function stepped(state: bigint): bigint {
  const mask = (1n << 64n) - 1n;
  const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask;
  const s0 = state >> 64n;
  const s1 = (state & mask) ^ s0;
  return ((rotl(s0, 24n) ^ s1 ^ ((s1 << 16n) & mask)) << 64n) | rotl(s1, 37n);
}

/** xoroshiro128+ as Blackman and Vigna publish it (a = 24, b = 16, c = 37), on 64-bit integers. */
function* reference(state: readonly number[]): Generator<bigint, never> {
  const mask = (1n << 64n) - 1n;
  const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask;
  const word = (high: number, low: number): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  let s0 = word(state[0]!, state[1]!);
  let s1 = word(state[2]!, state[3]!);
  for (;;) {
    yield (s0 + s1) & mask;
    s1 ^= s0;
    s0 = rotl(s0, 24n) ^ s1 ^ ((s1 << 16n) & mask);
    s1 = rotl(s1, 37n);
  }
}

test("the numbers are those of the published algorithm: 26 and 27 low bits of two outputs", () => {
  const rng = createRng(123);
  const outputs = reference(rng.state());
  for (let i = 0; i < 1000; i++) {
    const high = Number(outputs.next().value & 0x3ffffffn);
    const low = Number(outputs.next().value & 0x7ffffffn);
    expect(rng()).toBe(high / 2 ** 26 + low / 2 ** 53);
  }
});

describe("a generator", () => {
  test("goes on from its state, and a clone gives the same numbers", () => {
    const rng = createRng(3);
    rng();
    const restored = rngFromState(JSON.parse(JSON.stringify(rng.state())) as number[]);
    const clone = rng.clone();
    const next = [rng(), rng()];
    expect([restored(), restored()]).toEqual(next);
    expect([clone(), clone()]).toEqual(next);
  });

  test("jumped, is another stream, and leaves the first where it was", () => {
    const rng = createRng(3);
    const untouched = rng.clone();
    const other = rng.jumped();
    expect(rng()).toBe(untouched());
    const ours = new Set(Array.from({ length: 1000 }, rng));
    expect(Array.from({ length: 1000 }, other).some((u) => ours.has(u))).toBe(false);
    expect(createRng(3).jumped().state()).toEqual(createRng(3).jumped().state());
  });

  test("jumped, is 2^64 steps further on: the step as a matrix over bits, squared 64 times", () => {
    // Column i: the state, as 128 bits, that follows on bit i alone.
    let columns = Array.from({ length: 128 }, (_, bit) => stepped(1n << BigInt(bit)));
    const times = (matrix: readonly bigint[], state: bigint): bigint => {
      let out = 0n;
      for (let bit = 0, left = state; left > 0n; bit++, left >>= 1n)
        if ((left & 1n) === 1n) out ^= matrix[bit]!;
      return out;
    };
    for (let power = 0; power < 64; power++) columns = columns.map((column) => times(columns, column));
    for (const seed of [0, 3, -7]) {
      const rng = createRng(seed);
      expect(bitsOf(rng.jumped().state())).toBe(times(columns, bitsOf(rng.state())));
    }
  });

  test.each([[[1, 2, 3]], [[0, 0, 0, 0]], [[1, 2, 3, 0.5]], [[1, 2, 3, 2 ** 32]]])(
    "refuses the state %j",
    (state) => {
      expect(() => rngFromState(state)).toThrow(SamplingError);
    },
  );
});
