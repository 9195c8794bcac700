import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { angle, cosine, cosineToRows, type HalfType, MetricsError } from "../src/index.ts";
import { exactCosine } from "./exact-cosine.ts";
import golden from "./golden/vectors.json" with { type: "json" };

const ULP = 2 ** -52;
const entry = fc.oneof(fc.constant(0), fc.double({ noNaN: true, noDefaultInfinity: true }));
const pair = fc
  .integer({ min: 1, max: 20 })
  .chain((n) =>
    fc.tuple(
      fc.array(entry, { minLength: n, maxLength: n }),
      fc.array(entry, { minLength: n, maxLength: n }),
    ),
  )
  .filter((vectors) => vectors.every((vector) => vector.some((value) => value !== 0)));

describe("cosine", () => {
  test("of vectors that one can do by head", () => {
    expect(cosine([1, 0], [0, 1])).toBe(0);
    expect(cosine([1, 2], [-2, -4])).toBe(-1);
    expect(cosine([1, 1], [1, 2])).toBeCloseTo(3 / Math.sqrt(10), 15);
    expect(cosine([3], [5])).toBe(1);
  });

  test("is what exact rational arithmetic gives, whatever the size of the numbers", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        expect(Math.abs(cosine(x, y) - exactCosine(x, y))).toBeLessThanOrEqual(8 * ULP);
      }),
      { numRuns: 500 },
    );
  });

  test("is what numpy gives with 64 bits, of float32, float16, bfloat16 and int8", () => {
    for (const { dtype, x, y, cosine: expected } of golden.cosines) {
      const [a, b] = [x, y].map((entries) => arrayOf(dtype, entries)) as [Uint16Array, Uint16Array];
      const half = dtype.endsWith("float16") ? { dtype: dtype as HalfType } : {};
      expect(Math.abs(cosine(a, b, half) - expected)).toBeLessThan(1e-15);
    }
  });

  test("is symmetric, does not see scale, and lies in [−1, 1]; 1 from a vector to itself", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const value = cosine(x, y);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(cosine(y, x)).toBe(value);
        expect(cosine(x, x)).toBe(1);
        expect(
          cosine(
            x,
            x.map((v) => -v),
          ),
        ).toBe(-1);
      }),
    );
    const [x, y] = [
      [1, 2, 3],
      [3, -1, 2],
    ];
    for (const scale of [2 ** -1000, 2 ** -500, 2 ** 500, 2 ** 1000])
      expect(
        cosine(
          x.map((v) => v * scale),
          y,
        ),
      ).toBeCloseTo(cosine(x, y), 15);
  });

  test("of 200,000 entries with a large common part is right to 1e-13", () => {
    const x = Float32Array.from({ length: 200_000 }, (_, i) => 1 + Math.sin(i) * 0.01);
    const y = Float32Array.from({ length: 200_000 }, (_, i) => 1 + Math.cos(i * 1.7) * 0.01);
    expect(Math.abs(cosine(x, y) - exactCosine(x, y))).toBeLessThan(1e-13);
  });

  test("takes arrays of every kind, and mixed", () => {
    const kinds = [[1, 2], Float32Array.of(1, 2), Float64Array.of(1, 2), Int8Array.of(1, 2)];
    for (const x of kinds) for (const y of kinds) expect(cosine(x, y.toReversed())).toBeCloseTo(0.8, 15);
    // Without a dtype, 16-bit entries are integers.
    expect(cosine(Uint16Array.of(1, 2), Uint16Array.of(2, 1))).toBeCloseTo(0.8, 15);
  });

  test.each(["float16", "bfloat16"] as const)("reads every finite %s there is", (dtype) => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    for (let at = 0; at < 65536; at += 7) {
      const value = halfValue(bits[at]!, dtype);
      const one = bits.subarray(at, at + 1);
      const unit = Uint16Array.of(dtype === "float16" ? 0x3c00 : 0x3f80);
      if (!Number.isFinite(value))
        expect(() => cosine(one, unit, { dtype })).toThrow(/x\[0\] is NaN|Infinity/);
      else if (value !== 0) {
        // The angle of (1, v) to (1, 0) tells v.
        const both = Uint16Array.of(unit[0]!, bits[at]!);
        expect(cosine(both, Uint16Array.of(unit[0]!, 0), { dtype })).toBe(cosine([1, value], [1, 0]));
        expect(cosine(one, unit, { dtype })).toBe(Math.sign(value));
      }
    }
  });
});

