import { requireModel, type Model } from "../model/model.ts";
import type { Encoding } from "../segment/emit.ts";
import { segmented } from "../segment/encode.ts";
import { fillTemplate, type PairEncoding, trimmed } from "../segment/special-tokens.ts";
import { type TextOrPair, textsOf } from "./text-or-pair.ts";
import { rowPlans, type TruncationOptions, type Window } from "./truncation.ts";

/** A row of at most `maxLength` ids, special tokens among them. A part of a segmentation has no score of its own. */
export type EncodingRow = Omit<PairEncoding, "score">;

/** A text, or a pair of texts, cut to a length. */
export interface TruncatedEncoding {
  /** What is kept. */
  readonly encoding: EncodingRow;
  /** What was cut, in rows of the same form, from the kept part on; empty if nothing was. */
  readonly overflow: readonly EncodingRow[];
}

/**
 * Encodes a text, or a pair of texts, in at most `maxLength` ids, and gives what was cut in rows of its own. Texts are cut
 * before special tokens go around them, so that each row has these whole.
 *
 * @throws {@link LatticeError} `argument` for bad options: `maxLength` below the number of special tokens, a `stride` that
 * leaves no room for new pieces, a strategy that cannot cut enough; else as `encode`.
 * @remarks As Hugging Face's `tokenizers`, overflowing rows included, but that their type ids are the template's too. Where
 * both texts of a pair are cut, each part of the one is put together with each part of the other.
 */
export function encodeTruncated(
  model: Model,
  text: TextOrPair,
  options?: TruncationOptions,
): TruncatedEncoding {
  requireModel(model);
  const texts = textsOf(text);
  const { template, rows } = rowPlans(model, options, true)(texts.length === 1 ? "single" : "pair");
  const encodings = texts.map((one) => segmented(model, one, options));
  const [encoding, ...overflow] = rows(encodings.map(({ ids }) => ids.length)).map((windows): EncodingRow => {
    const parts = windows.map((window, i) => trimmed(model, partOf(encodings[i]!, window), texts[i]!));
    const { ids, pieces, offsets, typeIds, texts: from } = fillTemplate(template, parts);
    return { ids, pieces, offsets, typeIds, texts: from };
  });
  return { encoding: encoding!, overflow };
}

/** Some pieces of a segmentation. */
function partOf({ ids, pieces, offsets, score }: Encoding, [begin, end]: Window): Encoding {
  return {
    ids: ids.subarray(begin, end),
    pieces: pieces.slice(begin, end),
    offsets: offsets.subarray(2 * begin, 2 * end),
    score,
  };
}
