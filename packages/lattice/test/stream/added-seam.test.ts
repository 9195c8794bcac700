import { expect, test } from "vitest";
import { encodeStream } from "../../src/stream.ts";
import { readTokenizerJson } from "../../src/huggingface.ts";
import { tokensPart } from "../../src/stream/added-seam.ts";

const plain = { id: 7, singleWord: false, lstrip: false, rstrip: false, normalized: false, special: false };
const seam = (left: string, right: string) => ({ before: [""], left: [left], right: [right], after: [""] });

test("no added token ends at a seam, nor does the white space that one takes along", () => {
  expect(tokensPart([{ ...plain, pattern: "s" }], seam("s", "a"))).toBe(false);
  expect(tokensPart([{ ...plain, pattern: "s", rstrip: true }], seam(" ", "a"))).toBe(false);
  expect(tokensPart([{ ...plain, pattern: "s" }], seam(" ", "a"))).toBe(true);
});

test("white space that must stand alone cannot be told from where a stretch begins anew: refused by name", () => {
  const space = { id: 3, content: " ", single_word: true, lstrip: true, rstrip: false, normalized: false };
  const model = readTokenizerJson({
    added_tokens: [{ ...space, special: false }],
    normalizer: { type: "Prepend", prepend: "a" },
    pre_tokenizer: { type: "WhitespaceSplit" },
    model: {
      type: "WordPiece",
      vocab: { "[UNK]": 0, a: 1, "##a": 2 },
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
    },
  });
  expect(() => encodeStream(model)).toThrow(
    expect.objectContaining({ code: "unsupported", at: 3, message: expect.stringContaining("stand alone") }),
  );
});
