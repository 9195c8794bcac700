import type { Amplitude } from "./amplitude.ts";
import { BinnedSamples, type Histogram } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import { maximumLikelihood, type Problem, type Solution } from "./maximum-likelihood.ts";
import { Ranges } from "./ranges.ts";
import { checkNumbers, checkSamples, type Samples } from "./samples.ts";
import { sharesOf } from "./shares.ts";
import { referenceAngle, type Support } from "./support.ts";

/** Samples of which no more is known than that each lies between two numbers (censored, rounded or grouped data). */
export interface SampleRanges {
  /** May be −Infinity on the line. */
  readonly lower: Samples;
  /** At least `lower`; where they are equal it is a sample. May be Infinity on the line. */
  readonly upper: Samples;
  readonly weights?: Samples | undefined;
}

/** All that a fit looks at, once the support is settled. */
export interface Evidence {
  readonly histogram: Histogram;
  readonly ranges: Ranges | undefined;
  /** The sum of all weights, and how many equally weighted samples say as much: (Σ w)² / Σ w². */
  readonly weight: number;
  readonly count: number;
}

/**
 * Evidence of samples, and of ranges if there are some. Ranges that are single numbers are samples.
 *
 * @throws {@link DensityError} `empty` where there is none, `weights` where none of it weighs anything; `support`.
 */
export function evidenceOf(binned: BinnedSamples, ranges?: SampleRanges): Evidence {
  const evidence = ranges === undefined ? alone(binned.finish()) : withRanges(binned, ranges);
  const some = evidence.histogram.count + (ranges?.lower.length ?? 0);
  if (!(evidence.weight > 0))
    throw new DensityError(
      some > 0 ? "weights" : "empty",
      `there are no samples${some > 0 ? " with a weight above 0" : ""}`,
    );
  return evidence;
}

function alone(histogram: Histogram): Evidence {
  const { weight, squares } = histogram;
  return { histogram, ranges: undefined, weight, count: equalCount(weight, squares) };
}

/**
 * How many samples of equal weights say as much: (Σ w)² / Σ w², 0 without any.
 *
 * @throws {@link DensityError} `weights` where all are so small that their squares sum to 0.
 */
export function equalCount(weight: number, squares: number): number {
  if (weight > 0 && !(squares > 0))
    throw new DensityError("weights", "the weights are so small that their squares sum to 0: scale them up");
  return weight > 0 ? weight ** 2 / squares : 0;
}

function withRanges(binned: BinnedSamples, { lower, upper, weights }: SampleRanges): Evidence {
  const { support } = binned;
  const even = support.kind === "interval";
  const [points, pointShares]: [number[], number[]] = [[], []];
  // Of ranges that come again, one with the sum of the weights.
  const arcs = new Map<string, { readonly middle: number; readonly half: number; share: number }>();
  let rangeSquares = 0;
  for (let i = 0; i < lower.length; i++) {
    const share = weights === undefined ? 1 : weights[i]!;
    if (lower[i] === upper[i]) {
      points.push(lower[i]!);
      pointShares.push(share);
    } else if (share > 0) {
      const key = `${lower[i]} ${upper[i]}`;
      const known = arcs.get(key);
      if (known === undefined) arcs.set(key, { ...arc(support, lower[i]!, upper[i]!), share });
      else known.share += share;
      rangeSquares += share ** 2;
    }
  }
  const all = new BinnedSamples(support, binned.bins).merge(binned);
  const histogram = all.add(points, pointShares).finish();
  const weight = [...arcs.values()].reduce((sum, { share }) => sum + share, histogram.weight);
  const list = Array.from(arcs.values(), ({ share, ...rest }) => ({ ...rest, weight: share / weight }));
  const ranges = list.length > 0 ? new Ranges(list, even) : undefined;
  return { histogram, ranges, weight, count: equalCount(weight, histogram.squares + rangeSquares) };
}

/**
 * Looks at ranges.
 *
 * @throws {@link DensityError} `argument`, `value`, `length`, `weights`; `argument` where an upper end is the lower one.
 */
