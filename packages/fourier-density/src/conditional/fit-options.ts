import { MOST_TERMS } from "../amplitude.ts";
import { DensityError } from "../density-error.ts";
import { guarded, type RandomSource } from "../random-source.ts";
import type { SupportChoice } from "../support-choice.ts";
import { MOST_HIDDEN } from "./network.ts";

export interface FitConditionalOptions {
  /** Where the targets live, as `fit` has it. Default: `"line"`. */
  readonly support?: SupportChoice | undefined;
  /** The degree of the series. Default: 16. */
  readonly terms?: number | undefined;
  /** Units of the hidden layer; 0 for coefficients that are linear in the features. Default: 16. */
  readonly hidden?: number | undefined;
  /** The share of the rows that is held out to tell when to stop, in (0, 1). Default: 0.1. */
  readonly heldOut?: number | undefined;
  /** How many rounds of training at most: all rows once, or more often where they make less than 100 batches. Default: 200. */
  readonly rounds?: number | undefined;
  /** Uniform on [0, 1): which rows are held out, the hidden layer at first, the order of rows. Default: `Math.random`. */
  readonly rng?: RandomSource | undefined;
  /** Ends the work within some 50 ms, with the signal's reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each round, with how many there were and how many there will be at most. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

type Defaulted = "terms" | "hidden" | "heldOut" | "rounds" | "rng";

export type CheckedOptions = { readonly [Key in Defaulted]: NonNullable<FitConditionalOptions[Key]> } & Pick<
  FitConditionalOptions,
  "signal" | "onProgress"
>;

/**
 * Options with their defaults, after a look at them.
 *
 * @throws {@link DensityError} `argument`. The reason of the signal.
 */
export function checkedOptions(options: FitConditionalOptions): CheckedOptions {
  const {
    terms = 16,
    hidden = 16,
    heldOut = 0.1,
    rounds = 200,
    rng = Math.random,
    signal,
    onProgress,
  } = options;
  whole(terms, "terms", 1, MOST_TERMS);
  whole(hidden, "hidden", 0, MOST_HIDDEN);
  whole(rounds, "rounds", 0, Number.MAX_SAFE_INTEGER);
  if (!(heldOut > 0 && heldOut < 1))
    throw new DensityError("argument", `heldOut must be in (0, 1), got ${heldOut}`);
  signal?.throwIfAborted();
  return { terms, hidden, heldOut, rounds, rng: guarded(rng), signal, onProgress };
}

function whole(value: number, name: string, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw new DensityError(
      "argument",
      `${name} must be a whole number from ${least} to ${most}, got ${String(value)}`,
    );
}
