import { textLines } from "@lemmata/data";
import { expect, test } from "vitest";
import { textPairs } from "../src/text-pairs.ts";

const text = textLines("botchan");
const pairsOf = (count?: number): [hypothesis: string, reference: string][] =>
  textPairs("English", "Botchan", "botchan", count).lines.map((line) => line.split("\t") as [string, string]);

test("pairs are the lines of a text, each with some of its own words", () => {
  const pairs = pairsOf();
  expect(pairs.map(([, reference]) => reference)).toEqual(text.map((line) => line.replaceAll("\t", " ")));
  for (const [hypothesis, reference] of pairs) {
    const glue = reference.includes(" ") ? " " : "";
    const words = new Set(reference.split(glue));
    expect(hypothesis).not.toBe("");
    expect(hypothesis.split(glue).every((word) => words.has(word))).toBe(true);
  }
});

test("of more pairs than lines the text begins anew, with other hypotheses", () => {
  const pairs = pairsOf(2 * text.length);
  expect(pairs.slice(0, text.length)).toEqual(pairsOf());
  const again = pairs.slice(text.length);
  expect(again.map(([, reference]) => reference)).toEqual(pairsOf().map(([, reference]) => reference));
  const same = again.filter(([hypothesis], i) => hypothesis === pairs[i]![0]);
  expect(same.length).toBeLessThan(text.length / 4);
});
