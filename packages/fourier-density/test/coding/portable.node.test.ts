import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** All that `decode` computes with. */
const decoding = ["decode", "bits", "bytes", "crc32", "adaptive-rice", "table-format", "symbols", "rans"];

test.each(decoding)("%s computes by what IEEE 754 and ECMAScript specify to the last bit alone", (name) => {
  const commented = readFileSync(new URL(`../../src/coding/${name}.ts`, import.meta.url), "utf8");
  const source = commented.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
  const called = [...source.matchAll(/Math\.(\w+)/g)].map(([, method]) => method!);
  expect(called.filter((method) => !["floor", "ceil", "min", "max"].includes(method))).toEqual([]);
  // Powers are approximations, too, but for those of two that are constants.
  expect(
    [...source.matchAll(/\S+ \*\* \S+/g)].filter(([power]) => !/2 \*\* [\dA-Z_]+\b/.test(power)),
  ).toEqual([]);
});
