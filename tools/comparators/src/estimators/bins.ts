import { unfit } from "./moments.ts";

/** Samples as shares of the nodes of an even grid. */
export interface Bins {
  readonly lower: number;
  readonly step: number;
  /** For each node; the sum is 1. */
  readonly shares: Float64Array;
  /** How many samples there were. */
  readonly count: number;
}

/**
 * Linear binning: each sample is shared between its two neighbours, so that sums over samples of functions that hardly
 * bend within a step become sums over nodes. The grid reaches a tenth of the samples' range beyond them on both sides.
 *
 * @param samples - Finite, not all equal.
 * @param nodes - How many; a power of two for {@link sheatherJonesBandwidth}.
 */
export function binned(samples: ArrayLike<number>, nodes = 2 ** 14): Bins {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < samples.length; i++) {
    smallest = Math.min(smallest, samples[i]!);
    largest = Math.max(largest, samples[i]!);
  }
  if (!(largest > smallest && largest - smallest < Infinity)) throw unfit();
  const margin = (largest - smallest) / 10;
  const lower = smallest - margin;
  const step = (largest + margin - lower) / (nodes - 1);
  const shares = new Float64Array(nodes);
  for (let i = 0; i < samples.length; i++) {
    const place = (samples[i]! - lower) / step;
    const node = Math.floor(place);
    shares[node]! += (1 - (place - node)) / samples.length;
    shares[node + 1]! += (place - node) / samples.length;
  }
  return { lower, step, shares, count: samples.length };
}
