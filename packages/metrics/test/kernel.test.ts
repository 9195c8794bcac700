import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as plain from "../src/index.ts";
import * as kernel from "../src/kernel.ts";
import { products } from "../src/products.ts";
import { wasmBase64 as simd } from "../src/products.gen.ts";
import type { Kernel } from "../src/kernel/kernel-module.ts";
import { exactCosine } from "./exact-cosine.ts";

const entry = fc.oneof(fc.constant(0), fc.float({ noNaN: true, noDefaultInfinity: true }));
const pair = fc
  .integer({ min: 100, max: 300 })
  .chain((n) =>
    fc.tuple(
      fc.array(entry, { minLength: n, maxLength: n }),
      fc.array(entry, { minLength: n, maxLength: n }),
    ),
  )
  .map(([x, y]) => [Float32Array.from(x), Float32Array.from(y)] as const)
  .filter((vectors) => vectors.every((vector) => vector.some((v) => v !== 0)));
const resident = (x: Float32Array, y: Float32Array): [Float32Array, Float32Array] => {
  const [a, b] = kernel.residentVectors(x.length, y.length);
  a.set(x);
  b.set(y);
  return [a, b];
};

describe("the kernel's cosine", () => {
  test("is the plain one but for rounding, copied or in place", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const expected = plain.cosine(x, y);
        expect(Math.abs(kernel.cosine(x, y) - expected)).toBeLessThan(1e-14);
        expect(Math.abs(kernel.cosine(...resident(x, y)) - expected)).toBeLessThan(1e-14);
        expect(kernel.cosine(x, x)).toBe(1);
      }),
    );
  });

  test("is right to 1e-13 over several chunks, also with entries that are nearly alike", () => {
    const x = Float32Array.from({ length: 200_003 }, (_, i) => 1 + Math.sin(i) * 0.01);
    const y = Float32Array.from({ length: 200_003 }, (_, i) => 1 + Math.cos(i * 1.7) * 0.01);
    const exact = exactCosine(x, y);
    expect(Math.abs(kernel.cosine(x, y) - exact)).toBeLessThan(1e-13);
    expect(Math.abs(kernel.cosine(...resident(x, y)) - exact)).toBeLessThan(1e-13);
  });

  test("takes subarrays, of the kernel's memory or not, and of lengths that are no multiple of its lanes", () => {
    const x = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
    const [a, b] = resident(x, x.toReversed());
    for (const [from, to] of [
      [0, 131],
      [1, 130],
      [3, 400],
      [17, 300],
    ] as const) {
      const expected = plain.cosine(x.subarray(from, to), x.toReversed().subarray(from, to));
      expect(kernel.cosine(x.subarray(from, to), x.toReversed().subarray(from, to))).toBeCloseTo(
        expected,
        14,
      );
      expect(kernel.cosine(a.subarray(from, to), b.subarray(from, to))).toBeCloseTo(expected, 14);
      // One in the memory, one not.
      expect(kernel.cosine(a.subarray(from, to), x.toReversed().subarray(from, to))).toBeCloseTo(
        expected,
        14,
      );
    }
  });

  test("takes arrays of all other kinds", () => {
    const x = Array.from({ length: 200 }, (_, i) => Math.sin(i));
    const y = Float64Array.from({ length: 200 }, (_, i) => Math.cos(i) + 0.3);
    expect(kernel.cosine(x, y)).toBe(plain.cosine(x, y));
    const half = Uint16Array.from({ length: 200 }, (_, i) => 0x3c00 + i);
    expect(kernel.cosine(half, half.toReversed(), { dtype: "bfloat16" })).toBeCloseTo(
      plain.cosine(half, half.toReversed(), { dtype: "bfloat16" }),
      14,
    );
    expect(kernel.cosine([1, 1], [1, 0])).toBe(plain.cosine([1, 1], [1, 0]));
  });

  test("with the rows of a matrix is that with each", () => {
    const width = 333;
    const rows = Float32Array.from({ length: 7 * width }, (_, i) => Math.sin(i * i));
    const query = Float32Array.from({ length: width }, (_, i) => Math.cos(i));
    for (const [q, r] of [[query, rows], resident(query, rows)] as const) {
      const got = kernel.cosineToRows(q, r);
      plain.cosineToRows(query, rows).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 14));
    }
    rows.fill(0, width, 2 * width);
    expect(() => kernel.cosineToRows(query, rows)).toThrow(expect.objectContaining({ code: "zero", at: 1 }));
  });

  test("taken apart by blocks is the plain one's report, small and large blocks, nested ones and 16-bit floats", () => {
    const sizes = [100_003, 40, 3000];
    const length = sizes.reduce((sum, size) => sum + size);
    const x = Float32Array.from({ length }, (_, i) => Math.sin(i));
    const y = Float32Array.from({ length }, (_, i) => Math.cos(i * 1.3) + 0.2);
    const groups = [sizes[0]!, { name: "inner", groups: sizes.slice(1) }];
    const expected = plain.groupedCosine(x, y, groups);
    for (const [a, b] of [[x, y], resident(x, y)] as const) {
      const got = kernel.groupedCosine(a, b, groups);
      expect(got.cosine).toBeCloseTo(expected.cosine, 14);
      expect(got.blocks.map(({ name, start, end }) => [name, start, end])).toEqual([
        ["0", 0, 100_003],
        ["inner", 100_003, length],
      ]);
      got.blocks.forEach((block, i) => expect(block.cosine).toBeCloseTo(expected.blocks[i]!.cosine!, 13));
      got.blocks[1]!.within!.blocks.forEach((block, i) =>
        expect(block.cosine).toBeCloseTo(expected.blocks[1]!.within!.blocks[i]!.cosine!, 13),
      );
      got.bounds.forEach((bound, i) => expect(bound.value).toBeCloseTo(expected.bounds[i]!.value, 13));
    }
    const half = Uint16Array.from({ length: 300 }, (_, i) => 0x3c00 + i);
    expect(kernel.groupedCosine(half, half, [200, 100], { dtype: "float16" }).cosine).toBeCloseTo(1, 14);
    expect(() => kernel.groupedCosine(x, y, [1, 2])).toThrow(expect.objectContaining({ code: "groups" }));
    expect(() =>
      kernel.groupedCosine(
        x,
        x.map(() => 0),
        [length],
      ),
    ).toThrow(expect.objectContaining({ code: "zero" }));
  });

  test("refuses bad input as the plain one does", () => {
    const good = new Float32Array(200).fill(1);
    const bad = good.slice();
    bad[150] = NaN;
    for (const [x, y, code, at] of [
      [good, bad, "value", 150],
      [bad, good, "value", 150],
      [good, new Float32Array(200), "zero", undefined],
      [good, good.subarray(1), "length", undefined],
      [good.subarray(0, 0), good.subarray(0, 0), "empty", undefined],
      [null, good, "argument", undefined],
    ] as [Float32Array, Float32Array, string, number | undefined][]) {
      expect(() => kernel.cosine(x, y)).toThrow(expect.objectContaining({ code, at }));
      if (x !== null && x.length === y.length)
        expect(() => kernel.cosine(...resident(x, y))).toThrow(expect.objectContaining({ code }));
    }
  });
});

