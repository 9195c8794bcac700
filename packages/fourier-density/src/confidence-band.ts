import { BinnedSamples } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import { equalCount } from "./evidence.ts";
import { fit, type FitOptions, type FittedDensity } from "./fit.ts";
import { guarded, type RandomSource } from "./random-source.ts";
import { checkNumbers, type Samples } from "./samples.ts";
import { withoutAtoms } from "./ties.ts";

export interface BandOptions {
  /** Where the band is wanted. Default: the quantiles 0.005, 0.015 … 0.995 of the fit. */
  readonly points?: ArrayLike<number>;
  /** The share of bands that hold the density at a point. Default: 0.95. */
  readonly level?: number;
  /** Refits; the more, the smoother. Default: 200. */
  readonly replicates?: number;
  /** Default: `Math.random`. */
  readonly rng?: RandomSource;
}

/** A density with what it could have been, point by point. */
export interface ConfidenceBand {
  readonly density: FittedDensity;
  readonly points: Float64Array;
  /** Of the density at each point. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * A fit with a pointwise confidence band by the Bayesian bootstrap (Rubin, 1981): the fit is repeated with the share of each
 * bin drawn from a gamma law whose shape is the number of samples in it, and the band is of the percentiles.
 *
 * @param options - As of {@link fit}. Ranges are taken as they are; method, terms and support are chosen once, so that what comes
 * of choosing them, and the bias of a series too short, are not in the band.
 * @throws {@link DensityError} `argument`, `degenerate` where all samples are atoms, and as `fit` does.
 * @remarks Each refit costs as much as a fit of binned samples, whatever their number. Samples that are atoms have no part
 * in the refits; the density is that of the continuous part.
 */
export function confidenceBand(
  samples: Samples | BinnedSamples,
  options: FitOptions = {},
  { points, level = 0.95, replicates = 200, rng = Math.random }: BandOptions = {},
): ConfidenceBand {
  if (!(level > 0 && level < 1))
    throw new DensityError("argument", `level must be between 0 and 1, not ${level}`);
  if (!Number.isInteger(replicates) || replicates < 2)
    throw new DensityError("argument", `replicates must be a whole number from 2 on, not ${replicates}`);
  if (points !== undefined) checkNumbers(points, "points");
  const uniform = guarded(rng);
  const density = fit(samples, options);
  const { terms, method } = density.report;
  const { smoothness, ranges } = options;
  const places = points === undefined ? density.quantile(percents()) : Float64Array.from(points);
  const binned = samples instanceof BinnedSamples ? samples : continuousPart(samples, options, density);
  const histogram = binned.toJSON();
  if (!(histogram.weight > 0))
    throw new DensityError("degenerate", "all samples are atoms: there is no density");
  // so that the shapes sum to the number of samples that equal weights would be worth
  const worth = equalCount(histogram.weight, histogram.squares);
  const total = histogram.masses.reduce((sum, mass) => sum + mass, 0);
  const rest = 1 - density.atoms.masses.reduce((sum, mass) => sum + mass, 0);
  const rows = Array.from({ length: replicates }, () => {
    const shares = histogram.masses.map((mass) => (mass === 0 ? 0 : gamma((mass / total) * worth, uniform)));
    const sum = shares.reduce((all, share) => all + share, 0);
    const masses = shares.map((share) => (share * total) / sum);
    return fit(BinnedSamples.fromJSON({ ...histogram, masses }), { smoothness, method, ranges, terms }).pdf(
      places,
    );
  });
  const tail = (1 - level) / 2;
  const [lower, upper] = [new Float64Array(places.length), new Float64Array(places.length)];
  const column = new Float64Array(replicates);
  for (let i = 0; i < places.length; i++) {
    for (let row = 0; row < replicates; row++) column[row] = rest * rows[row]![i]!;
    column.sort();
    lower[i] = percentile(column, tail);
    upper[i] = percentile(column, 1 - tail);
  }
  return { density, points: places, lower, upper };
}

/** Enough for the refits, and no more, as each bin takes a draw. */
const BINS_PER_TERM = 64;

function percents(): Float64Array {
  return Float64Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100);
}

function continuousPart(
  samples: Samples,
  { weights }: FitOptions,
  { support, atoms, terms }: FittedDensity,
): BinnedSamples {
  const rest = withoutAtoms(samples, weights, atoms, support);
  const bins = 2 ** Math.ceil(Math.log2(BINS_PER_TERM * (terms + 1)));
  return new BinnedSamples(support, bins).add(rest.samples, rest.weights);
}

/** The value below which lies a share of sorted ones, between two of them in proportion. */
function percentile(sorted: Float64Array, share: number): number {
  const place = Math.min(Math.max(share * (sorted.length + 1) - 1, 0), sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/** A draw from the gamma law of a shape > 0 and scale 1, by Marsaglia and Tsang's rejection (2000). */
function gamma(shape: number, uniform: RandomSource): number {
  if (shape < 1) return gamma(shape + 1, uniform) * (1 - uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()); // normal, by Box and Muller
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}
