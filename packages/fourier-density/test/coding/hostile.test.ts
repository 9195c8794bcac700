import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32, decode, encode } from "../../src/coding.ts";
import { ByteWriter } from "../../src/coding/bytes.ts";
import { codeOf, draws, logistic, mixture, uniforms } from "./laws.ts";

const law = mixture(logistic(0, 1), logistic(20, 3));
const streams: [string, Uint8Array][] = [
  ["no values", encode([], law, { step: 1 })],
  ["wide cells", encode(draws(law, 20), law, { step: 1e-4 })],
  ["whole numbers and escapes", encode([0, 1, 2, 19, 20, -999, 2 ** 40], law, { step: 1 })],
  ["levels", encode(draws(law, 100), law, { levels: [-3, 0, 4, 18, 21.5] })],
];

/** The bytes with a checksum that agrees. */
function signed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(copy.length - 4, crc32(copy.subarray(0, -4)), true);
  return copy;
}

/** A stream of parts in the writer's order, signed. */
function stream(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(Uint8Array.of(0x46, 0x44, 0x43, 1));
  write(writer);
  writer.uint32(0);
  return signed(writer.finish());
}

/** Zeros: the states at their beginning. */
const IDLE = Uint8Array.of(0, 0, 0x80, 0, 0, 0, 0x80, 0);

describe("decode", () => {
  test.each(streams)("refuses every change of one byte: %s", (_, bytes) => {
    for (let at = 0; at < bytes.length; at++)
      for (let change = 1; change < 256; change++) {
        const changed = bytes.slice();
        changed[at]! ^= change;
        if (codeOf(() => decode(changed)) !== "format") expect.fail(`byte ${at} changed by ${change}`);
      }
  });

  test.each(streams)("refuses every beginning, and every continuation by a byte: %s", (_, bytes) => {
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(() => decode(bytes.subarray(0, length)))).toBe("format");
    for (const byte of [0, 1, 255])
      expect(codeOf(() => decode(Uint8Array.of(...bytes, byte)))).toBe("format");
  });

  test.each(streams)(
    "ends, with values or the code format, for changes under a checksum that agrees: %s",
    (_, bytes) => {
      const uniform = uniforms(11);
      for (let round = 0; round < 3000; round++) {
        const changed = bytes.slice();
        for (let k = 0; k <= round % 3; k++)
          changed[4 + Math.floor(uniform() * (bytes.length - 8))] = Math.floor(uniform() * 256);
        const code = codeOf(() => decode(signed(changed), { limit: 100_000 }));
        if (code !== "format" && code !== "nothing") expect.fail(`round ${round} gave ${code}`);
      }
    },
  );

  test("refuses any bytes that are not its own", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => codeOf(() => decode(bytes)) === "format"),
    );
  });

  test("believes no number before it has seen what it stands for", () => {
    const steps = (writer: ByteWriter, count: number): void => {
      writer.varint(count);
      writer.varint(0);
      writer.float64(1);
      writer.float64(0);
    };
    const rest = (writer: ByteWriter): void => {
      writer.block(IDLE);
      writer.block(new Uint8Array());
      writer.block(new Uint8Array());
    };
    const table = (writer: ByteWriter, cells: number, first: number, bytes: number[]): void => {
      writer.varint(cells);
      writer.varint(first);
      writer.block(Uint8Array.from(bytes));
    };
    const lies: Uint8Array[] = [
      // values: with certain symbols, and beyond what the symbols can be
      stream((w) => (steps(w, 2 ** 26), table(w, 0, 0, []), rest(w))),
      stream((w) => (steps(w, 2 ** 52), table(w, 0, 0, []), rest(w))),
      // levels, cells, blocks
      stream((w) => (w.varint(1), w.varint(1), w.varint(2 ** 50))),
      stream((w) => (steps(w, 1), table(w, 2 ** 40, 0, [0]), rest(w))),
      stream((w) => (steps(w, 1), w.varint(1), w.varint(0), w.varint(2 ** 45))),
      // a cell of 2^40 bins, frequencies beyond 2^16, a first bin far away
      stream((w) => (steps(w, 1), table(w, 1, 0, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), rest(w))),
      stream((w) => (steps(w, 1), table(w, 1, 2 ** 50 - 1, [0]), rest(w))),
      // a kind that is none, a step that is none
      stream((w) => (w.varint(1), w.varint(2), w.float64(1), w.float64(0), table(w, 0, 0, []), rest(w))),
      stream((w) => (w.varint(1), w.varint(0), w.float64(NaN), w.float64(0), table(w, 0, 0, []), rest(w))),
      // a value that is not finite: the second level above 0, of steps near the largest number
      stream((w) => {
        w.varint(1);
        w.varint(0);
        w.float64(1.7e308);
        w.float64(0);
        table(w, 0, 0, []);
        w.block(IDLE);
        w.block(new Uint8Array());
        w.block(Uint8Array.of(4));
      }),
      // a number without an end
      stream((w) => w.bytes(new Uint8Array(12).fill(255))),
    ];
    for (const [i, lie] of lies.entries()) expect(`${i} ${codeOf(() => decode(lie))}`).toBe(`${i} format`);
  });

  test("decodes 256 values a byte, and four million, unless told how many", () => {
    const certain = { binProbability: (a: number, b: number) => (a <= -0.4 && b >= 0.4 ? 1 : 0) };
    const most = 2 ** 22;
    const bytes = encode(new Uint8Array(most + 1), certain, { step: 1 });
    expect(bytes.length).toBeLessThan(100);
    expect(() => decode(bytes)).toThrowError(/more than the limit of 4194304/);
    expect(decode(bytes, { limit: Infinity })).toHaveLength(most + 1);
  });

  test("decodes no more values than the limit, which a few bytes may exceed", () => {
    const bytes = encode(new Float64Array(1000).fill(20), law, { step: 1 });
    expect(decode(bytes, { limit: 1000 })).toHaveLength(1000);
    expect(codeOf(() => decode(bytes, { limit: 999 }))).toBe("format");
  });
});
