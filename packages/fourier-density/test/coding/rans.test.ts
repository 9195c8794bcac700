import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_PRECISION, RansDecoder, ransEncode } from "../../src/coding.ts";
import { codeOf, uniforms } from "./laws.ts";

function starts(frequency: ArrayLike<number>): number[] {
  let sum = 0;
  return Array.from(frequency, (f) => (sum += f) - f);
}

function decodeAll(
  bytes: Uint8Array,
  count: number,
  frequency: readonly number[],
  precision: number,
): number[] {
  const start = starts(frequency);
  const decoder = new RansDecoder(bytes, precision);
  const symbols = Array.from({ length: count }, () => {
    const { slot } = decoder;
    const symbol = start.findLastIndex((s, i) => s <= slot && frequency[i]! > 0);
    decoder.take(start[symbol]!, frequency[symbol]!);
    return symbol;
  });
  decoder.finish();
  return symbols;
}

/** A table of whole numbers that sum to 2^precision, and symbols that it has. */
const coded = fc
  .tuple(
    fc.integer({ min: 1, max: MAX_PRECISION }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
  )
  .chain(([precision, cuts]) => {
    const total = 2 ** precision;
    const edges = [0, ...cuts.map((c) => Math.floor(c * total)).sort((a, b) => a - b), total];
    const frequency = edges.slice(1).map((edge, i) => edge - edges[i]!);
    const possible = frequency.flatMap((f, s) => (f > 0 ? [s] : []));
    return fc.record({
      precision: fc.constant(precision),
      frequency: fc.constant(frequency),
      symbols: fc.array(fc.constantFrom(...possible), { maxLength: 300 }),
    });
  });

describe("ransEncode and RansDecoder", () => {
  test("give back every sequence of symbols, for every table of every precision", () => {
    fc.assert(
      fc.property(coded, ({ precision, frequency, symbols }) => {
        const bytes = ransEncode(symbols, starts(frequency), frequency, precision);
        expect(decodeAll(bytes, symbols.length, frequency, precision)).toEqual(symbols);
      }),
    );
  });

  test("take the ideal length, the shares' logarithms, within 0.01 % and 8 bytes", () => {
    const uniform = uniforms(7);
    for (const [precision, allowed] of [
      [8, 1e-5],
      [12, 1e-5],
      [16, 2e-5],
      [20, 2e-4],
    ] as const) {
      const total = 2 ** precision;
      const frequency = [0.5, 0.3, 0.11, 0.05, 0.02].map((p) => Math.floor(p * total));
      frequency.push(total - frequency.reduce((a, b) => a + b, 0));
      const start = starts(frequency);
      const symbols = Uint32Array.from({ length: 300_000 }, () => {
        const slot = Math.floor(uniform() * total);
        return start.findLastIndex((s) => s <= slot);
      });
      const ideal = symbols.reduce((bits, s) => bits - Math.log2(frequency[s]! / total), 0) / 8;
      const { length } = ransEncode(symbols, start, frequency, precision);
      expect(length - 8).toBeLessThan(ideal * (1 + allowed) + 1);
      expect(length).toBeGreaterThan(ideal * (1 - allowed));
    }
  });

  test("refuse bytes that no coder begins with", () => {
    for (const state of [0, 0x7f_ffff, 0x8000_0000, 0xffff_ffff])
      for (const states of [
        [state, 0x80_0000],
        [0x80_0000, state],
      ]) {
        const bytes = new Uint8Array(Uint32Array.from(states).buffer);
        expect(codeOf(() => new RansDecoder(bytes, 4))).toBe("format");
      }
    expect(codeOf(() => new RansDecoder(new Uint8Array(7), 4))).toBe("format");
  });

  test("refuse shares that are none, and precisions that are none", () => {
    const refused = (start: number[], frequency: number[], precision = 4): string =>
      codeOf(() => ransEncode([0], start, frequency, precision));
    for (const [start, frequency] of [
      [0, 0],
      [0, -1],
      [0, 17],
      [9, 8],
      [-1, 2],
      [0, NaN],
      [NaN, 1],
    ] as const)
      expect(refused([start], [frequency])).toBe("argument");
    expect(refused([], [])).toBe("argument");
    expect(refused([0], [16])).toBe("nothing");
    for (const precision of [0, -1, 1.5, MAX_PRECISION + 1, NaN]) {
      expect(refused([0], [1], precision)).toBe("argument");
      expect(codeOf(() => new RansDecoder(ransEncode([], [], [], 1), precision))).toBe("argument");
    }
  });

  test("code each symbol by a law of its own", () => {
    const uniform = uniforms(3);
    const laws = Array.from({ length: 2000 }, (_, i) => {
      const cut = 1 + Math.floor(uniform() * 65_534);
      return i % 3 === 0 ? { start: 0, frequency: cut } : { start: cut, frequency: 65_536 - cut };
    });
    const bytes = ransEncode(
      Uint32Array.from(laws.keys()),
      laws.map(({ start }) => start),
      laws.map(({ frequency }) => frequency),
      16,
    );
    const decoder = new RansDecoder(bytes, 16);
    for (const { start, frequency } of laws) {
      expect(decoder.slot).toBeGreaterThanOrEqual(start);
      expect(decoder.slot).toBeLessThan(start + frequency);
      decoder.take(start, frequency);
    }
    decoder.finish();
  });

  test("a symbol that is certain takes no bits, and no symbols take 8 bytes", () => {
    expect(ransEncode(new Uint8Array(100_000), [0], [4096], 12)).toHaveLength(8);
    expect(ransEncode([], [0], [4096], 12)).toHaveLength(8);
  });

  test("bytes that are too few, no state, or more than were written are refused with the code format", () => {
    const bytes = ransEncode([0, 1, 0, 1, 1], [0, 3], [3, 1], 2);
    const read = (data: Uint8Array) => codeOf(() => decodeAll(data, 5, [3, 1], 2));
    expect(read(bytes)).toBe("nothing");
    expect(read(bytes.subarray(0, 7))).toBe("format");
    expect(read(Uint8Array.of(...bytes, 0))).toBe("format");
    expect(read(bytes.subarray(0, -1))).toBe("format");
    expect(read(new Uint8Array(8))).toBe("format");
    expect(read(new Uint8Array(8).fill(255))).toBe("format");
  });
});
