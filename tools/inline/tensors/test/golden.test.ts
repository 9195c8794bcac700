import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  npyDataStart,
  numbersOf,
  readNpyHeader,
  readSafetensorsHeader,
  safetensorsDataStart,
  type Tensor,
} from "../src/index.ts";

// Made by tools/golden/make_tensors.py with numpy 2.4.6, ml_dtypes 0.6.0 and safetensors 0.8.0.
interface Golden {
  readonly arrays: readonly {
    file: string;
    shape: number[];
    fortran: boolean;
    stored: (number | string)[];
  }[];
  readonly safetensors: {
    readonly file: string;
    readonly tensors: Readonly<Record<string, { shape: number[]; stored: (number | string)[] }>>;
  };
}
const golden = JSON.parse(readFileSync(new URL("golden/files.json", import.meta.url), "utf8")) as Golden;
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
const WORDS: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, "-inf": -Infinity };
const numbersIn = (stored: readonly (number | string)[]): number[] =>
  stored.map((value) => (typeof value === "string" ? WORDS[value]! : value));
const valuesOf = (file: Uint8Array, { type, start, end, bigEndian }: Tensor): number[] =>
  Array.from(numbersOf(file.subarray(start, end), type!, bigEndian));

test("numpy's arrays of all types, both byte orders and orders of indices, and all versions, hold what numpy reads", () => {
  expect(golden.arrays.length).toBe(60);
  for (const { file, shape, fortran, stored } of golden.arrays) {
    const bytes = bytesOf(file);
    const header = bytes.subarray(0, npyDataStart(bytes.subarray(0, 12)));
    const tensor = readNpyHeader(header, bytes.length);
    expect(tensor).toMatchObject({ shape, firstIndexFastest: fortran, length: stored.length });
    expect(valuesOf(bytes, tensor)).toEqual(numbersIn(stored));
  }
});

test("tensors of safetensors of all types hold what its library reads, in the order of the file", () => {
  const bytes = bytesOf(golden.safetensors.file);
  const header = bytes.subarray(0, safetensorsDataStart(bytes.subarray(0, 8), bytes.length));
  const tensors = readSafetensorsHeader(header, bytes.length);
  const want = Object.entries(golden.safetensors.tensors);
  expect([...tensors.keys()].sort()).toEqual(want.map(([name]) => name).sort());
  for (const [name, { shape, stored }] of want) {
    const tensor = tensors.get(name)!;
    expect(tensor.shape).toEqual(shape);
    expect(valuesOf(bytes, tensor)).toEqual(numbersIn(stored));
  }
  const starts = Array.from(tensors.values(), ({ start }) => start);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});
