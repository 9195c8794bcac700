import type { Amplitude } from "./amplitude.ts";
import { BinnedSamples, type Histogram } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import { FourierDensity } from "./fourier-density.ts";
import { maximumLikelihood } from "./maximum-likelihood.ts";
import type { Samples } from "./samples.ts";
import type { Support } from "./support.ts";
import type { SupportChoice } from "./support-choice.ts";

export interface FitOptions {
  /** Default: `"line"`. Not with binned samples, which have one. */
  readonly support?: SupportChoice | undefined;
  /** The degree of the series. */
  readonly terms?: number | undefined;
  /** The weight of each sample, ≥ 0. Not with binned samples. */
  readonly weights?: Samples | undefined;
}

/** How a fit went. */
export interface FitReport {
  /** Σ log p(x), weighted, in nats. */
  readonly logLikelihood: number;
  readonly terms: number;
  /** No density of this support and these terms has a likelihood higher by more than this, in nats per sample. */
  readonly gap: number;
  readonly iterations: number;
}

/** A density that has been fitted, with a report of how. */
export class FittedDensity extends FourierDensity {
  readonly report: FitReport;

  constructor(support: Support, amplitude: Amplitude, report: FitReport) {
    super(support, amplitude);
    this.report = report;
  }
}

/** In nats per sample: what another step would have to win. */
const TOLERANCE = 1e-12;

/** The density of greatest likelihood. */
export function fit(samples: Samples | BinnedSamples, options: FitOptions = {}): FittedDensity {
  const terms = options.terms ?? 16;
  const histogram = (samples instanceof BinnedSamples ? samples : binned(samples, options, terms)).finish();
  const { support, weight, logReference } = histogram;
  if (!(weight > 0))
    throw new DensityError(histogram.count > 0 ? "weights" : "empty", "there are no samples");
  const even = support.kind === "interval";
  const found = maximumLikelihood({ shares: sharesOf(histogram, terms), even }, terms, TOLERANCE);
  return new FittedDensity(support, found.amplitude, {
    logLikelihood: logReference - weight * found.value,
    terms,
    gap: found.gap(),
    iterations: found.iterations,
  });
}

function binned(samples: Samples, options: FitOptions, terms: number): BinnedSamples {
  const { support = "line" } = options;
  if (support === "circle")
    return binned(
      samples,
      { ...options, support: { kind: "circle", lower: -Math.PI, upper: Math.PI } },
      terms,
    );
  const bins = Math.max(8192, 2 ** Math.ceil(Math.log2(32 * (terms + 1))));
  return new BinnedSamples(support as Support, bins).add(samples, options.weights);
}

/** Bins for each term of a fit: what sharing between nodes blurs is then a hundredth of the narrowest peak. */
const BINS_PER_TERM = 32;

/**
 * The shares of equally spaced angles, even ones on an interval, as few as the terms allow: sharing a node in two halves
 * between its neighbours gives what binning into half as many bins would have.
 */
export function sharesOf({ masses, support, weight }: Histogram, terms: number): Float64Array {
  const even = support.kind === "interval";
  let shares = even ? new Float64Array(2 * (masses.length - 1)) : masses.map((mass) => mass / weight);
  if (even)
    for (let j = 0; j < shares.length; j++) {
      const mirror = Math.min(j, shares.length - j);
      shares[j] = masses[mirror]! / weight / (mirror === 0 || mirror === masses.length - 1 ? 1 : 2);
    }
  while (shares.length >= 2 * BINS_PER_TERM * (terms + 1)) {
    const fine = shares;
    const last = fine.length - 1;
    shares = Float64Array.from(
      { length: fine.length / 2 },
      (_, j) => fine[2 * j]! + (fine[2 * j + 1]! + fine[(2 * j + last) & last]!) / 2,
    );
  }
  return shares;
}
