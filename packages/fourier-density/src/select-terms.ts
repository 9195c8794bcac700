import { MOST_TERMS } from "./amplitude.ts";
import { BinnedSamples } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import {
  type Evidence,
  evidenceOf,
  freedom,
  mostByBins,
  problemOf,
  ROUGH,
  solve,
  WHOLE,
} from "./evidence.ts";
import { examined } from "./maximum-likelihood.ts";
import { type DataOptions, prepare } from "./prepare.ts";
import { checkNumbers, type Samples } from "./samples.ts";
import { bestOf, scored, type TermsScore } from "./search-terms.ts";
import type { Support } from "./support.ts";
import { withoutAtoms } from "./ties.ts";

export interface SelectTermsOptions extends DataOptions {
  /**
   * - `"aic"`: what `fit` goes by: Akaike's estimate with the effective number of parameters, and some caution;
   * - `"cross-validation"`: what fits to all but one of some folds lose on that one;
   * - `"held-out"`: what fits lose on other samples, `heldOut`.
   *
   * Default: `"held-out"` where there is `heldOut`, else `"aic"`.
   */
  readonly criterion?: "aic" | "cross-validation" | "held-out" | undefined;
  /** The numbers of terms to compare. Default: 0, 1, 2, 3, 4, 6, 8, 11, 16, … 64. */
  readonly candidates?: readonly number[] | undefined;
  /** Into how many parts samples go in turns, from 2 to 100. Default: 5. */
  readonly folds?: number | undefined;
  readonly heldOut?: Samples | BinnedSamples | undefined;
}

export interface TermsSelection {
  readonly terms: number;
  /** The support of all fits that were compared: to be given to `fit` with the terms. */
  readonly support: Support;
  /** One of each candidate. */
  readonly scores: readonly TermsScore[];
}

const CANDIDATES = [0, 1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64];

/**
 * Compares numbers of terms. `fit` with `terms: "auto"` does so by `"aic"`, over more numbers.
 *
 * @throws {@link DensityError} as `fit` does; `argument` for cross-validation of binned samples, or with ranges.
 */
export function selectTerms(data: Samples | BinnedSamples, options: SelectTermsOptions = {}): TermsSelection {
  const { criterion = options.heldOut === undefined ? "aic" : "held-out", folds = 5 } = options;
  const candidates = checkedCandidates(options.candidates ?? CANDIDATES);
  const { support, evidence, most, atoms } = prepare(data, options, undefined);
  if (evidence === undefined) return { terms: 0, support, scores: [] };
  const bin = (samples: Samples, weights?: Samples) => {
    const rest = withoutAtoms(samples, weights, atoms, support);
    return new BinnedSamples(support, evidence.histogram.bins).add(rest.samples, rest.weights);
  };
  const pairs = splits(criterion, data, evidence, bin, { ...options, folds });
  const possible = candidates.filter(
    (terms) =>
      terms <= most &&
      pairs.every(([from]) => freedom(from, terms) <= from.count && terms <= mostByBins(from)),
  );
  const scores = possible.map((terms): TermsScore => {
    const entry = scored(evidence, terms, solve(evidence, terms, 0, ROUGH));
    if (criterion === "aic") return entry;
    let [loss, weight] = [0, 0];
    for (const [from, to] of pairs) {
      const { amplitude } = solve(from, terms, 0, ROUGH);
      const value = examined(problemOf(to, terms, 0, WHOLE), amplitude).loss;
      loss += to.weight * value - to.histogram.logReference;
      weight += to.weight;
    }
    return { ...entry, score: (evidence.count * loss) / weight };
  });
  if (scores.length === 0)
    throw new DensityError("degenerate", "there are too few samples for any of the candidates");
  return { terms: bestOf(scores).terms, support, scores };
}

/** What to fit to, and what to look at then. */
function splits(
  criterion: string,
  data: Samples | BinnedSamples,
  evidence: Evidence,
  bin: (samples: Samples, weights?: Samples) => BinnedSamples,
  { heldOut, folds, weights, ranges }: SelectTermsOptions & { readonly folds: number },
): (readonly [Evidence, Evidence])[] {
  if (criterion === "aic") return [[evidence, evidence]];
  if (criterion === "held-out") {
    if (heldOut === undefined) throw new DensityError("argument", 'criterion "held-out" needs heldOut');
    const binned = heldOut instanceof BinnedSamples ? bin([]).merge(heldOut) : bin(heldOut);
    return [[evidence, evidenceOf(binned)]];
  }
  if (criterion !== "cross-validation")
    throw new DensityError("argument", `a criterion is aic, cross-validation or held-out, not ${criterion}`);
  if (data instanceof BinnedSamples || ranges !== undefined)
    throw new DensityError("argument", "cross-validation needs samples as they are, without ranges");
  if (!Number.isInteger(folds) || folds < 2 || folds > 100 || folds > data.length)
    throw new DensityError(
      "argument",
      `folds must be a whole number from 2 to 100, and at most that of the samples`,
    );
  const part = (list: Samples, fold: number) => Array.from(list).filter((_, i) => i % folds === fold);
  const parts = Array.from({ length: folds }, (_, fold) =>
    bin(part(data, fold), weights === undefined ? undefined : part(weights, fold)),
  );
  return parts.map((test) => {
    const rest = bin([]);
    for (const other of parts) if (other !== test) rest.merge(other);
    return [evidenceOf(rest), evidenceOf(test)] as const;
  });
}

function checkedCandidates(candidates: readonly number[]): readonly number[] {
  checkNumbers(candidates, "candidates");
  if (
    candidates.length === 0 ||
    !candidates.every((terms) => Number.isInteger(terms) && terms >= 0 && terms <= MOST_TERMS)
  )
    throw new DensityError("argument", `candidates must be whole numbers from 0 to ${MOST_TERMS}`);
  return candidates;
}
