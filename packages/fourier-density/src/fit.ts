import { type Amplitude, MOST_TERMS } from "./amplitude.ts";
import { type Atoms, NO_ATOMS } from "./atoms.ts";
import { BinnedSamples } from "./binned-samples.ts";
import { CharacteristicSums } from "./characteristic-sums.ts";
import { DensityError } from "./density-error.ts";
import {
  BINS_PER_TERM,
  type Evidence,
  FINE,
  freedom,
  mostByBins,
  problemOf,
  solve,
  WHOLE,
} from "./evidence.ts";
import { FourierDensity } from "./fourier-density.ts";
import { jackson } from "./jackson.ts";
import { examined, type Solution } from "./maximum-likelihood.ts";
import { type DataOptions, prepare, type Prepared } from "./prepare.ts";
import type { Samples } from "./samples.ts";
import { jacksonSearch, orJackson } from "./search-jackson.ts";
import { scored, searchTerms, type TermsScore, type TermsSearch } from "./search-terms.ts";
import { spectralFactor } from "./spectral-factor.ts";
import type { Support } from "./support.ts";

export interface FitOptions extends DataOptions {
  /** The degree of the series, up to 4096, or `"auto"`: that of the best score. Default: `"auto"`. */
  readonly terms?: number | "auto" | undefined;
  /**
   * γ of a penalty γ ∫ (dq/dR)² dR on the density q relative to the reference law, in nats per sample: the same for every
   * support and unit. Default: 0.
   */
  readonly smoothness?: number | undefined;
  /**
   * `"likelihood"`: the density of greatest likelihood; `"jackson"`: the empirical series times Jackson's kernel, without
   * any optimisation. Default: whichever loses less on new samples, by its score, where the terms are to be chosen and
   * neither `smoothness` nor `ranges` are given; else `"likelihood"`. Of characteristic sums `"jackson"`.
   */
  readonly method?: "likelihood" | "jackson" | undefined;
}

/** How a fit went. */
export interface FitReport {
  /**
   * Σ log p(x) over samples, weighted, and Σ log P over ranges, in nats; what is an atom has its mass for p. Undefined
   * for characteristic sums, as are `parameters` and `gap`.
   */
  readonly logLikelihood: number | undefined;
  readonly method: "likelihood" | "jackson";
  readonly terms: number;
  /** How many parameters are in effect: at most twice the terms, the terms on an interval. */
  readonly parameters: number | undefined;
  /**
   * No density on this support with these terms has a likelihood (less the penalty) higher than this by more, in nats per
   * sample.
   */
  readonly gap: number | undefined;
  readonly iterations: number;
  /** All numbers of terms that were tried, where they were to be chosen. */
  readonly scores: readonly TermsScore[];
}

/** A density that was fitted, with a report of how. */
export class FittedDensity extends FourierDensity {
  readonly report: FitReport;

  constructor(support: Support, amplitude: Amplitude, atoms: Atoms, report: FitReport) {
    super(support, amplitude, atoms);
    this.report = Object.freeze(report);
  }
}

/**
 * The density of greatest likelihood, or the Jackson estimate, of samples that are given as they are, binned, or as sums.
 *
 * @throws {@link DensityError} `argument`, `value`, `support`, `weights`, `length`, `empty`; `degenerate` for data that
 * do not bear what is asked for: fewer samples than parameters, or one value where a scale or ends are to be chosen.
 * @remarks O(n) to look at the samples, then some ten to hundred passes over a grid of 32 nodes a term.
 */
export function fit(
  data: Samples | BinnedSamples | CharacteristicSums,
  options: FitOptions = {},
): FittedDensity {
  const { smoothness = 0, method } = options;
  if (method !== undefined && method !== "likelihood" && method !== "jackson")
    throw new DensityError("argument", `a method is likelihood or jackson, not ${String(method)}`);
  if (!(smoothness >= 0 && smoothness < Infinity))
    throw new DensityError("argument", `smoothness must be a finite number ≥ 0, not ${String(smoothness)}`);
  const terms = checkedTerms(options.terms);
  if (data instanceof CharacteristicSums) return fitSums(data, options, method, terms);

  const prepared = prepare(data, options, terms);
  const { support, evidence, atoms } = prepared;
  if (evidence === undefined)
    return new FittedDensity(support, { re: Float64Array.of(1), im: Float64Array.of(0) }, atoms, {
      logLikelihood: atomsLogLikelihood(prepared),
      method: method ?? "likelihood",
      terms: 0,
      parameters: 0,
      gap: 0,
      iterations: 0,
      scores: [],
    });
  const roughness = smoothness * (support.kind === "interval" ? 2 : 8) * Math.PI ** 2;
  const search =
    method === "jackson"
      ? jacksonSearch(evidence, terms, prepared.most)
      : likelihoodSearch(evidence, terms, prepared.most, roughness);
  const isOpen =
    method === undefined && terms === undefined && roughness === 0 && evidence.ranges === undefined;
  const { best, solution, scores } = isOpen ? orJackson(evidence, search, prepared.most) : search;
  const whole = examined(problemOf(evidence, best.terms, roughness, WHOLE), solution.amplitude);
  return new FittedDensity(support, solution.amplitude, atoms, {
    logLikelihood: scored(evidence, best.terms, whole).logLikelihood + atomsLogLikelihood(prepared),
    method: best.method,
    terms: best.terms,
    parameters: best.parameters,
    gap: solution.gap(),
    iterations: solution.iterations,
    scores: terms === undefined ? scores : [],
  });
}

