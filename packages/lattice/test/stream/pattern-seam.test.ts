import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { translate } from "../../src/huggingface/ruby-pattern.ts";
import { eachMatch } from "../../src/pipeline/patterns.ts";
import { PatternSeam } from "../../src/stream/pattern-seam.ts";

const matchesOf = (pattern: RegExp, text: string, from = 0): string[] => {
  const found: string[] = [];
  eachMatch(pattern, text, (begin, end) => found.push(`${from + begin}–${from + end}`));
  return found;
};
const letters = ["a", "b", "c"];
/** All texts of up to so many letters. */
const texts = (length: number): string[] =>
  length === 0 ? [""] : ["", ...texts(length - 1).flatMap((text) => letters.map((letter) => letter + text))];
const sides = [...new Set(texts(2))];

describe("what is said of a pattern holds in every text", () => {
  const atom = fc.constantFrom("a", "b", "[ab]", "[^a]", "[^b]", "(?!a)", "(?=b)", "$");
  const repeat = fc.constantFrom("", "", "+", "*", "?", "{2}", "{1,2}", "+?", "??", "++", "?+", "*+");
  const sequence = fc
    .array(fc.tuple(atom, repeat), { minLength: 1, maxLength: 3 })
    .map((terms) => terms.map(([term, times]) => (/[$?]/.test(term) ? term : term + times)).join(""));
  const either = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((all) => all.join("|"));
  const nested = fc
    .tuple(either, repeat, either)
    .map(([inside, times, rest]) => `(?:${inside})${times}${rest}`);

  test("for random patterns and all texts of up to two letters more on either side of a seam", () => {
    let told = 0;
    fc.assert(
      fc.property(fc.oneof(either, nested), (source) => {
        const pattern = translate(source);
        const seam = pattern === undefined ? undefined : PatternSeam.of(pattern);
        if (seam === undefined) return;
        const search = new RegExp(pattern!, "gu");
        for (const left of letters)
          for (const right of letters) {
            if (!seam.parts(left, right)) continue;
            told++;
            for (const before of sides)
              for (const after of sides) {
                const [one, other] = [before + left, right + after];
                const apart = [...matchesOf(search, one), ...matchesOf(search, other, one.length)];
                const found = matchesOf(search, one + other);
                if (found.join() !== apart.join())
                  expect({ source, one, other, found }).toEqual({ found: apart });
              }
          }
        for (const letter of letters) {
          const covers = seam.covers(letter);
          if (covers === undefined) continue;
          for (const before of sides)
            for (const after of sides) {
              let isIn = false;
              eachMatch(search, before + letter + after, (begin, end) => {
                isIn ||= begin <= before.length && before.length < end;
              });
              if (isIn !== covers) expect({ source, before, letter, after, isIn }).toEqual({ isIn: covers });
            }
        }
      }),
      { numRuns: 1000 },
    );
    expect(told).toBeGreaterThan(600);
  }, 60_000);
});

test.each(["(?<=a)b", "^a", "(?=ab)a", "a*", "(?!a)", "(a)\\1", "(?=a$)a", "\\bx"])(
  "nothing is said of %s",
  (source) => {
    expect(PatternSeam.of(source)).toBeUndefined();
  },
);

const gpt2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+`;
test.each([
  ["a", " ", true],
  ["a", "\n", true],
  ["a", ",", true],
  ["a", "1", true],
  [".", "\n", true],
  ["漢", "。", true],
  [" ", "a", false],
  ["\n", "a", false],
  [" ", " ", false],
  ["a", "b", false],
  ["'", "s", false],
])("GPT-2's pattern parts %j and %j: %s", (left, right, want) => {
  const seam = PatternSeam.of(gpt2)!;
  expect(seam.parts(left, right)).toBe(want);
  expect([left, right].map((character) => seam.covers(character))).toEqual([true, true]);
});
