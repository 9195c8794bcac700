import fc from "fast-check";
import { expect, test } from "vitest";
import { npyDataStart, readNpyHeader, TensorError } from "../src/index.ts";

/** A file of numpy with a header of one's own and as many bytes behind it. */
function npy(header: string, dataBytes: number, version = 1): Uint8Array {
  const sizes = version === 1 ? [header.length & 0xff, header.length >> 8] : [header.length, 0, 0, 0];
  const start = [0x93, ...Buffer.from("NUMPY"), version, 0, ...sizes, ...Buffer.from(header, "latin1")];
  return Uint8Array.from([...start, ...new Uint8Array(dataBytes)]);
}
const read = (file: Uint8Array, size = file.length) => readNpyHeader(file, size);
const refusal = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    return `${error.code}: ${error.message}`;
  }
  return "none";
};

test("the header may be spelled as Python allows it", () => {
  const spellings = [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n",
    `{"shape": (2,3), "descr": "<f4", "fortran_order": False}`,
    " {'fortran_order':False,'shape':( 2 , 3, ),'descr':'<f4'} \n",
    "{'shape': (2L, 3L), 'fortran_order': False, 'descr': '<f4'}",
  ];
  for (const spelling of spellings)
    for (const version of [1, 2, 3])
      expect(read(npy(spelling, 24, version))).toMatchObject({ type: "float32", shape: [2, 3], length: 6 });
});

test("where numbers begin is told from the first twelve bytes", () => {
  const header = "{'descr': '|i1', 'fortran_order': False, 'shape': (5,), }\n";
  expect(npyDataStart(npy(header, 5).subarray(0, 12))).toBe(10 + header.length);
  expect(npyDataStart(npy(header, 5, 3).subarray(0, 12))).toBe(12 + header.length);
  const { start, end } = read(npy(header, 5));
  expect([start, end]).toEqual([10 + header.length, 15 + header.length]);
});

const HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

test.each([
  [
    "a shape larger than the file",
    npy(HEADER, 20),
    /^format: \(2, 3\) numbers of float32 take 24 bytes, and 20 follow/,
  ],
  ["a shape smaller than the file", npy(HEADER, 28), /^format: [^\n]+ take 24 bytes, and 28 follow/],
  [
    "a wrong beginning",
    Uint8Array.from([...Buffer.from("\u0092NUMPY", "latin1"), 1, 0, 0, 0]),
    /^format: not a file/,
  ],
  ["an empty file", new Uint8Array(0), /^format: not a file of numpy/],
  ["nothing behind the magic", npy(HEADER, 0).subarray(0, 6), /^format: cut short/],
  ["a length cut short", npy(HEADER, 0).subarray(0, 9), /^format: cut short/],
  ["a header cut short", npy(HEADER, 0).subarray(0, 30), /^format: cut short/],
  ["an unknown version", npy(HEADER, 24, 4), /^unsupported: version 4\.0/],
  [
    "records",
    npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", 4),
    /^unsupported: [^\n]+records/,
  ],
  [
    "a key twice",
    npy("{'shape': (1,), 'shape': (1,), 'descr': '<f4', 'fortran_order': False}", 4),
    /^format: the header/,
  ],
  [
    "a key too many",
    npy("{'a': 'b', 'shape': (1,), 'descr': '<f4', 'fortran_order': False}", 4),
    /^format: the header/,
  ],
  ["a key too few", npy("{'descr': '<f4', 'fortran_order': False}", 4), /^format: the header/],
  [
    "values of other kinds",
    npy("{'descr': True, 'fortran_order': (1,), 'shape': 'a'}", 4),
    /^format: the header/,
  ],
  [
    "something behind",
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} 1", 4),
    /^format: the header/,
  ],
  ["no end", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", 4), /^format: the header/],
  ["no dictionary", npy("'descr': '<f4'", 4), /^format: the header/],
])("%s is refused", (_, file, message) => {
  expect(refusal(() => read(file))).toMatch(message);
});

test.each([
  "(1 2)",
  "(-1,)",
  "(1.5,)",
  "(,)",
  "(L,)",
  "(9007199254740993,)",
  "(94906266, 94906266)",
  "(4294967296, 4294967296, 0)",
])("the shape %s is refused", (shape) => {
  const file = npy(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}}`, 8);
  expect(refusal(() => read(file))).toMatch(/^format: the header tells no/);
});

test.each(["<c8", "<U3", "|S5", "|O", "<V2", "<M8[us]", "f4", "=f4", "|f4", "<f3", "<toString", ""])(
  "the type %j is refused",
  (descr) => {
    const file = npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,)}`, 8);
    expect(refusal(() => read(file))).toMatch(/^unsupported: the array is of /);
  },
);

test("a header that says it is huge is refused before anything is read", () => {
  const file = npy(HEADER, 24, 2);
  new DataView(file.buffer).setUint32(8, 0xffff_ffff, true);
  expect(refusal(() => npyDataStart(file))).toMatch(/^format: a header of 4294967295 bytes/);
  expect(refusal(() => readNpyHeader(file, 2 ** 40))).toMatch(/^format: a header of 4294967295 bytes/);
});

test("whatever bytes come, there is a tensor inside the file or a TensorError", () => {
  const damage = fc.array(fc.record({ at: fc.nat(80), byte: fc.nat(255) }), { maxLength: 4 });
  fc.assert(
    fc.property(damage, fc.nat(100), fc.constantFrom(1, 2), (changes, cut, version) => {
      const file = npy(HEADER, 24, version);
      for (const { at, byte } of changes) file[at] = byte;
      const part = file.subarray(0, file.length - cut);
      try {
        const { start, end } = read(part);
        expect(start <= end && end === part.length).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(TensorError);
      }
    }),
    { numRuns: 2000 },
  );
});