describe("angle", () => {
  test("is the arc cosine, and right near 0 where that is not", () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        expect(Math.abs(Math.cos(angle(x, y)) - cosine(x, y))).toBeLessThan(1e-14);
      }),
    );
    expect(angle([1, 0], [0, -3])).toBeCloseTo(Math.PI / 2, 15);
    expect(angle([1, 0], [1, 1e-10])).toBeCloseTo(1e-10, 24);
    expect(Math.acos(cosine([1, 0], [1, 1e-10]))).toBe(0);
    expect(angle([1, 1e-10], [-1, 0])).toBeCloseTo(Math.PI - 1e-10, 15);
    expect(angle([1e300, 1e300], [1e-300, 0])).toBeCloseTo(Math.PI / 4, 15);
  });
});

describe("cosineToRows", () => {
  test("is cosine with each row", () => {
    const rows = Float32Array.from({ length: 5 * 300 }, (_, i) => Math.sin(i * i));
    const query = Float32Array.from({ length: 300 }, (_, i) => Math.cos(i));
    expect([...cosineToRows(query, rows)]).toEqual(
      Array.from({ length: 5 }, (_, r) => cosine(query, rows.subarray(300 * r, 300 * (r + 1)))),
    );
    const [one, other] = cosineToRows([1e300, 0], [1e-300, 0, 1, 1]);
    expect(one).toBe(1);
    expect(other).toBeCloseTo(Math.SQRT1_2, 15);
  });

  test("says which row is zero, and whether the rows are whole", () => {
    expect(() => cosineToRows([1, 2], [1, 1, 0, 0])).toThrow(
      expect.objectContaining({ code: "zero", at: 1 }),
    );
    expect(() => cosineToRows([0, 0], [1, 1])).toThrow(
      expect.objectContaining({ code: "zero", at: undefined }),
    );
    expect(() => cosineToRows([1, 2], [1, 1, 1])).toThrow(expect.objectContaining({ code: "length" }));
    const rows = Float32Array.of(1, 1, 1, NaN, 1, 1);
    expect(() => cosineToRows([1, 2], rows)).toThrow(expect.objectContaining({ code: "value", at: 3 }));
    expect(() => cosineToRows(Float32Array.of(NaN, 2), rows)).toThrow(/query\[0\] is NaN/);
  });
});

describe("bad input", () => {
  const measures = { cosine, angle, cosineToRows };
  test.each(Object.entries(measures))("%s refuses it by code and place", (_, measure) => {
    const cases: [unknown, unknown, string, number | undefined][] = [
      [[], [], "empty", undefined],
      [[1], [], "empty", undefined],
      [[1, 2], [1, 2, 3], "length", undefined],
      [[0, 0], [1, 2], "zero", undefined],
      [[1, NaN], [1, 2], "value", 1],
      [[1, 2], [-Infinity, 2], "value", 0],
      [[1e200, Infinity], [1, 2], "value", 1],
      [[1, "2"], [1, 2], "value", 1],
      [[1, undefined], [1, 2], "value", 1],
      [new BigInt64Array(2), [1, 2], "value", 1],
      ["12", [1, 2], "argument", undefined],
      [null, [1], "argument", undefined],
      [[1], { length: 1.5 }, "argument", undefined],
      [new DataView(new ArrayBuffer(8)), [1], "argument", undefined],
    ];
    for (const [x, y, code, at] of cases) {
      let error: unknown;
      try {
        measure(x as number[], y as number[]);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(MetricsError);
      expect(error).toMatchObject({ code, at });
    }
  });

  test("a dtype needs 16-bit entries, and has to be known", () => {
    for (const [x, dtype] of [
      [Float32Array.of(1), "float16"],
      [Uint16Array.of(1), "float8"],
    ] as const)
      expect(() => cosine(x, x, { dtype: dtype as "float16" })).toThrow(
        expect.objectContaining({ code: "argument" }),
      );
  });
});

function arrayOf(dtype: string, entries: readonly number[]): ArrayLike<number> {
  if (dtype === "float32") return Float32Array.from(entries);
  if (dtype === "int8") return Int8Array.from(entries);
  return dtype === "float64" ? Float64Array.from(entries) : Uint16Array.from(entries);
}

/** What 16 bits are worth, by the definition. */
function halfValue(bits: number, dtype: HalfType): number {
  const [exponentBits, fractionBits] = dtype === "float16" ? [5, 10] : [8, 7];
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}
