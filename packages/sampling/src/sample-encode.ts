import { drawIds, type Model } from "@lemmata/lattice";
import { type DrawOptions, guarded } from "./options.ts";
import { SamplingError } from "./sampling-error.ts";

/**
 * The ids of one segmentation of a text, drawn exactly: the throughput path, which makes no lattice. The law is that of
 * `perfectSampler(latticeOf(model, text))`, and so are the draws from the same numbers, but for rounding.
 *
 * @throws {@link SamplingError} `argument` for an alpha that is not finite, `rng`; `LatticeError` of `@lemmata/lattice`
 * for a model or a text that it refuses.
 * @remarks O(text · longest piece), one random number for each piece that there is a choice of.
 */
export function sampleEncode(model: Model, text: string, options?: DrawOptions): Int32Array {
  const alpha = options?.alpha ?? 1;
  if (!Number.isFinite(alpha))
    throw new SamplingError("argument", `alpha must be a finite number, got ${alpha}`);
  return drawIds(model, text, { alpha, uniform: guarded(options?.rng ?? Math.random) });
}
