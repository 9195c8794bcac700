import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32, decode, encode, ransEncode } from "../../src/coding.ts";
import { ByteWriter } from "../../src/coding/bytes.ts";
import { writeTable } from "../../src/coding/table-format.ts";
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
  test.each(streams)("refuses every change of one bit, and every byte inverted: %s", (_, bytes) => {
    for (let at = 0; at < bytes.length; at++)
      for (const change of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
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
      for (let round = 0; round < 1000; round++) {
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
    for (const [i, lie] of lies.entries())
      for (const limit of [undefined, Infinity])
        expect(`${i} ${codeOf(() => decode(lie, { limit }))}`).toBe(`${i} format`);
  });

  test("finds each lie by itself, in a file that is right otherwise", () => {
    const none = new Uint8Array();
    const file = (
      count: number,
      { first = 0, shift = [0, 3], frequency = [100, 200], levels = 0 },
      [coded, lowBits, escaped]: readonly Uint8Array[],
    ): Uint8Array =>
      stream((writer) => {
        writer.varint(count);
        writer.varint(Number(levels > 0));
        if (levels > 0) writer.varint(levels);
        for (let k = 0; k < Math.max(2, levels); k++) writer.float64(1 + k);
        writeTable(writer, {
          precision: 16,
          first,
          shift: Uint8Array.from(shift),
          frequency: frequency as unknown as Uint32Array,
        });
        for (const block of [coded!, lowBits!, escaped!]) writer.block(block);
      });
    const codes = (...symbols: number[]): Uint8Array =>
      ransEncode(symbols, [0, 100, 300], [100, 200, 65_236], 16);
    const low = Uint8Array.of(5);
    const right = file(3, {}, [codes(0, 1, 2), low, Uint8Array.of(40)]);
    expect([...decode(right)]).toEqual([2, 2 + 6, 2 + 20]); // offset 2, step 1
    expect([...decode(file(0, {}, [IDLE, none, none]))]).toEqual([]);
    const levels = { levels: 2, shift: [0, 0] };
    expect([...decode(file(2, levels, [codes(0, 1), none, none]))]).toEqual([1, 2]);

    const lies: Record<string, Uint8Array> = {
      "a negative frequency": file(0, { frequency: [-1, 200] }, [IDLE, none, none]),
      "nothing left for the escape": file(0, { frequency: [100, 2 ** 16 - 100] }, [IDLE, none, none]),
      "more frequency than there is": file(0, { frequency: [100, 2 ** 16] }, [IDLE, none, none]),
      "cells beyond 2^30": file(0, { first: 2 ** 30 - 8 }, [IDLE, none, none]),
      "low bits that are lacking": file(3, {}, [codes(0, 1, 2), none, Uint8Array.of(40)]),
      "a low bit that is lacking": file(3, {}, [codes(1, 1, 1), low, none]),
      "a low bit too many": file(3, {}, [codes(0, 1, 2), Uint8Array.of(13), Uint8Array.of(40)]),
      "a byte of low bits too many": file(3, {}, [codes(0, 1, 2), Uint8Array.of(5, 0), Uint8Array.of(40)]),
      "an escape too many": file(3, {}, [codes(0, 1, 2), low, Uint8Array.of(40, 40)]),
      "an escape that is lacking": file(3, {}, [codes(0, 1, 2), low, none]),
      "a symbol too many": file(2, {}, [codes(0, 1, 2), low, none]),
      "a first state that is none": file(0, {}, [IDLE.with(0, 1), none, none]),
      "a second state that is none": file(0, {}, [IDLE.with(4, 1), none, none]),
      "a level below the first": file(1, { ...levels, first: -1 }, [codes(0), none, none]),
      "a level beyond the last": file(1, { ...levels, first: 1 }, [codes(1), none, none]),
      "a level by its low bits": file(1, { levels: 2 }, [codes(1), low, none]),
      "a level by an escape": file(1, levels, [codes(2), none, Uint8Array.of(4)]),
      "more values than symbols can be": file(2 ** 50, {}, [codes(0), none, none]),
      "more values than escapes": file(2 ** 50, { shift: [], frequency: [] }, [IDLE, none, none]),
    };
    for (const [what, lie] of Object.entries(lies))
      expect(`${what}: ${codeOf(() => decode(lie, { limit: Infinity }))}`).toBe(`${what}: format`);
  });

  test("decodes 256 values a byte, and four million, unless told how many", () => {
    const certain = { binProbability: (a: number, b: number) => (a <= -0.4 && b >= 0.4 ? 1 : 0) };
    const most = 2 ** 22;
    const bytes = encode(new Uint8Array(most + 1), certain, { step: 1 });
    expect(bytes.length).toBeLessThan(100);
    expect(() => decode(bytes)).toThrowError(/more than the limit of 4194304/);
    expect(decode(bytes, { limit: Infinity })).toHaveLength(most + 1);
    const long = stream((writer) => {
      writer.varint(most + 1);
      writer.varint(1);
      writer.varint(3000);
      for (let k = 0; k < 3000; k++) writer.float64(k);
      writeTable(writer, {
        precision: 16,
        first: 0,
        shift: new Uint8Array(),
        frequency: Uint32Array.of(2 ** 16),
      });
      for (const block of [IDLE, new Uint8Array(), new Uint8Array()]) writer.block(block);
    });
    expect(() => decode(long)).toThrowError(/do not fit/);
  });

  test("decodes no more values than the limit, which a few bytes may exceed", () => {
    const bytes = encode(new Float64Array(1000).fill(20), law, { step: 1 });
    expect(decode(bytes, { limit: 1000 })).toHaveLength(1000);
    expect(codeOf(() => decode(bytes, { limit: 999 }))).toBe("format");
  });
});
