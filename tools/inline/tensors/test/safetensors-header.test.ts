import fc from "fast-check";
import { expect, test } from "vitest";
import { readSafetensorsHeader, safetensorsDataStart, TensorError } from "../src/index.ts";

/** A safetensors file with a header of one's own and as many bytes behind it. */
function safetensors(header: object | string, dataBytes: number, length?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(json.length));
  return Uint8Array.from(Buffer.concat([size, json, Buffer.alloc(dataBytes)]));
}
const read = (file: Uint8Array, size = file.length) => readSafetensorsHeader(file, size);
const refusal = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    return `${error.code}: ${error.message}`;
  }
  return "none";
};
const f32 = (shape: unknown, begin: unknown, end: unknown) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

test("tensors come in the order of their numbers, whatever that of the header", () => {
  const file = safetensors(
    {
      b: f32([2], 4, 12),
      __metadata__: { a: "b" },
      a: f32([], 0, 4),
      empty: f32([0], 4, 4),
      c: f32([1, 1], 12, 16),
    },
    16,
  );
  const tensors = [...read(file)].map(([name, { start, end, length }]) => [name, end - start, length]);
  expect(tensors).toEqual([
    ["a", 4, 1],
    ["empty", 0, 0],
    ["b", 8, 2],
    ["c", 4, 1],
  ]);
  expect(safetensorsDataStart(file.subarray(0, 8), file.length)).toBe(file.length - 16);
});

test("a header may end with spaces, and a file may hold no tensor", () => {
  expect(read(safetensors('{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}    ', 1)).size).toBe(1);
  expect(read(safetensors("{}", 0)).size).toBe(0);
});

test("any text is a name, __proto__ as well", () => {
  const file = safetensors('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1);
  expect([...read(file).keys()]).toEqual(["__proto__"]);
});

test("a type that is unknown keeps its place, and has no numbers to read", () => {
  const file = safetensors(
    { a: { dtype: "F8_E4M3", shape: [3], data_offsets: [0, 3] }, b: f32([1], 3, 7) },
    7,
  );
  const tensors = read(file);
  expect(tensors.get("a")).toMatchObject({ type: undefined, dtype: "F8_E4M3", length: 3 });
  expect(tensors.get("b")).toMatchObject({ type: "float32", length: 1 });
  const inherited = safetensors({ a: { dtype: "toString", shape: [3], data_offsets: [0, 3] } }, 3);
  expect(read(inherited).get("a")!.type).toBe(undefined);
});

test.each([
  ["an empty file", new Uint8Array(0), /^format: cut short/],
  ["a length cut short", safetensors("{}", 0).subarray(0, 7), /^format: cut short/],
  [
    "a header longer than the file",
    safetensors("{}", 0, 3n),
    /^format: a header of 3 bytes in a file of 10$/,
  ],
  [
    "a header of 2^63 bytes",
    safetensors("{}", 0, 2n ** 63n),
    /^format: a header of 9223372036854775808 bytes/,
  ],
  ["a header that is no JSON", safetensors("{'a': 1}", 0), /^format: the header is no JSON/],
  [
    "a header that is no UTF-8",
    Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d),
    /^format: the header is no JSON/,
  ],
  ["a header that is no object", safetensors("[]", 0), /^format: the header is no object/],
  ["a tensor that is no object", safetensors({ a: 1 }, 0), /^format: "a" is no object/],
  [
    "a tensor without a shape",
    safetensors({ a: { dtype: "F32", data_offsets: [0, 4] } }, 4),
    /^format: "a" lacks/,
  ],
  [
    "a size that is no integer",
    safetensors({ a: f32([0.5], 0, 2) }, 2),
    /^format: "a" has no possible shape/,
  ],
  ["a negative size", safetensors({ a: f32([-1], 0, 4) }, 4), /^format: "a" has no possible shape/],
  [
    "sizes whose product overflows",
    safetensors({ a: f32([2 ** 40, 2 ** 40], 0, 4) }, 4),
    /no possible shape/,
  ],
  [
    "a shape of 65 sizes",
    safetensors(
      {
        a: f32(
          Array.from({ length: 65 }, () => 1),
          0,
          4,
        ),
      },
      4,
    ),
    /no possible shape/,
  ],
  ["offsets that go back", safetensors({ a: f32([0], 4, 0) }, 4), /^format: "a" has no two data_offsets/],
  [
    "offsets that are no integers",
    safetensors({ a: f32([1], "0", 4) }, 4),
    /^format: "a" has no two data_offsets/,
  ],
  [
    "offsets beyond what is exact",
    safetensors({ a: f32([1], 2 ** 60, 2 ** 60 + 4) }, 4),
    /no two data_offsets/,
  ],
  [
    "bytes that do not fit the shape",
    safetensors({ a: f32([2], 0, 4) }, 4),
    /^format: "a", 2 numbers of F32, has 4 bytes/,
  ],
  [
    "tensors that overlap",
    safetensors({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12),
    /^format: "b" begins at byte 4/,
  ],
  [
    "the same bytes twice",
    safetensors({ a: f32([1], 0, 4), b: f32([1], 0, 4) }, 4),
    /^format: "b" begins at byte 0/,
  ],
  [
    "a name twice",
    safetensors(
      '{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}',
      2,
    ),
    /^format: "a" begins at byte 1/,
  ],
  ["a hole", safetensors({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), /^format: "b" begins at byte 8/],
  [
    "tensors beyond the file",
    safetensors({ a: f32([2], 0, 8) }, 4),
    /^format: the tensors end at byte \d+, the file at/,
  ],
  [
    "bytes of no tensor",
    safetensors({ a: f32([1], 0, 4) }, 8),
    /^format: the tensors end at byte \d+, the file at/,
  ],
])("%s is refused", (_, file, message) => {
  expect(refusal(() => read(file))).toMatch(message);
});

test("a long name is cut in a message", () => {
  expect(refusal(() => read(safetensors({ ["a".repeat(1e6)]: 1 }, 0))).length).toBeLessThan(200);
});

test("whatever bytes come, tensors lie inside the file, one after another, or there is a TensorError", () => {
  const header = { a: f32([2], 0, 8), b: { dtype: "BF16", shape: [2, 1], data_offsets: [8, 12] } };
  const damage = fc.array(fc.record({ at: fc.nat(120), byte: fc.integer({ min: 0x20, max: 0x7f }) }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(damage, fc.nat(20), (changes, cut) => {
      const file = safetensors(header, 12);
      for (const { at, byte } of changes) file[at] = byte;
      const part = file.subarray(0, file.length - cut);
      try {
        let end = safetensorsDataStart(part, part.length);
        for (const tensor of read(part).values()) {
          expect(tensor.start).toBe(end);
          end = tensor.end;
        }
        expect(end).toBe(part.length);
      } catch (error) {
        expect(error).toBeInstanceOf(TensorError);
      }
    }),
    { numRuns: 2000 },
  );
});
