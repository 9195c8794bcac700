import { AngleGrid } from "./angle-grid.ts";
import type { Series } from "./series.ts";

/**
 * The series of shares at equally spaced angles, rₙ = mean of e^{−inθ}: that of a measure, so that Jackson's kernel keeps
 * it ≥ 0.
 */
export function empiricalSeries(shares: Float64Array, terms: number): Series {
  const grid = new AngleGrid(shares.length, terms, false);
  const [re, im] = [new Float64Array(terms + 1), new Float64Array(terms + 1)];
  grid.sums(
    shares.map((_, place) => shares[grid.node(place)]!),
    undefined,
    re,
    im,
  );
  return { re, im: im.map((r) => -r) };
}
