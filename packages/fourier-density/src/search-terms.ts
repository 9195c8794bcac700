import { type Evidence, freedom, mostByBins, ROUGH, solve } from "./evidence.ts";
import type { Solution } from "./maximum-likelihood.ts";

/** How a number of terms does. */
export interface TermsScore {
  readonly method: "likelihood" | "jackson";
  readonly terms: number;
  /** Σ log p(x), weighted. */
  readonly logLikelihood: number;
  /** The effective number of parameters. */
  readonly parameters: number;
  /**
   * What is to be small, in nats in all. By `"aic"`: for the greatest likelihood the loss and a half more than Akaike's cost
   * of the parameters, for Jackson estimates the loss on each sample when it is left out.
   */
  readonly score: number;
}

export interface TermsSearch {
  readonly best: TermsScore;
  readonly solution: Solution;
  readonly scores: readonly TermsScore[];
}

export interface TermsSearchOptions {
  /** The number of terms to begin with, and the last. */
  readonly from?: number;
  readonly to?: number;
  /** What a number of terms is multiplied by to get the next one. */
  readonly step: number;
  readonly roughness: number;
}

/**
 * By what the cost of a parameter is more than Akaike's: the best of many numbers of terms and scales is taken, and those
 * with too many terms are often the luckiest.
 */
export const CAUTION = 1.5;
/** What a parameter that is not in effect costs, in nats: of equals, those with few terms are taken. */
const IDLE = 0.1;

/** The most terms that are tried. */
const MOST = 512;

/**
 * The number of terms with the best score, from few to many.
 *
 * @remarks Ends where nothing better has come up to twice the best number, and not before 24: the claws of a claw
 * do not show at all with a few terms.
 */
export function searchTerms(evidence: Evidence, options: TermsSearchOptions): TermsSearch {
  const { from = 0, step, roughness } = options;
  const most = Math.min(options.to ?? MOST, Math.floor(evidence.count / 4), mostByBins(evidence));
  const scores: TermsScore[] = [];
  let best: { entry: TermsScore; solution: Solution } | undefined;
  for (
    let terms = Math.min(from, most);
    terms <= most;
    terms = Math.max(terms + 1, Math.round(terms * step))
  ) {
    if (best !== undefined && terms > Math.max(24, 2 * best.entry.terms)) break;
    const solution = solve(evidence, terms, roughness, ROUGH, best?.solution.amplitude);
    const entry = scored(evidence, terms, solution);
    scores.push(entry);
    if (best === undefined || entry.score < best.entry.score) best = { entry, solution };
  }
  return { best: best!.entry, solution: best!.solution, scores };
}

/**
 * Akaike's estimate, with the correction for small samples of Hurvich and Tsai (Biometrika 76, 1989), and with the
 * number of parameters that are in effect: those of a part of the circle without samples do next to no harm.
 */
export function scored(evidence: Evidence, terms: number, solution: Solution): TermsScore {
  const { histogram, weight, count } = evidence;
  const logLikelihood = histogram.logReference - weight * solution.loss;
  const parameters = solution.parameters;
  const idle = freedom(evidence, terms) - parameters;
  const room = count - parameters - 1;
  const correction = room > 0 ? (parameters * (parameters + 1)) / room : Infinity;
  return {
    method: "likelihood",
    terms,
    logLikelihood,
    parameters,
    score: (-count * logLikelihood) / weight + CAUTION * (parameters + correction) + IDLE * idle,
  };
}

/** The first of those with the least score. */
export function bestOf(scores: readonly TermsScore[]): TermsScore {
  return scores.reduce((least, entry) => (entry.score < least.score ? entry : least));
}
