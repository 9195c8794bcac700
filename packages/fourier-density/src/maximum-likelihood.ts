import { AngleGrid } from "./angle-grid.ts";
import type { Amplitude } from "./amplitude.ts";
import { minimise, type Minimum } from "./lbfgs.ts";
import { Likelihood } from "./likelihood.ts";
import { minimumPhase } from "./minimum-phase.ts";
import { largestEigenvalue } from "./optimality-gap.ts";
import type { Ranges } from "./ranges.ts";

export interface Problem {
  /** The share of each of M equally spaced angles; with the weights of the ranges they sum to 1. */
  readonly shares: Float64Array;
  /** Whether the shares are those of an even density. */
  readonly even: boolean;
  /** κ of κ Σ n² |rₙ|². */
  readonly roughness?: number | undefined;
  readonly ranges?: Ranges | undefined;
}

export interface Solution {
  readonly amplitude: Amplitude;
  /** The minimum of the {@link Likelihood}. */
  readonly value: number;
  /** The same without the penalty. */
  readonly loss: number;
  readonly iterations: number;
  /**
   * The effective number of parameters, (2 · terms + 1) m − 1 with m = Σ w / q, or half of it where even: 2 · terms if the
   * density is positive throughout (m is 1 then), less where it is next to nothing on a part of the circle, since what is
   * there has no say. The log-likelihood of the samples is above that of as many new ones by about as much.
   */
  readonly parameters: number;
  /** An upper bound of how far `value` is above the least of all densities of this many terms. */
  readonly gap: () => number;
}

const ITERATIONS = 2000;

/**
 * The amplitude of greatest (penalised) likelihood.
 *
 * @param tolerance - In nats per unit of weight: what another step is expected to win at the end.
 * @param from - An amplitude of at most as many terms that is known to be good.
 * @remarks The start is the minimum-phase factor of a smoothed empirical series. In amplitudes the problem is not convex
 * and square roots of smooth estimates, of constant phase, are a trap; from here some ten steps lead to the optimum of
 * the convex problem in r, and `gap` certifies it.
 */
export function maximumLikelihood(
  problem: Problem,
  terms: number,
  tolerance: number,
  from?: Amplitude,
): Solution {
  const { shares, even } = problem;
  const grid = new AngleGrid(shares.length, terms, even);
  const likelihood = new Likelihood(grid, shares, problem.roughness, problem.ranges);
  const start = from ?? startingPoint(grid, shares, problem.ranges);
  const vector = new Float64Array(likelihood.length);
  vector.set(start.re);
  if (!even) vector.set(start.im, terms + 1);
  const found = minimise((x, gradient) => likelihood.value(x, gradient), vector, tolerance, ITERATIONS);

  return solutionAt(likelihood, vector, found);
}

/** An amplitude from elsewhere, as a solution: how good it is. */
export function examined(problem: Problem, { re, im }: Amplitude): Solution {
  const { shares, even, roughness, ranges } = problem;
  const likelihood = new Likelihood(
    new AngleGrid(shares.length, re.length - 1, even),
    shares,
    roughness,
    ranges,
  );
  const vector = new Float64Array(likelihood.length);
  vector.set(re);
  if (!even) vector.set(im, re.length);
  return solutionAt(likelihood, vector, { value: likelihood.value(vector, vector.slice()), iterations: 0 });
}

function solutionAt(likelihood: Likelihood, vector: Float64Array, found: Minimum): Solution {
  const { terms, even } = likelihood.grid;
  let squares = 0;
  for (const a of vector) squares += a * a;
  const unit = vector.map((a) => a / Math.sqrt(squares));
  const [re, im] = likelihood.parts(unit);
  const { re: hr, im: hi, own } = likelihood.form(unit);
  return {
    amplitude: { re: re.slice(), im: im.slice() },
    ...found,
    loss: found.value - likelihood.penalty,
    parameters: Math.max((2 * terms + 1) * hr[0]! - 1, 0) / (even ? 2 : 1),
    gap: () => {
      const bound = largestEigenvalue(hr, hi, own);
      // −log is convex: without a penalty the value falls by at most the logarithm of the mean ratio, a′* H a′.
      return likelihood.roughness > 0 ? bound - own : Math.log(bound / own);
    },
  };
}

/** The minimum-phase factor of the empirical series under a Gaussian taper, cut off below. */
function startingPoint(grid: AngleGrid, points: Float64Array, ranges: Ranges | undefined): Amplitude {
  const shares = points.slice();
  ranges?.spread(shares);
  const count = grid.terms + 1;
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  const masses = Float64Array.from(
    { length: grid.places },
    (_, p) => grid.multiplicity(p) * shares[grid.node(p)]!,
  );
  grid.sums(masses, undefined, re, im);
  const total = re[0]! || 1;
  const taper = (n: number) => (n === 0 ? 1 : Math.exp(-0.5 * (n / count) ** 2)) / total;
  // The sums are those of e^{+inθ}, conjugates of the series.
  const q = grid.seriesValues({
    re: re.map((sum, n) => (n === 0 ? 1 : sum * taper(n))),
    im: im.map((sum, n) => -sum * taper(n)),
  });
  return minimumPhase(
    grid,
    q.map((value) => Math.max(value, 1e-3)),
  );
}
