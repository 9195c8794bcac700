import { modelBytes } from "@lemmata/data";
import { expect, test } from "vitest";
import { sameIds } from "../contestants/same-ids.ts";
import { equalLines, equalTexts, nearNumbers } from "../src/check.ts";

test("equalLines counts the lines that differ, also those that one side lacks, and shows the first five", () => {
  expect(equalLines(["a", "b", "c"], ["a", "x"])).toEqual({
    lines: 3,
    differing: 2,
    examples: [
      { line: 2, expected: "b", got: "x" },
      { line: 3, expected: "c", got: "(no line)" },
    ],
  });
  expect(equalLines(Array(9).fill("a"), []).examples).toHaveLength(5);
});

test("equalTexts compares what the pieces make up, and says how many more pieces there are", () => {
  expect(equalTexts(["2\tab", "2\tcd"], ["3\tab", "2\tcx"])).toMatchObject({
    differing: 1,
    note: "pieces drawn +25.00 %",
  });
});

test("sameIds tells ties of score from other differences", () => {
  const input = { name: "", description: "", model: modelBytes("trained_en_8000"), lines: [] };
  expect(sameIds(["10 20 30"], ["30 20 10"], input)).toMatchObject({
    differing: 1,
    note: "all ties of score",
  });
  expect(sameIds(["10 20", "5 6"], ["10 21", "6 5"], input)).toMatchObject({
    differing: 2,
    note: "1 ties of score",
  });
  expect(sameIds(["10 20"], ["10 20"], input)).not.toHaveProperty("note");
});

test("nearNumbers takes numbers for equal that are within 1e-9, and tells the largest distance", () => {
  expect(nearNumbers(["0.5", "1"], ["0.5000000001", "1"])).toMatchObject({
    differing: 0,
    note: "off by 1.0e-10",
  });
  expect(nearNumbers(["0.5", "1"], ["0.5", "1.00003"])).toMatchObject({
    differing: 1,
    note: "off by 3.0e-5",
    examples: [{ line: 2, expected: "1", got: "1.00003" }],
  });
});
