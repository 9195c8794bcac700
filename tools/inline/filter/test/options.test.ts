import { expect, test } from "vitest";
import { UsageError } from "../src/faults.ts";
import { formatOf, rowFormatOf } from "../src/formats.ts";
import { integerOption, numberOption, threadsOf } from "../src/options.ts";

test("an integer is one within its bounds, in decimal", () => {
  expect(integerOption("seed", "-7", -10, 10)).toBe(-7);
  expect(integerOption("seed", String(Number.MAX_SAFE_INTEGER), 0)).toBe(Number.MAX_SAFE_INTEGER);
  for (const value of ["", " ", "1.5", "1e3", "0x10", "two", "-", "11", "9007199254740993"])
    expect(() => integerOption("seed", value, 0, 10)).toThrow(UsageError);
  expect(() => threadsOf("0")).toThrow('--threads must be an integer from 1 to 256, got "0"');
});

test("a number is finite, in any form", () => {
  expect(["-0.5", "1e-3", " 2 "].map((value) => numberOption("alpha", value))).toEqual([-0.5, 0.001, 2]);
  for (const value of ["", " ", "hot", "Infinity", "NaN"])
    expect(() => numberOption("alpha", value)).toThrow(`--alpha must be a number, got "${value}"`);
});

test("numbers of numpy's arrays have the bits that the model needs, and u16 is refused if it has too few", () => {
  expect(rowFormatOf("npy", 65_536)).toBe("u16");
  expect(rowFormatOf("npy", 65_537)).toBe("u32");
  expect(rowFormatOf("u16", 65_536)).toBe("u16");
  expect(() => rowFormatOf("u16", 65_537)).toThrow("too many for u16, use u32");
  expect(() => formatOf("npy", undefined)).toThrow(UsageError);
  expect(formatOf("npy", "ids.npy")).toBe("npy");
});
