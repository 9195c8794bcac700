import { expect, test } from "vitest";
import { normalizeSeam } from "../../src/stream/normalize-seam.ts";

const at = (left: string, right: string, after = "") => ({
  before: [],
  left: [left],
  right: [right],
  after: after === "" ? [] : [after],
});

test("no canonical composition of this engine's goes across a seam, or leaves its right side uncertain", () => {
  const through = normalizeSeam({ type: "unicode", form: "NFC" });
  let compositions = 0;
  for (let code = 0x80; code < 0x20000; code++) {
    if (code >= 0xac00 && code < 0xd7b0 && code % 29 !== 0) continue;
    if (code >= 0xd800 && code < 0xe000) continue;
    const whole = String.fromCodePoint(code);
    // What it decomposes into in one step, and so what it may be composed of.
    const characters = [...whole.normalize("NFD")];
    for (let cut = 1; cut < characters.length; cut++) {
      const first = [...characters.slice(0, cut).join("").normalize("NFC")].at(-1)!;
      const second = characters[cut]!;
      if ((first + second).normalize("NFC") === first + second) continue;
      compositions++;
      for (const after of ["", "a", " "]) expect(through(at(first, second, after))).toBeUndefined();
      for (const after of ["", second]) expect(through(at("a", first, after))).toBeUndefined();
    }
  }
  expect(compositions).toBeGreaterThan(900);
});

test("a letter is sure to stay what it is where a mark can be seen not to follow", () => {
  const through = normalizeSeam({ type: "unicode", form: "NFC" });
  expect(through(at("x", "e", "z"))).toEqual({ before: [], left: ["x"], right: ["e"], after: [] });
  expect(through(at("x", "e", "\u0301"))).toBeUndefined();
  expect(through(at("x", "e"))).toBeUndefined();
  expect(through(at("x", ","))).toEqual(at("x", ","));
  expect(through(at("\r", "\n"))).toBeUndefined();
});

test("what a step may take out or put in place is kept in view", () => {
  const dots = normalizeSeam({ type: "replace", pattern: "\\.{2,}", content: "…" });
  expect(dots(at("x", ".", "y"))).toEqual({ before: [], left: ["x"], right: [".", "…"], after: [] });
  expect(dots(at(".", "."))).toBeUndefined();
  const quotes = normalizeSeam({ type: "replace", pattern: "``", content: '"' });
  expect(quotes(at("`", "x", "y"))).toEqual({
    before: ["\u200d"],
    left: ["`", '"'],
    right: ["x"],
    after: ["y"],
  });
  expect(normalizeSeam({ type: "remove", pattern: "[xy]" })(at("x", "a"))).toBeUndefined();
  expect(normalizeSeam({ type: "lowercase" })(at("Σ", "İ", "X"))).toEqual({
    before: [],
    left: ["σ"],
    right: ["i"],
    after: ["\u0307", "x"],
  });
  const strip = normalizeSeam({ type: "strip", left: true, right: false });
  expect(strip(at(" ", "x"))).toBeUndefined();
  expect(strip(at("x", " "))).toEqual(at("x", " "));
});

test("a pattern of which nothing is certain is refused by name", () => {
  expect(() => normalizeSeam({ type: "replace", pattern: "(?<=a)b", content: "" })).toThrow(
    expect.objectContaining({ code: "unsupported", message: expect.stringContaining("(?<=a)b") }),
  );
});
