import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosine, CosineSketch, groupedCosine } from "../src/index.ts";
import { exactCosine, exactDot } from "./exact-cosine.ts";

const entry = fc.oneof(
  fc.constant(0),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
);
const pair = fc
  .integer({ min: 1, max: 40 })
  .chain((n) =>
    fc.tuple(
      fc.array(entry, { minLength: n, maxLength: n }),
      fc.array(entry, { minLength: n, maxLength: n }),
    ),
  );

const sketchOf = (x: readonly number[], y: readonly number[]): CosineSketch => new CosineSketch().add(x, y);

describe("CosineSketch", () => {
  test("holds the sums exactly, whatever the numbers", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const { dot, xx, yy, length } = sketchOf(x, y).toJSON();
        expect(length).toBe(x.length);
        expect([dot, xx, yy]).toEqual(
          [exactDot(x, y), exactDot(x, x), exactDot(y, y)].map((sum) => sum.toString(16)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("is equal to the bit for every split, order and tree of merges", () => {
    const cuts = fc.array(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(pair, cuts, fc.infiniteStream(fc.nat()), ([x, y], places, choices) => {
        const at = [0, ...places.map((place) => place % x.length), x.length].sort((a, b) => a - b);
        let parts = at.slice(1).map((end, i) => sketchOf(x.slice(at[i], end), y.slice(at[i], end)));
        while (parts.length > 1) {
          const [first] = parts.splice(choices.next().value! % parts.length, 1);
          const second = parts[choices.next().value! % parts.length]!;
          second.merge(first!);
        }
        expect(parts[0]!.toJSON()).toEqual(sketchOf(x, y).toJSON());
        expect(parts[0]!.finish()).toEqual(sketchOf(x, y).finish());
      }),
    );
  });

  test("finishes with the exact cosine but for two roundings, and the norms", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const { cosine: value, normX, normY } = sketchOf(x, y).finish();
        if (x.every((v) => v === 0) || y.every((v) => v === 0)) {
          expect(value).toBeUndefined();
        } else {
          expect(Math.abs(value! - exactCosine(x, y))).toBeLessThanOrEqual(2 ** -51);
          expect(Math.abs(value! - cosine(x, y))).toBeLessThan(1e-14);
        }
        const norm = (of: number[]): number => Math.hypot(...of);
        if (norm(x) < Infinity) expect(Math.abs(normX - norm(x))).toBeLessThanOrEqual(1e-14 * norm(x));
        if (norm(y) < Infinity) expect(Math.abs(normY - norm(y))).toBeLessThanOrEqual(1e-14 * norm(y));
      }),
      { numRuns: 500 },
    );
  });

  test("keeps what a plain sum loses", () => {
    // 1 and then more than a million times 2⁻⁵⁴, each of which alone is lost beside 1.
    const tiny = new Float64Array(1_200_000).fill(2 ** -27);
    const sketch = new CosineSketch().add([1], [1]).add(tiny, tiny);
    expect(BigInt(`0x${sketch.toJSON().dot}`)).toBe((1n << 2148n) + (1_200_000n << 2094n));
  });

  test("feeds on a stream of chunks", async () => {
    const chunks = Array.from({ length: 10 }, (_, c) => [
      Float32Array.from({ length: 100 }, (__, i) => Math.sin(100 * c + i)),
      Float32Array.from({ length: 100 }, (__, i) => Math.cos(100 * c + i) + 0.1),
    ]) as [Float32Array, Float32Array][];
    const stream = new ReadableStream<[Float32Array, Float32Array]>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    const sketch = new CosineSketch();
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sketch.add(...value);
    }
    const whole = [0, 1].map((side) => chunks.flatMap((chunk) => [...chunk[side]!])) as [number[], number[]];
    expect(sketch.finish()).toEqual(sketchOf(...whole).finish());
  });

  test("one a block gives what groupedCosine gives", () => {
    const x = [1, 2, 3, 4];
    const y = [2, -1, 0.5, 8];
    const parts = [sketchOf(x.slice(0, 3), y.slice(0, 3)), sketchOf([4], [8])];
    const { blocks, cosine: global } = groupedCosine(x, y, [3, 1]);
    expect(parts.map((part) => part.finish().cosine)).toEqual(
      blocks.map((block) => expect.closeTo(block.cosine!, 15)),
    );
    expect(parts[0]!.merge(parts[1]!).finish().cosine).toBeCloseTo(global, 15);
  });

  test("goes on after finish, merges with itself, and takes empty parts and 16-bit floats", () => {
    const sketch = sketchOf([1], [2]);
    expect(sketch.finish()).toEqual({ length: 1, cosine: 1, normX: 1, normY: 2 });
    sketch.add([], []).add(Uint16Array.of(0x3c00), Uint16Array.of(0xbc00), { dtype: "float16" });
    expect(sketch.finish()).toMatchObject({ length: 2, normX: Math.SQRT2 });
    const twice = sketchOf([1, 2, 0], [3, 4, 1]);
    twice.merge(twice);
    expect(twice.toJSON()).toEqual(sketchOf([1, 2, 0, 1, 2, 0], [3, 4, 1, 3, 4, 1]).toJSON());
    expect(new CosineSketch().finish()).toEqual({ length: 0, cosine: undefined, normX: 0, normY: 0 });
  });

  test("comes back from its JSON, also from numbers at the end of the range", () => {
    fc.assert(
      fc.property(pair, pair, ([x, y], [u, v]) => {
        const back = CosineSketch.fromJSON(JSON.stringify(sketchOf(x, y)));
        expect(new CosineSketch().merge(back.toJSON()).toJSON()).toEqual(back.toJSON());
        expect(back.toJSON()).toEqual(sketchOf(x, y).toJSON());
        expect(back.add(u, v).toJSON()).toEqual(sketchOf([...x, ...u], [...y, ...v]).toJSON());
      }),
    );
    const most = new CosineSketch().add([Number.MAX_VALUE], [-Number.MAX_VALUE]);
    expect(CosineSketch.fromJSON(most.toJSON()).finish()).toMatchObject({
      cosine: -1,
      normX: Number.MAX_VALUE,
    });
  });

  test("refuses bad parts and is as before", () => {
    const sketch = sketchOf([1, 2], [3, 4]);
    const before = sketch.toJSON();
    for (const [x, y, code] of [
      [[1, NaN], [1, 1], "value"],
      [[1, 1], [1, Infinity], "value"],
      [[1], [1, 2], "length"],
      [[], [1], "empty"],
      [[1], null, "argument"],
    ] as [number[], number[], string][])
      expect(() => sketch.add(x, y)).toThrow(expect.objectContaining({ code }));
    expect(() => sketch.merge({ ...before, dot: "f".repeat(1000) })).toThrow(
      expect.objectContaining({ code: "argument" }),
    );
    expect(sketch.toJSON()).toEqual(before);
  });

  test("refuses JSON that is not its own", () => {
    const good = sketchOf([1, 2], [3, 4]).toJSON();
    for (const bad of [
      "{",
      "null",
      null,
      5,
      {},
      { ...good, version: 2 },
      { ...good, length: -1 },
      { ...good, length: 0 },
      { ...good, length: 1.5 },
      { ...good, dot: "zz" },
      { ...good, dot: 5 },
      { ...good, dot: "" },
      { ...good, xx: "f".repeat(2000) },
      { ...good, xx: `-${good.xx}` },
      { ...good, xx: "1" },
    ])
      expect(() => CosineSketch.fromJSON(bad as string)).toThrow(
        expect.objectContaining({ code: "argument" }),
      );
  });
});
