import { imagePath, pngPixels } from "@lemmata/data";
import { expect, test } from "vitest";
import { decodeImage, encodeImage } from "../../examples/image-codec/index.ts";

test.each([
  // Bits a pixel of lossless WebP: `apps/bench/results/images.md`.
  ["coins", 4.635],
  ["chelsea", 9.07],
] as const)("%s comes back byte for byte, in less than lossless WebP takes", (name, webp) => {
  const image = pngPixels(imagePath(name));
  const bytes = encodeImage(image);
  expect(decodeImage(bytes)).toEqual(image);
  expect((8 * bytes.length) / (image.width * image.height)).toBeLessThan(webp);
});
