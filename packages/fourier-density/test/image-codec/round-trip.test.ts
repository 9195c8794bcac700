import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeImage,
  encodeImage,
  LAPLACE,
  FOURIER,
  type RawImage,
} from "../../examples/image-codec/index.ts";
import { codeOf, uniforms } from "../coding/laws.ts";
import { noise, paint, scene } from "./pictures.ts";

function bitsAPixel(bytes: Uint8Array, { width, height }: RawImage): number {
  return (8 * bytes.length) / (width * height);
}

describe("encodeImage and decodeImage", () => {
  test.each([
    [1, 1, 1],
    [1, 1, 3],
    [1, 17, 1],
    [19, 1, 3],
    [2, 2, 3],
    [31, 23, 1],
    [23, 31, 3],
    [64, 40, 1],
  ] as const)(
    "give back %i x %i x %i byte for byte: noise, a scene, one colour, two colours",
    (w, h, channels) => {
      const uniform = uniforms(2);
      for (const image of [
        noise(w, h, channels),
        scene(w, h, channels),
        paint(w, h, channels, (x, y, c) => 70 * c + 3),
        paint(w, h, channels, (x, y, c) => (uniform() < 0.3 ? 255 : 10 * c)),
        paint(w, h, channels, (x, y, c) => (c === 1 ? 9 : (x * y) % 256)),
        paint(w, h, channels, (x) => (x % 2 === 0 ? 0 : 255)),
      ])
        expect(decodeImage(encodeImage(image))).toEqual(image);
    },
  );

  test("give back any small image byte for byte, in every modelling", () => {
    const image = fc
      .record({
        width: fc.integer({ min: 1, max: 9 }),
        height: fc.integer({ min: 1, max: 9 }),
        channels: fc.constantFrom(1 as const, 3 as const),
        predictor: fc.constantFrom("mixed" as const, "median" as const),
        law: fc.constantFrom(FOURIER, LAPLACE),
      })
      .chain((shape) => {
        const length = shape.width * shape.height * shape.channels;
        return fc.record({
          ...Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, fc.constant(value)])),
          data: fc.uint8Array({ minLength: length, maxLength: length }),
        }) as unknown as fc.Arbitrary<RawImage & typeof shape>;
      });
    fc.assert(
      fc.property(image, ({ width, height, channels, data, predictor, law }) => {
        const bytes = encodeImage({ width, height, channels, data }, { predictor, law });
        expect(decodeImage(bytes)).toEqual({ width, height, channels, data });
      }),
    );
  });

  test("take pixels as a canvas gives them", () => {
    const image = scene(9, 7, 3);
    const clamped = { ...image, data: new Uint8ClampedArray(image.data) };
    expect(decodeImage(encodeImage(clamped))).toEqual(image);
  });

  test("noise takes little more than its bytes, and one colour nothing but the header", () => {
    const image = noise(128, 96, 1);
    expect(bitsAPixel(encodeImage(image), image)).toBeLessThan(8.4);
    expect(encodeImage(paint(500, 300, 1, () => 7)).length).toBeLessThan(64);
    expect(encodeImage(paint(300, 300, 3, (x, y, c) => c)).length).toBeLessThan(128);
  });

  test("a grain of known entropy costs within 4 % of it on a plain ground, once it has been learnt", () => {
    // The sum of two uniform numbers from 0 to 15: 4.37 bits.
    const law = Array.from({ length: 31 }, (_, k) => (16 - Math.abs(k - 15)) / 256);
    const entropy = law.reduce((bits, p) => bits - p * Math.log2(p), 0);
    const uniform = uniforms(9);
    const image = paint(160, 160, 1, () => 100 + Math.floor(16 * uniform()) + Math.floor(16 * uniform()));
    expect(bitsAPixel(encodeImage(image), image)).toBeLessThan(1.04 * entropy);
  });

  test("channels that are alike cost little more than one", () => {
    const grey = scene(80, 60, 1);
    const colour = paint(80, 60, 3, (x, y) => grey.data[y * 80 + x]!);
    expect(encodeImage(colour).length).toBeLessThan(1.1 * encodeImage(grey).length + 100);
  });

  test("the mixed predictor beats the median one, and Fourier densities beat Laplace's, on a scene", () => {
    const image = scene(120, 90, 1);
    const size = (predictor: "mixed" | "median", law: typeof FOURIER): number =>
      encodeImage(image, { predictor, law }).length;
    expect(size("mixed", FOURIER)).toBeLessThan(0.95 * size("median", FOURIER));
    expect(size("mixed", FOURIER)).toBeLessThan(size("mixed", LAPLACE));
  });

  test("refuse what is no image of these kinds", () => {
    const data = new Uint8Array(12);
    for (const image of [
      { width: 2, height: 2, channels: 2, data },
      { width: 2, height: 2, channels: 1, data },
      { width: 0, height: 2, channels: 1, data: new Uint8Array() },
      { width: 2.5, height: 2, channels: 1, data },
      { width: 2 ** 14, height: 2 ** 13, channels: 1, data },
      { width: 2 ** 15 + 1, height: 1, channels: 1, data: new Uint8Array(2 ** 15 + 1) },
      { width: 2, height: 2, channels: 3, data: [...data] },
      null,
    ])
      expect(codeOf(() => encodeImage(image as unknown as RawImage))).toBe("argument");
    expect(codeOf(() => decodeImage("FDI" as unknown as Uint8Array))).toBe("argument");
  });
});
