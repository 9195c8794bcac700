import { describe, expect, test } from "vitest";
import { decodeImage, encodeImage } from "../../examples/image-codec/index.ts";
import { crc32 } from "../../src/coding.ts";
import { codeOf, uniforms } from "../coding/laws.ts";
import { paint, scene } from "./pictures.ts";

const files: [string, Uint8Array][] = [
  ["grey", encodeImage(scene(13, 9, 1))],
  ["colour", encodeImage(scene(5, 6, 3))],
  ["one value", encodeImage(paint(40, 30, 1, () => 3))],
];

function signed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(copy.length - 4, crc32(copy.subarray(0, -4)), true);
  return copy;
}

function withShape(bytes: Uint8Array, width: number, height: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  view.setUint32(4, width, true);
  view.setUint32(8, height, true);
  return signed(copy);
}

describe("decodeImage", () => {
  test.each(files)("refuses every change of one bit, and every byte inverted: %s", (_, bytes) => {
    for (let at = 0; at < bytes.length; at++)
      for (const change of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
        const changed = bytes.slice();
        changed[at]! ^= change;
        if (codeOf(() => decodeImage(changed)) !== "format") expect.fail(`byte ${at} changed by ${change}`);
      }
  });

  test.each(files)("refuses every beginning, and what is too long: %s", (_, bytes) => {
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(() => decodeImage(bytes.subarray(0, length)))).toBe("format");
    expect(codeOf(() => decodeImage(Uint8Array.of(...bytes, 0)))).toBe("format");
  });

  test("refuses a changed pixel, or a lacking or an added byte, under a checksum that agrees", () => {
    const bytes = encodeImage(scene(13, 9, 1));
    const end = bytes.length - 4;
    // Wherever it is changed, the coder does not come back to where it began.
    for (let at = 48; at < end; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(codeOf(() => decodeImage(signed(changed)))).toBe("format");
    }
    expect(codeOf(() => decodeImage(signed(bytes.subarray(0, -1))))).toBe("format");
    expect(codeOf(() => decodeImage(signed(Uint8Array.of(...bytes, 0))))).toBe("format");
  });

  test("ends, with an image or the code format, for changes of the header under a checksum that agrees", () => {
    const uniform = uniforms(4);
    for (const [, bytes] of files)
      for (let round = 0; round < 150; round++) {
        const changed = bytes.slice();
        changed[4 + Math.floor(uniform() * 44)] = Math.floor(uniform() * 256);
        const code = codeOf(() => decodeImage(signed(changed), { limit: 4000 }));
        if (code !== "format" && code !== "nothing") expect.fail(`round ${round} gave ${code}`);
      }
  });

  test("refuses an order of channels, a predictor or a law that there is not", () => {
    const image = scene(5, 6, 3);
    const bytes = encodeImage(image);
    expect(decodeImage(signed(bytes))).toEqual(image);
    for (const [at, value] of [
      [13, 0],
      [13, 13],
      [13, 10],
      [13, 28],
      [13, 255],
      [14, 2],
      [15, 2],
    ] as const)
      expect(codeOf(() => decodeImage(signed(bytes.with(at, value))))).toBe("format");
    expect(codeOf(() => decodeImage(signed(encodeImage(scene(5, 6, 1)).with(13, 1))))).toBe("format");
  });

  test("decodes 256 values a byte, and 2^18, 64 rows or more, unless told how many", () => {
    const plain = encodeImage(paint(40, 30, 1, () => 3));
    for (const [width, height] of [
      [2 ** 9, 2 ** 9 + 1],
      [2 ** 12 + 1, 1],
      [2 ** 15, 2 ** 11],
    ] as const) {
      const large = withShape(plain, width, height);
      expect(() => decodeImage(large)).toThrowError(/more than the limit of 262144/);
      if (width * height < 2 ** 20)
        expect(decodeImage(large, { limit: 2 ** 20 }).data).toHaveLength(width * height);
    }
    expect(decodeImage(withShape(plain, 2 ** 9, 2 ** 9)).data).toHaveLength(2 ** 18);
    expect(codeOf(() => decodeImage(plain, { limit: 40 * 64 - 1 }))).toBe("format");
    expect(codeOf(() => decodeImage(plain, { limit: NaN }))).toBe("format");
  });

  test("believes no size that the bytes cannot hold", () => {
    const grey = encodeImage(scene(13, 9, 1));
    for (const [width, height] of [
      [2 ** 32 - 1, 2 ** 32 - 1],
      [2 ** 13, 2 ** 13],
      [2 ** 20, 2],
      [0, 9],
      [13, 0],
      [14, 9],
      [9, 13],
    ])
      expect(codeOf(() => decodeImage(withShape(grey, width!, height!)))).toBe("format");
    const whatever = { limit: Infinity };
    expect(() => decodeImage(withShape(grey, 2 ** 13, 2 ** 13), whatever)).toThrowError(
      /pixels in \d+ bytes/,
    );
  });
});