/** The optimum for given terms, or for those of the best score: climbed to in steps, then looked for in between. */
function likelihoodSearch(
  evidence: Evidence,
  terms: number | undefined,
  most: number,
  roughness: number,
): TermsSearch {
  if (terms === undefined) {
    const coarse = searchTerms(evidence, { to: most, step: Math.SQRT2, roughness });
    const [from, to] = [
      Math.ceil(coarse.best.terms / 1.3),
      Math.min(Math.floor(coarse.best.terms * 1.3), most),
    ];
    const near = searchTerms(evidence, { from, to, step: 1.1, roughness });
    const { best, solution } = near.best.score < coarse.best.score ? near : coarse;
    const fine = solve(evidence, best.terms, roughness, FINE, solution.amplitude);
    const tried = new Map([...near.scores, ...coarse.scores].map((entry) => [entry.terms, entry]));
    const scores = [...tried.values()].sort((a, b) => a.terms - b.terms);
    return { best: scored(evidence, best.terms, fine), solution: fine, scores };
  }
  checkBearing(evidence, terms, roughness);
  return only(evidence, terms, solve(evidence, terms, roughness, FINE));
}

function only(evidence: Evidence, terms: number, solution: Solution): TermsSearch {
  const best = scored(evidence, terms, solution);
  return { best, solution, scores: [best] };
}

function fitSums(
  sums: CharacteristicSums,
  options: FitOptions,
  method: string | undefined,
  terms = sums.terms,
): FittedDensity {
  if (method === "likelihood")
    throw new DensityError("argument", 'characteristic sums hold no likelihood: their method is "jackson"');
  for (const name of ["support", "weights", "ranges", "atoms", "smoothness"] as const)
    if (options[name] !== undefined)
      throw new DensityError(
        "argument",
        `characteristic sums have their own samples and support: no ${name}`,
      );
  if (terms > sums.terms)
    throw new DensityError("argument", `characteristic sums of ${sums.terms} terms cannot give ${terms}`);
  const { re, im } = sums.finish();
  const series = { re: re.slice(0, terms + 1), im: im.slice(0, terms + 1) };
  const amplitude = spectralFactor(jackson(series), sums.support.kind === "interval");
  const nothing = { logLikelihood: undefined, parameters: undefined, gap: undefined };
  return new FittedDensity(sums.support, amplitude, NO_ATOMS, {
    ...nothing,
    method: "jackson",
    terms,
    iterations: 0,
    scores: [],
  });
}

function checkedTerms(terms: number | "auto" | undefined): number | undefined {
  if (terms === undefined || terms === "auto") return undefined;
  if (!Number.isInteger(terms) || terms < 0 || terms > MOST_TERMS)
    throw new DensityError(
      "argument",
      `terms must be "auto" or a whole number from 0 to ${MOST_TERMS}, not ${terms}`,
    );
  return terms;
}

/** @throws {@link DensityError} `argument` for too few bins, `degenerate` for fewer samples than parameters. */
function checkBearing(evidence: Evidence, terms: number, roughness: number): void {
  const { histogram, count } = evidence;
  if (terms > mostByBins(evidence))
    throw new DensityError(
      "argument",
      `${terms} terms need ${BINS_PER_TERM * (terms + 1)} bins, and there are ${histogram.bins}`,
    );
  const parameters = freedom(evidence, terms);
  if (roughness === 0 && parameters > count)
    throw new DensityError(
      "degenerate",
      `${terms} terms have ${parameters} parameters, more than there are samples (${count}): use fewer, or smoothness`,
    );
}

/** What it adds to the log-likelihood that a sample is an atom, or none. */
function atomsLogLikelihood({ evidence, atoms, tied }: Prepared): number {
  if (tied === 0) return 0;
  const total = tied + (evidence?.weight ?? 0);
  const rest = total - tied;
  return atoms.masses.reduce(
    (sum, mass) => sum + total * mass * Math.log(mass),
    rest > 0 ? rest * Math.log(rest / total) : 0,
  );
}
