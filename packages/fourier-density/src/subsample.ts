import type { Samples } from "./samples.ts";

/** How many samples are enough for quartiles and for finding ties. */
const ENOUGH = 4096;

/** The places of at most 4096 of n samples, the same at every call: multiples of the golden section. */
export function places(n: number): Float64Array {
  const count = Math.min(n, ENOUGH);
  return Float64Array.from({ length: count }, (_, i) =>
    count === n ? i : Math.floor(((i * 0.618033988749895) % 1) * n),
  );
}

/**
 * The most terms that samples bear whose values come again and again (rounded or counted data): a quarter of how many
 * different ones there are. Without bound where most values come once.
 */
export function mostTerms(samples: Samples): number {
  const drawn = subsample(samples);
  const different = new Set(drawn).size;
  return different < drawn.length / 2 ? Math.floor(different / 4) : Infinity;
}

/** A copy of the samples at these places. */
export function subsample(samples: Samples): Float64Array {
  return places(samples.length).map((place) => samples[place]!);
}