describe("residentVectors", () => {
  test("are as long as asked for, zero, apart from each other, and aligned", () => {
    const [a, b, c] = kernel.residentVectors(5, 0, 100_000);
    expect([a.length, b.length, c.length]).toEqual([5, 0, 100_000]);
    expect(a.buffer).toBe(c.buffer);
    expect([a.byteOffset % 16, c.byteOffset % 16]).toEqual([0, 0]);
    a.fill(1);
    expect(c.every((value) => value === 0)).toBe(true);
    const [other] = kernel.residentVectors(5);
    expect(other.buffer).not.toBe(a.buffer);
    expect(kernel.residentVectors()).toEqual([]);
  });

  test("refuses lengths that are none or too large", () => {
    for (const lengths of [[-1], [1.5], [NaN], [2 ** 31], [2 ** 52], ["5"]] as number[][])
      expect(() => kernel.residentVectors(...lengths)).toThrow(expect.objectContaining({ code: "argument" }));
  });
});

test("the module without relaxed SIMD has the loop's sums but for rounding", () => {
  const x = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  const y = Float32Array.from({ length: 1000 }, (_, i) => Math.cos(i) + 0.1);
  const bytes = Uint8Array.from(atob(simd), (char) => char.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Kernel;
  const { __heap_base: heapBase } = instance;
  const start = Math.ceil(heapBase.value / 16) * 16;
  instance.memory.grow(1);
  new Float32Array(instance.memory.buffer, start, 1000).set(x);
  new Float32Array(instance.memory.buffer, start + 4000, 1000).set(y);
  instance.add(start, start + 4000, 1000);
  const [dot, xx, yy] = products(x, y, 0, 1000);
  expect(instance.sumXY()).toBeCloseTo(dot, 11);
  expect(instance.sumXX()).toBeCloseTo(xx, 11);
  expect(instance.sumYY()).toBeCloseTo(yy, 11);
});
