import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/coding.ts";

/** Division of polynomials over GF(2), bit by bit. */
function remainder(bytes: Uint8Array): number {
  let register = 0xffff_ffff;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const low = (register ^ (byte >> bit)) & 1;
      register = (register >>> 1) ^ (low ? 0xedb8_8320 : 0);
    }
  return (register ^ 0xffff_ffff) >>> 0;
}

describe("crc32", () => {
  test("gives the check value of the standard: that of 123456789 is CBF43926", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf4_3926);
    expect(crc32(new Uint8Array())).toBe(0);
  });

  test("is the remainder of the long division", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => crc32(bytes) === remainder(bytes)));
  });
});
