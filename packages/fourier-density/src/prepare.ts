import { type Atoms, NO_ATOMS } from "./atoms.ts";
import { BinnedSamples } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import { checkRanges, type Evidence, evidenceOf, type SampleRanges } from "./evidence.ts";
import { checkSamples, type Samples } from "./samples.ts";
import type { Support } from "./support.ts";
import { mostTerms } from "./subsample.ts";
import { supportFor, supportOfAtoms, type SupportChoice } from "./support-choice.ts";
import { untie } from "./ties.ts";

/** What is known of samples, and of where their density lives. */
export interface DataOptions {
  /** Default: `"line"`. Not with binned samples, which have one. */
  readonly support?: SupportChoice | undefined;
  /** The weight of each sample, ≥ 0. Not with binned samples. */
  readonly weights?: Samples | undefined;
  /** Further samples, of which only ranges are known. */
  readonly ranges?: SampleRanges | undefined;
  /** Whether values that stand out as ties are kept apart. Default: `"auto"`. Not with binned samples. */
  readonly atoms?: "auto" | "none" | undefined;
}

export interface Prepared {
  readonly support: Support;
  /** Of what is no atom; undefined if all is. */
  readonly evidence: Evidence | undefined;
  readonly atoms: Atoms;
  /** The weight of the atoms. */
  readonly tied: number;
  /** The most terms that the samples bear. */
  readonly most: number;
}

const BINS = 8192;

/**
 * Looks at data, takes out atoms, settles the support, and bins the rest.
 *
 * @param terms - The number of terms, where it is not to be chosen.
 */
export function prepare(
  data: Samples | BinnedSamples,
  options: DataOptions,
  terms: number | undefined,
): Prepared {
  const { support: choice = "line", weights, ranges, atoms: ties = "auto" } = options;
  if (ties !== "auto" && ties !== "none")
    throw new DensityError("argument", 'atoms must be "auto" or "none"');
  if (ranges !== undefined) checkRanges(ranges);
  if (data instanceof BinnedSamples) {
    if (options.support !== undefined || weights !== undefined || options.atoms !== undefined)
      throw new DensityError("argument", "binned samples have a support and weights already, and no atoms");
    return {
      support: data.support,
      evidence: evidenceOf(data, ranges),
      atoms: NO_ATOMS,
      tied: 0,
      most: Infinity,
    };
  }
  checkSamples(data, weights);
  const untied =
    ties === "none" ? { samples: data, weights, atoms: NO_ATOMS, tied: 0 } : untie(data, weights, choice);
  const { samples, atoms, tied } = untied;
  if (samples.length === 0 && tied > 0 && ranges === undefined)
    return { support: supportOfAtoms(choice, atoms.values), evidence: undefined, atoms, tied, most: 0 };
  const pool = ranges === undefined ? untied : withMiddles(samples, untied.weights, ranges);
  const most = mostTerms(pool.samples);
  const support = supportFor(choice, pool.samples, pool.weights, terms, most);
  const binned = new BinnedSamples(support, binsFor(terms)).add(samples, untied.weights);
  return { support, evidence: evidenceOf(binned, ranges), atoms, tied, most };
}

/** Into how many bins samples go for a number of terms, or one that is to be chosen. */
export function binsFor(terms: number | undefined): number {
  return Math.max(BINS, 2 ** Math.ceil(Math.log2(32 * ((terms ?? 0) + 1))));
}

/** Samples, and the middles of ranges that are finite: enough to choose a location and a scale by. */
function withMiddles(
  samples: Samples,
  weights: Samples | undefined,
  { lower, upper, weights: shares }: SampleRanges,
) {
  const finite = Array.from({ length: lower.length }, (_, i) => i).filter((i) =>
    Number.isFinite(upper[i]! - lower[i]!),
  );
  const one = (list: Samples | undefined, i: number) => (list === undefined ? 1 : list[i]!);
  return {
    samples: Float64Array.from([...Array.from(samples), ...finite.map((i) => (lower[i]! + upper[i]!) / 2)]),
    weights:
      weights === undefined && shares === undefined
        ? undefined
        : [...Array.from(samples, (_, i) => one(weights, i)), ...finite.map((i) => one(shares, i))],
  };
}
