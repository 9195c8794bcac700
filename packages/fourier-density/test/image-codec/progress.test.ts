import { expect, test } from "vitest";
import { BEST, decodeImage, encodeImage } from "../../examples/image-codec/index.ts";
import { paint, scene } from "./pictures.ts";

test.each([
  ["grey", scene(20, 13, 1), 13],
  ["RGB", scene(20, 13, 3), 39],
  // The second channel has one value, and so no rows to be coded.
  ["RGB with a constant channel", paint(20, 13, 3, (x, y, c) => (c === 1 ? 7 : (3 * x + 5 * y) % 50)), 26],
] as const)("coding and decoding %s tell of rows until all are done", (_, image, total) => {
  const told: (readonly [number, number])[] = [];
  const bytes = encodeImage(image, BEST, (...progress) => told.push(progress));
  expect(told).toEqual(Array.from({ length: total }, (__, row) => [row + 1, total]));
  const back: (readonly [number, number])[] = [];
  decodeImage(bytes, { onProgress: (...progress) => back.push(progress) });
  expect(back).toEqual(told);
});
