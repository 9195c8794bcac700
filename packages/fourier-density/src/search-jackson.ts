import { AngleGrid } from "./angle-grid.ts";
import { DensityError } from "./density-error.ts";
import { empiricalSeries } from "./empirical-series.ts";
import { type Evidence, FINE, mostByBins, problemOf } from "./evidence.ts";
import { jackson } from "./jackson.ts";
import { examined } from "./maximum-likelihood.ts";
import { bestOf, CAUTION, type TermsScore, type TermsSearch } from "./search-terms.ts";
import type { Series } from "./series.ts";
import { spectralFactor } from "./spectral-factor.ts";

/** What a sample of its own weight alone leaves of a density without it, at least: all below is rounding. */
const LEAST = 1e-12;

/** The Jackson estimate of given terms, or of those of the best score: looked for from few to many. */
export function jacksonSearch(evidence: Evidence, terms: number | undefined, most: number): TermsSearch {
  if (evidence.ranges !== undefined) throw new DensityError("argument", 'method "jackson" takes no ranges');
  if (terms !== undefined) return jacksonOf(evidence, scoreJackson(evidence, [terms]));
  const least = Math.min(1, most);
  const steps = Array.from({ length: 20 }, (_, i) => Math.round(least * Math.SQRT2 ** i));
  return jacksonOf(evidence, scoreJackson(evidence, bearable(evidence, steps, most)));
}

/** What the terms of greatest likelihood are multiplied by for Jackson estimates: their kernel blurs, as few terms do. */
const MULTIPLES = [1, Math.SQRT2, 2, 2 * Math.SQRT2, 4, 4 * Math.SQRT2];

/** By how much a Jackson estimate must be better, in nats: such estimates are compared with some uncertainty. */
const MARGIN = 3;

/**
 * A Jackson estimate if it loses less on new samples: it does where a density has a jump or finer and finer parts, so that
 * no number of terms is enough.
 */
export function orJackson(evidence: Evidence, search: TermsSearch, most: number): TermsSearch {
  const { best } = search;
  const candidates = MULTIPLES.map((multiple) => Math.round(multiple * best.terms));
  const scores = scoreJackson(evidence, bearable(evidence, candidates, most));
  // The caution is about the many numbers of terms that were compared, and of them the luckiest is taken; here that is MARGIN.
  const loss = (-evidence.count * best.logLikelihood) / evidence.weight;
  const bar = loss + (best.score - loss) / CAUTION - MARGIN;
  const all = [...search.scores, ...scores];
  return scores.some(({ score }) => score < bar)
    ? { ...jacksonOf(evidence, scores), scores: all }
    : { ...search, scores: all };
}

/** Those numbers of terms that samples and bins bear, each once. */
function bearable(evidence: Evidence, candidates: readonly number[], most: number): readonly number[] {
  return [...new Set(candidates)].filter((terms) => terms <= Math.min(most, mostByBins(evidence)));
}

/** The Jackson estimate of the best of some scores. */
function jacksonOf(evidence: Evidence, scores: readonly TermsScore[]): TermsSearch {
  const best = bestOf(scores);
  const problem = problemOf(evidence, best.terms, 0, FINE);
  const amplitude = spectralFactor(jackson(empiricalSeries(problem.shares, best.terms)), problem.even);
  return { best, solution: examined(problem, amplitude), scores };
}

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
  const q = valuesOf(jackson(empiricalSeries(shares, terms)), nodes);
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
    // Without the only sample there is nothing to go by.
    score: count > 1 ? -count * (histogram.logReference / weight + outside) : Infinity,
  };
}

/** The series of a single sample at the angle 0. */
function unit(terms: number): Series {
  return { re: new Float64Array(terms + 1).fill(1), im: new Float64Array(terms + 1) };
}

/** The values of a series at equally spaced angles, in order. */
function valuesOf(series: Series, nodes: number): Float64Array {
  const grid = new AngleGrid(nodes, series.re.length - 1, false);
  const values = new Float64Array(nodes);
  grid.seriesValues(series).forEach((value, place) => (values[grid.node(place)] = value));
  return values;
}
