import type { RandomSource } from "../density.ts";

/**
 * So many of the values as starting means: the first by its weight, each further one by its weight times the square of
 * its distance to the nearest that was chosen (k-means++, Arthur and Vassilvitskii 2007).
 */
export function dataPoints(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  count: number,
  rng: RandomSource,
): number[] {
  const chosen: number[] = [];
  const score = Float64Array.from(weights);
  for (;;) {
    const total = score.reduce((sum, s) => sum + s, 0);
    let u = rng() * total;
    let i = 0;
    while (i < values.length - 1 && u >= score[i]!) u -= score[i++]!;
    chosen.push(values[i]!);
    if (chosen.length === count) return chosen;
    for (let j = 0; j < values.length; j++) {
      const squared = weights[j]! * (values[j]! - values[i]!) ** 2;
      if (chosen.length === 1 || squared < score[j]!) score[j] = squared;
    }
  }
}
