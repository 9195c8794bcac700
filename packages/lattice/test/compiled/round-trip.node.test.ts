import { describe, expect, test } from "vitest";
import { readCompiledModel, writeCompiledModel } from "../../src/compiled.ts";
import { encodeIds } from "../../src/index.ts";
import { goldenModels } from "./golden-models.ts";

test("there are models of every kind", () => {
  expect(new Set(goldenModels.map(({ read }) => read().kind))).toEqual(
    new Set(["unigram", "bpe", "wordpiece"]),
  );
  expect(goldenModels.length).toBeGreaterThan(50);
});

describe.each(goldenModels)("$name", ({ read, rows }) => {
  const model = read();
  const file = writeCompiledModel(model);
  const again = readCompiledModel(file);

  test("is the same record", () => {
    expect(again).toEqual(model);
    expect(Object.keys(again)).toEqual(Object.keys(model));
  });

  test("becomes the same bytes again", () => {
    expect(writeCompiledModel(again)).toEqual(file);
  });

  test("gives the golden ids", () => {
    for (const { text, ids } of rows())
      expect({ text, ids: [...encodeIds(again, text)] }).toEqual({ text, ids });
  });
});
