import type { Model } from "@lemmata/lattice";
import { keyedRng } from "./keyed-rng.ts";
import type { RandomSource } from "./options.ts";
import { sampleEncode } from "./sample-encode.ts";
import { SamplingError } from "./sampling-error.ts";

/** Draws the ids of a text from these random numbers and no others, as `sampleEncode` does. */
export type DrawIds = (
  model: Model,
  text: string,
  options: { readonly alpha: number; readonly rng: RandomSource },
) => Int32Array;

/** Options of {@link lineSampler}. */
export interface LineSamplerOptions {
  /** Inverse temperature, as `sampleEncode` takes it; 1 if left out. */
  readonly alpha?: number;
  /** A safe integer; 0 if left out. */
  readonly seed?: number;
  /** What draws; `sampleEncode` if left out. */
  readonly draw?: DrawIds;
}

/** Draws the ids of a line of a text, in epoch 0 if none is given; both are numbered from 0. */
export type LineSampler = (text: string, line: number, epoch?: number) => Int32Array;

/**
 * Prepares draws that are addressed by epoch and line. Each has random numbers of its own, `keyedRng(seed, epoch, line)`:
 * so any shard, worker or resumed run draws the same ids for the same line, in whatever order lines are asked for, and
 * each epoch draws anew.
 *
 * @throws {@link SamplingError} `argument`, and what `draw` throws for an empty text: a model or an alpha that it refuses.
 * When drawing, `argument` for an epoch or a line that is not a safe integer, and `line` (at: its number; cause: the
 * error) for a text that cannot be drawn from.
 * @remarks As the draw.
 */
export function lineSampler(model: Model, options?: LineSamplerOptions): LineSampler {
  const { alpha = 1, seed = 0, draw = sampleEncode } = options ?? {};
  if (typeof draw !== "function") throw new SamplingError("argument", "draw must be a function");
  draw(model, "", { alpha, rng: keyedRng(seed) });
  return (text, line, epoch = 0) => {
    const rng = keyedRng(seed, epoch, line);
    try {
      return draw(model, text, { alpha, rng });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new SamplingError("line", `epoch ${epoch}, line ${line}: ${why}`, line, error);
    }
  };
}
