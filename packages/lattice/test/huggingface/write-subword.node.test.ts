import { describe, expect, test } from "vitest";
import { readTokenizerJson, writeTokenizerJson } from "../../src/huggingface.ts";
import { decode, encode } from "../../src/index.ts";
import type { Result } from "./golden.ts";
import { rows, shapes } from "./subword-golden.ts";

// That Hugging Face reads these files and segments alike with them is checked by tools/golden/check_written_json.py.
describe.each(Object.keys(shapes))(
  "a BPE or WordPiece tokenizer.json that is read and written: %s",
  (shape) => {
    const model = readTokenizerJson(shapes[shape]!);
    const again = readTokenizerJson(writeTokenizerJson(model));

    test("is the same model", () => {
      expect(again).toEqual(model);
    });

    test("gives the golden results", () => {
      for (const { text, pair, by } of rows) {
        if (pair !== null) continue;
        const { ids, tokens, offsets, decoded } = by[shape] as Result;
        const got = encode(again, text);
        expect({
          text,
          ids: [...got.ids],
          pieces: got.pieces,
          offsets: [...got.offsets],
          decoded: decode(again, ids),
        }).toEqual({ text, ids, pieces: tokens, offsets, decoded });
      }
    });
  },
);
