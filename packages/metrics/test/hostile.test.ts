import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as kernel from "../src/kernel.ts";
import * as longbench from "../src/longbench.ts";
import * as main from "../src/index.ts";
import * as sparsity from "../src/sparsity.ts";
import * as tests from "../src/tests.ts";
import * as text from "../src/text.ts";

/** Whatever a caller without types may hand over. */
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    2,
    0.5,
    NaN,
    Infinity,
    -Infinity,
    5e-324,
    -5e-324,
    Number.MAX_VALUE,
    2 ** 53,
    1e-310,
  ),
  fc.double(),
  fc.integer({ min: -3, max: 9 }),
);
const string = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    " ",
    "\n",
    "\ud83c",
    "\udf63x",
    "段落1",
    "Paragraph 1",
    "a b.\nc",
    "constructor",
    "__proto__",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const scalar = fc.oneof(number, string, fc.constantFrom(undefined, true, 1n));
const entry = fc.oneof(scalar, fc.constant(null));
const array = fc.oneof(
  fc.array(number, { maxLength: 6 }),
  fc.array(string, { maxLength: 3 }),
  fc.array(entry, { maxLength: 4 }),
  fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 3 }),
  fc.array(number, { maxLength: 6 }).map((entries) => Float32Array.from(entries)),
  fc.array(number, { maxLength: 6 }).map((entries) => Float64Array.from(entries)),
  fc.array(number, { maxLength: 6 }).map((entries) => Uint16Array.from(entries)),
  fc.constantFrom(
    new BigInt64Array(2),
    new DataView(new ArrayBuffer(4)),
    new Set([1]),
    { length: 2 },
    { length: -1 },
  ),
);
const keys = [
  "size",
  "groups",
  "offsets",
  "names",
  "name",
  "x",
  "y",
  "dtype",
  "rows",
  "columns",
  "q",
  "p",
  "expected",
  "fitted",
  "bins",
  "tokenize",
  "smooth",
  "smoothValue",
  "maxOrder",
  "lowercase",
  "types",
  "stemmer",
  "charOrder",
  "wordOrder",
  "beta",
  "samples",
  "seed",
  "bytes",
  "bitsPerByte",
  "tokens",
  "vocabulary",
  "prediction",
  "answers",
  "length",
  "classes",
  "segment",
  "counts",
  "sums",
  "settings",
  "segments",
  "references",
  "nats",
  "kind",
  "version",
  "dot",
  "xx",
  "yy",
];
const record = fc.dictionary(fc.constantFrom(...keys), fc.oneof(entry, array), {
  maxKeys: 4,
  noNullPrototype: true,
});
const any = (n: number): fc.Arbitrary<number[]> => fc.array(number, { minLength: n, maxLength: n });
/** What gets further: lists of one length, with something after them. */
const alike = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.tuple(any(n), any(n), fc.oneof(number, record, any(n), fc.constant([n]))));
const anything = fc.oneof(scalar, array, record, fc.array(record, { maxLength: 2 }));

/** NaN in a result, wherever it is. */
function hasNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (ArrayBuffer.isView(value))
    return !(value instanceof DataView) && Array.from(value as Float64Array).some((v) => hasNaN(v));
  if (typeof value === "object" && value !== null) return Object.values(value).some((part) => hasNaN(part));
  return false;
}

const entries: Record<string, object> = { main, kernel, longbench, sparsity, tests, text };
const functions = Object.entries(entries).flatMap(([from, names]) =>
  Object.entries(names).flatMap(([name, value]): [string, (...args: unknown[]) => unknown][] =>
    typeof value !== "function" || name === "MetricsError" || name === "chineseWords"
      ? []
      : [[`${name} of ${from}`, value as (...args: unknown[]) => unknown]],
  ),
);

/** Runs a call, and what it gave must have no NaN. */
function attempt(run: () => unknown): void {
  try {
    expect(hasNaN(run())).toBe(false);
  } catch (error) {
    expect(error).toBeInstanceOf(main.MetricsError);
  }
}
const isClass = (name: string): boolean => /^[A-Z]/.test(name);

describe("whatever it is called with,", () => {
  test.each(functions)("%s gives no NaN, and throws nothing but a MetricsError", (name, run) => {
    fc.assert(
      fc.property(fc.oneof(fc.array(anything, { maxLength: 4 }), alike), (args) =>
        attempt(() => (isClass(name) ? Reflect.construct(run, args) : run(...args))),
      ),
      { numRuns: 300 },
    );
  });

  test.each(functions.filter(([name]) => isClass(name)))("an accumulator of %s stays one", (name, make) => {
    const fresh = (): Accumulator =>
      Reflect.construct(make, name.startsWith("Longbench") ? ["qasper"] : []) as Accumulator;
    fc.assert(
      fc.property(fc.array(fc.array(anything, { maxLength: 3 }), { maxLength: 4 }), record, (calls, json) => {
        const sums = fresh();
        for (const args of calls) attempt(() => sums.add(...args));
        attempt(() => sums.merge({ ...(fresh().toJSON() as object), ...json }));
        attempt(() => sums.finish());
        expect(hasNaN(sums.toJSON())).toBe(false);
        // What it has written can be read.
        fresh().merge(JSON.parse(JSON.stringify(sums)));
      }),
      { numRuns: 300 },
    );
  });
});

interface Accumulator {
  add(...args: unknown[]): unknown;
  merge(json: unknown): unknown;
  finish(): unknown;
  toJSON(): unknown;
}
