import { expect, test } from "vitest";
import { elementSize, elementTypes, numbersOf } from "../src/index.ts";

const pair = (bits: number): Uint8Array => Uint8Array.of(bits & 0xff, bits >> 8);

test("every float16 is sign · 2^(exponent − 15) · 1.fraction, or subnormal, infinite or NaN", () => {
  for (let bits = 0; bits < 1 << 16; bits++) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const size =
      exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : exponent === 0
          ? fraction * 2 ** -24
          : (1024 + fraction) * 2 ** (exponent - 25);
    expect(numbersOf(pair(bits), "float16", false)[0]).toBe(bits & 0x8000 ? -size : size);
  }
});

test("every bfloat16 is the float32 whose upper half it is", () => {
  const float = new DataView(new ArrayBuffer(4));
  for (let bits = 0; bits < 1 << 16; bits++) {
    float.setUint16(0, bits);
    expect(numbersOf(pair(bits), "bfloat16", false)[0]).toBe(float.getFloat32(0));
  }
});

test.each(elementTypes)(
  "%s is read from any place in memory, in either order, and its bytes are left alone",
  (type) => {
    const size = elementSize[type];
    const bytes = Uint8Array.from({ length: 1 + 3 * size }, (_, i) => (i * 37) % 120);
    const before = bytes.slice();
    const part = bytes.subarray(1);
    const turned = Uint8Array.from(
      { length: part.length },
      (_, i) => part[i - (i % size) + size - 1 - (i % size)]!,
    );
    const numbers = numbersOf(part, type, false);
    expect(numbers).toHaveLength(3);
    expect(numbersOf(turned, type, true)).toEqual(numbers);
    expect(bytes).toEqual(before);
  },
);

test("integers of 64 bits are rounded to nearest where float64 has not all of them", () => {
  const bytes = new Uint8Array(BigInt64Array.of(-5n, 2n ** 53n + 1n, 2n ** 53n + 3n).buffer);
  expect([...numbersOf(bytes, "int64", false)]).toEqual([-5, 2 ** 53, 2 ** 53 + 4]);
});
