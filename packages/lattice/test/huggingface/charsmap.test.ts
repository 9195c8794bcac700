import { expect, test } from "vitest";
import { CLUSTERED } from "../../src/pipeline/charsmap.ts";

test("every character that the engine joins with a letter to a grapheme is known to do so", () => {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const unknown: string[] = [];
  for (let first = 0; first < 0xe1000; first += 0x1000) {
    // Nothing is assigned in between, and surrogates are no characters.
    if ((first >= 0x30000 && first < 0xe0000) || first === 0xd000) continue;
    let text = "";
    for (let code = first; code < first + 0x1000; code++)
      for (const pair of ["a" + String.fromCodePoint(code), String.fromCodePoint(code) + "a"])
        text += `${pair}\n`;
    for (const { segment } of graphemes.segment(text))
      if ([...segment].length > 1 && segment !== "\r\n" && !CLUSTERED.test(segment)) unknown.push(segment);
  }
  expect(unknown).toEqual([]);
  expect(CLUSTERED.test("\r\n")).toBe(true);
});
