import { entropy, expectation, latticeOf, type Model, type TextLattice } from "@lemmata/lattice";
import { SamplingError } from "./sampling-error.ts";

/** What {@link recommendAlpha} aims at, one of the two. */
export type AlphaTarget =
  | {
      /** How many times as many pieces sampling may give as at alpha = 1, on average over the texts; 1.1 for 10% more. */
      readonly inflation: number;
    }
  | {
      /** Entropy of a text's segmentation in nats, on average over the texts. */
      readonly entropy: number;
    };

/** What {@link recommendAlpha} finds. */
export interface AlphaRecommendation {
  readonly alpha: number;
  /** Expected pieces of all texts at this alpha, and at alpha = 1. */
  readonly pieces: number;
  readonly piecesAtOne: number;
  /** Mean entropy of a text at this alpha, in nats. */
  readonly entropy: number;
}

/**
 * The alpha that gives sampled segmentations the price or the variety one is willing to have, on texts like one's own:
 * computed exactly, without sampling. Small alphas are costly: at 0.1 a text can take twice its tokens.
 *
 * @param texts - A sample of lines; a few hundred tell enough.
 * @throws {@link SamplingError} `argument`: no text, a BPE or WordPiece model, or a target that no alpha in [0, 10]
 * meets; `LatticeError` of
 * `@lemmata/lattice` for a model or text that it refuses.
 * @remarks Bisection on alpha, fifty sweeps over the lattices of the texts. Both quantities fall as alpha grows, from
 * those of the uniform law at 0 (the number of pieces as far as pieces are rarer than their parts, as in a trained
 * model).
 */
export function recommendAlpha(
  model: Model,
  texts: readonly string[],
  target: AlphaTarget,
): AlphaRecommendation {
  if (!Array.isArray(texts) || typeof target !== "object" || target === null)
    throw new SamplingError("argument", "texts must be an array of strings, and target an object");
  if (model?.kind === "bpe" || model?.kind === "wordpiece")
    throw new SamplingError(
      "argument",
      `the model is ${model.kind}, whose pieces have no scores for alpha to weigh`,
    );
  const lattices = texts.map((text) => latticeOf(model, text)).filter((lattice) => lattice.length > 0);
  if (lattices.length === 0) throw new SamplingError("argument", "there is no text to measure on");
  const piecesAtOne = piecesOf(lattices, 1);
  const wanted = "inflation" in target ? target.inflation * piecesAtOne : target.entropy;
  const measured = (alpha: number): number =>
    "inflation" in target ? piecesOf(lattices, alpha) : entropyOf(lattices, alpha);
  let low = 0;
  let high = 10;
  if (!(measured(low) >= wanted && measured(high) <= wanted))
    throw new SamplingError(
      "argument",
      `no alpha meets the target: it lies between ${bound(measured(high))} (alpha 10) and ${bound(measured(low))} (alpha 0)`,
    );
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (measured(middle) > wanted) low = middle;
    else high = middle;
  }
  return { alpha: high, pieces: piecesOf(lattices, high), piecesAtOne, entropy: entropyOf(lattices, high) };

  function bound(value: number): string {
    return ("inflation" in target ? value / piecesAtOne : value).toPrecision(4);
  }
}

function piecesOf(lattices: readonly TextLattice[], alpha: number): number {
  return lattices.reduce((sum, lattice) => sum + expectation(lattice, () => 1, { alpha }).mean, 0);
}

function entropyOf(lattices: readonly TextLattice[], alpha: number): number {
  return lattices.reduce((sum, lattice) => sum + entropy(lattice, { alpha }), 0) / lattices.length;
}
