import { imagePath, pngPixels } from "@lemmata/data";
import { expect, test } from "vitest";
import { decodeImage, encodeImage, type RawImage } from "../../examples/image-codec/index.ts";

function piece(image: RawImage, left: number, top: number, width: number, height: number): RawImage {
  const { channels } = image;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * channels;
    data.set(image.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { width, height, channels, data };
}

test.each([
  // Bytes that `cwebp -lossless -z 9` (1.2.4) makes of these pieces.
  ["coins", 100, 50, 128, 128, 10010],
  ["chelsea", 120, 80, 96, 72, 10242],
] as const)(
  "a piece of %s comes back byte for byte, from less than lossless WebP takes",
  (name, x, y, w, h, webp) => {
    const image = piece(pngPixels(imagePath(name)), x, y, w, h);
    const bytes = encodeImage(image);
    expect(decodeImage(bytes)).toEqual(image);
    expect(bytes.length).toBeLessThan(webp);
  },
);
