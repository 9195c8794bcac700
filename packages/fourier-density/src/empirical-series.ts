import { AngleGrid } from "./angle-grid.ts";
import { type Evidence, FINE, problemOf } from "./evidence.ts";
import type { Series } from "./series.ts";

/** The series of the nodes themselves, rₙ = mean of e^{−inθ}: that of a measure, so that Jackson's kernel keeps it ≥ 0. */
export function empiricalSeries(evidence: Evidence, terms: number): Series {
  const { shares } = problemOf(evidence, terms, 0, FINE);
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
