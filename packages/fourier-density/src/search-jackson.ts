import { AngleGrid } from "./angle-grid.ts";
import { empiricalSeries } from "./empirical-series.ts";
import { type Evidence, FINE, problemOf } from "./evidence.ts";
import { jackson } from "./jackson.ts";
import type { TermsScore } from "./search-terms.ts";
import type { Series } from "./series.ts";

/** What a sample of its own weight alone leaves of a density without it, at least: all below is rounding. */
const LEAST = 1e-12;

/**
 * How the Jackson estimates of some numbers of terms do, by what they lose on each sample when it is left out. A kernel
 * estimate without one sample is the whole one less the sample's own kernel, so that this takes no more than the estimate.
 *
 * @remarks The score can be compared with Akaike's estimate: both tell what new samples would lose. O(n log n) for n terms.
 */
export function scoreJackson(evidence: Evidence, candidates: readonly number[]): readonly TermsScore[] {
  return candidates.map((terms) => scoreOf(evidence, terms));
}

function scoreOf(evidence: Evidence, terms: number): TermsScore {
  const { histogram, weight, count } = evidence;
  const { shares, even } = problemOf(evidence, terms, 0, FINE);
  const nodes = shares.length;
  const q = valuesOf(jackson(empiricalSeries(evidence, terms)), nodes);
  const kernel = valuesOf(jackson(unit(terms)), nodes);
  let [inside, outside, own] = [0, 0, 0];
  for (let node = 0; node < nodes; node++) {
    const share = shares[node]!;
    if (share === 0) continue;
    // On an interval half of each sample lies at its mirror image.
    const itself = even ? (kernel[0]! + kernel[(2 * node) % nodes]!) / 2 : kernel[0]!;
    const without = Math.max(q[node]! - itself / count, LEAST * itself) / (1 - 1 / count);
    inside += share * Math.log(q[node]!);
    outside += share * Math.log(without);
    own += (share * itself) / q[node]!;
  }
  return {
    method: "jackson",
    terms,
    logLikelihood: histogram.logReference + weight * inside,
    parameters: Math.max(own - 1, 0),
    score: -count * (histogram.logReference / weight + outside),
  };
}

/** The series of a single sample at the angle 0. */
function unit(terms: number): Series {
  return { re: new Float64Array(terms + 1).fill(1), im: new Float64Array(terms + 1) };
}

/** 1 + 2 Re Σ rₙ e^{inθ} at so many equally spaced angles. */
function valuesOf({ re, im }: Series, nodes: number): Float64Array {
  const grid = new AngleGrid(nodes, re.length - 1, false);
  const [places, rest] = [new Float64Array(nodes), new Float64Array(nodes)];
  // Re Σ r̄ₙ e^{−inθ}, twice for n ≥ 1.
  grid.values(
    re.map((r, n) => (n === 0 ? r : 2 * r)),
    im.map((r) => -2 * r),
    places,
    rest,
  );
  const values = new Float64Array(nodes);
  places.forEach((value, place) => (values[grid.node(place)] = value));
  return values;
}
