import { drawIds, encodeIds, type Model } from "@lemmata/lattice";
import { pathFrom } from "./follow-back.ts";
import { checkedAlpha, type DrawOptions, guarded } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";
import { uniformSample } from "./uniform-sample.ts";

/**
 * The ids of one segmentation of a text, drawn exactly: the throughput path, which makes no lattice. The law is that of
 * `perfectSampler(latticeOf(model, text))`, and so are the draws from the same numbers, but for rounding. Without the
 * special tokens that a tokenizer.json puts around a text.
 *
 * BPE and WordPiece have no scores for alpha to weigh: of their models it takes alpha 0 alone, which is
 * {@link uniformSample}.
 *
 * @throws {@link SamplingError} `argument` for an alpha that is not a number above −∞, `no-path` for a text that the
 * pieces do not cover, `rng`; `LatticeError` of `@lemmata/lattice` for what is no model or no text.
 * @remarks O(text · longest piece), one random number for each piece that there is a choice of. Where no piece goes beyond a
 * word, words that came before at the same alpha cost the draw alone.
 */
export function sampleEncode(model: Model, text: string, options?: DrawOptions): Int32Array {
  const alpha = checkedAlpha(options?.alpha);
  const uniform = guarded(options?.rng ?? Math.random);
  if (model?.kind === "bpe" || model?.kind === "wordpiece") {
    if (alpha === 0) return uniformSample(model, text, { rng: uniform }).ids;
    const dropout = model.kind === "bpe" ? "bpeDropout" : "maxMatchDropout";
    throw new SamplingError(
      "argument",
      `the model is ${model.kind}, and alpha ${alpha} has no meaning for it: use ${dropout}, or uniformSample (alpha 0)`,
    );
  }
  return pathFrom(() =>
    alpha === Infinity
      ? encodeIds(model, text, { ties: "exact", specialTokens: false })
      : drawIds(model, text, { alpha, uniform }),
  );
}