export function checkRanges(ranges: SampleRanges): void {
  if (typeof ranges !== "object" || ranges === null)
    throw new DensityError("argument", "ranges are { lower, upper }, two arrays of numbers");
  const { lower, upper, weights } = ranges;
  const finite = (ends: Samples, name: string) => {
    if (typeof ends !== "object" || ends === null || !Number.isInteger(ends.length))
      throw new DensityError("argument", `ranges.${name} must be an array of numbers`);
    const numbers = Array.from(ends, (end) => (end === Infinity || end === -Infinity ? 0 : end));
    checkNumbers(numbers, `ranges.${name}`);
    return numbers;
  };
  checkSamples(finite(lower, "lower"), weights);
  finite(upper, "upper");
  if (lower.length !== upper.length)
    throw new DensityError("length", `ranges have ${lower.length} lower and ${upper.length} upper ends`);
  for (let i = 0; i < lower.length; i++)
    if (!(lower[i]! < upper[i]! || (lower[i] === upper[i] && Number.isFinite(lower[i]))))
      throw new DensityError("argument", `range ${i} ends at ${upper[i]}, and begins at ${lower[i]}`, i);
}

/** How many real numbers a series of so many terms is made of. */
export function freedom({ histogram }: Evidence, terms: number): number {
  return (histogram.support.kind === "interval" ? 1 : 2) * terms;
}

/** Bins that each term needs, and the constant one. */
export const BINS_PER_TERM = 16;

/** The most terms that there are bins enough for. */
export function mostByBins({ histogram }: Evidence): number {
  return histogram.bins / BINS_PER_TERM - 1;
}

/** How exactly a problem is solved. */
export interface Precision {
  /** Angles for each term, and in all: what sharing between them blurs is (2π / nodes)² / 48 of the narrowest peak. */
  readonly nodes: number;
  readonly least: number;
  /** What another step would have to win, in nats per sample. */
  readonly tolerance: number;
}

/** To compare, and to keep. */
export const ROUGH: Precision = { nodes: 16, least: 128, tolerance: 1e-8 };
export const FINE: Precision = { nodes: 32, least: 1024, tolerance: 1e-12 };
/** To report: all bins. */
export const WHOLE: Precision = { nodes: 0, least: Infinity, tolerance: 0 };

/** The problem that is solved for a number of terms. */
export function problemOf(
  evidence: Evidence,
  terms: number,
  roughness: number,
  { nodes, least }: Precision,
): Problem {
  const { histogram, ranges, weight } = evidence;
  const even = histogram.support.kind === "interval";
  return {
    shares: sharesOf(histogram, weight, Math.max(nodes * (terms + 1), least)),
    even,
    roughness,
    ranges,
  };
}

/**
 * The density of greatest likelihood for a number of terms.
 *
 * @param near - An amplitude to start from. Not on an interval: amplitudes are real there, and from the optimum of fewer terms
 * one in 25 searches ended in another minimum; from the minimum-phase factor none did.
 */
export function solve(
  evidence: Evidence,
  terms: number,
  roughness: number,
  precision: Precision,
  near?: Amplitude,
): Solution {
  return maximumLikelihood(
    problemOf(evidence, terms, roughness, precision),
    terms,
    precision.tolerance,
    evidence.histogram.support.kind === "interval" ? undefined : near,
  );
}

/** Half the length of a range that still has a probability, as a number. */
const LEAST_HALF = 1e-290;

/** The middle and half the length of the angles of a range. */
function arc(support: Support, lower: number, upper: number): { middle: number; half: number } {
  if (support.kind === "interval" && !(lower >= support.lower && upper <= support.upper))
    throw new DensityError("support", `the range from ${lower} to ${upper} is not inside the interval`);
  if (support.kind === "circle" && upper - lower >= support.upper - support.lower)
    return { middle: Math.PI, half: Math.PI };
  const from = referenceAngle(support, lower);
  let to = referenceAngle(support, upper);
  // Angles are signed past the middle, so that both tails keep their relative precision.
  const past = (angle: number) => angle < 0 || Object.is(angle, -0);
  if (to < from || (past(to) && !past(from))) to += 2 * Math.PI;
  if (!((to - from) / 2 > LEAST_HALF))
    throw new DensityError(
      "degenerate",
      `the range from ${lower} to ${upper} is so far out that no density here has a probability for it`,
    );
  return { middle: (from + to) / 2, half: (to - from) / 2 };
}
