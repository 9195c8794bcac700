import { latticeOf, type Model, type TextLattice } from "@lemmata/lattice";
import { type DrawOptions, guarded, type RandomSource, shown } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/** Options of draws that know no alpha, since pieces have no scores. */
export interface ScorelessOptions {
  /** Where the randomness comes from; `Math.random` if left out. */
  readonly rng?: RandomSource;
}

/** Options of dropout. */
export interface DropoutOptions extends ScorelessOptions {
  /** With which probability a step of the segmentation is skipped, from 0 to 1; 0.1 is usual. */
  readonly dropout: number;
}

/**
 * The lattice of a text for a model of one of these kinds.
 *
 * @param instead - What there is for models of other kinds.
 * @throws {@link SamplingError} `argument`; `LatticeError` for what is no model or no text.
 */
export function latticeOfKind(
  model: Model,
  text: string,
  kinds: readonly Model["kind"][],
  instead: string,
): TextLattice {
  const kind = model?.kind;
  if (KINDS.has(kind) && !kinds.includes(kind))
    throw new SamplingError("argument", `the model is ${kind}, which this does not draw from: ${instead}`);
  return latticeOf(model, text);
}

const KINDS: ReadonlySet<Model["kind"]> = new Set(["unigram", "bpe", "wordpiece"]);

/** The generator of a draw that knows no alpha. */
export function scorelessRng(options: ScorelessOptions | undefined): RandomSource {
  if ((options as DrawOptions | undefined)?.alpha !== undefined)
    throw new SamplingError(
      "argument",
      "alpha has no meaning for pieces without scores: bpeDropout and maxMatchDropout take a dropout, and " +
        "uniformSample draws all segmentations alike",
    );
  return guarded(options?.rng ?? Math.random);
}

/** The probability of a step's being skipped. */
export function checkedDropout(options: DropoutOptions): number {
  const dropout = options?.dropout;
  if (typeof dropout !== "number" || !(dropout >= 0 && dropout <= 1))
    throw new SamplingError("argument", `dropout must be a number from 0 to 1, got ${shown(dropout)}`);
  return dropout;
}
