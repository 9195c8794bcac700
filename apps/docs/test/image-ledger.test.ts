import { imagePath } from "@lemmata/data";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkSize, ledger, MOST_PIXELS, planesOf, pngHeader, rgbaOf } from "../figures/image-ledger.ts";

const grey = Uint8ClampedArray.of(7, 7, 7, 255, 9, 9, 9, 255);
const colour = Uint8ClampedArray.of(7, 7, 7, 255, 9, 8, 9, 255);
const clear = Uint8ClampedArray.of(7, 7, 7, 0, 9, 9, 9, 255);

test("pixels that are all grey and opaque are one byte each", () => {
  expect(planesOf(grey)).toEqual({ channels: 1, data: Uint8Array.of(7, 9), alpha: undefined });
  expect(planesOf(colour)).toEqual({ channels: 3, data: Uint8Array.of(7, 7, 7, 9, 8, 9), alpha: undefined });
  expect(planesOf(clear)).toEqual({ channels: 1, data: Uint8Array.of(7, 9), alpha: Uint8Array.of(0, 255) });
});

test.each([grey, colour, clear])("planes are pixels again", (rgba) => {
  expect(rgbaOf(planesOf(rgba))).toEqual(rgba);
});

test("the size and the depth of a PNG file stand at its beginning, and other files have none", () => {
  expect(pngHeader(readFileSync(imagePath("coffee")))).toEqual({ width: 600, height: 400, depth: 8 });
  expect(pngHeader(new Uint8Array(32))).toBeUndefined();
  expect(pngHeader(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBeUndefined();
});

test("two million pixels are taken, and not one more", () => {
  expect(() => checkSize(2000, 1000)).not.toThrow();
  expect(MOST_PIXELS).toBe(2_000_000);
  expect(() => checkSize(2001, 1000)).toThrow("2001 × 1000 pixels, and this page takes up to 2,000,000");
});

test("the ledger gives bits a pixel, and how much larger the others are", () => {
  expect(ledger(1000, 500, { own: 1000, other: undefined, third: 250 })).toEqual([
    { name: "Fourier densities", bytes: 500, bitsPerPixel: 4, larger: undefined },
    { name: "own", bytes: 1000, bitsPerPixel: 8, larger: 1 },
    { name: "third", bytes: 250, bitsPerPixel: 2, larger: -0.5 },
  ]);
});
