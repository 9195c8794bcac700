import type { FourierDensity } from "../../fourier-density.ts";
import { intoPeriod } from "../../support.ts";
import type { NumberBlock } from "../numbers/number-block.ts";
import type { View } from "./view.ts";

/** A histogram on the scale of a density. */
export interface Bars {
  /** How many numbers there are, in the view or not. */
  readonly count: number;
  /** Of bars of one width, from the view's left end to its right. */
  readonly heights: Float64Array;
}

/**
 * The histogram of samples over a view. What lies beyond counts for the scale alone, and so do samples at an atom of the
 * density, which has a mass and no height.
 */
export async function barsOf(
  blocks: AsyncIterable<NumberBlock>,
  density: FourierDensity,
  { from, to }: View,
  bins: number,
): Promise<Bars> {
  const { support } = density;
  const atoms = new Set(density.atoms.values);
  const heights = new Float64Array(bins);
  let [count, total] = [0, 0];
  for await (const { values, weights } of blocks) {
    count += values.length;
    for (let i = 0; i < values.length; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      const x = support.kind === "circle" ? intoPeriod(support, values[i]!) : values[i]!;
      total += weight;
      if (x >= from && x <= to && !atoms.has(x))
        heights[Math.min(Math.floor((bins * (x - from)) / (to - from)), bins - 1)]! += weight;
    }
  }
  const scale = total > 0 ? bins / (total * (to - from)) : 0;
  return { count, heights: heights.map((weight) => weight * scale) };
}
