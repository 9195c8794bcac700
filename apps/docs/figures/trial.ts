import type { Path } from "@lemmata/lattice";
import { totalVariation } from "@lemmata/metrics";
import { createRng, perfectSample, type RandomSource, viterbiSample } from "@lemmata/sampling";
import type { Law } from "./law.ts";
import { noiseFloor } from "./noise-floor.ts";

/** What some draws have shown of a law. */
export interface Shares {
  /** The share of the draws that each outcome of the law has had. */
  readonly outcomes: Float64Array;
  /** Mean number of pieces. */
  readonly pieces: number;
  /** Total variation between these shares and the law. */
  readonly distance: number;
}

/** Where a trial stands; shares are undefined before the first draw. */
export interface Standing {
  readonly draws: number;
  readonly perfect: Shares | undefined;
  readonly earlier: Shares | undefined;
  /** The distance that as many exact draws leave on average. */
  readonly noiseFloor: number | undefined;
}

/** Perfect sampling and the earlier Viterbi sampling, drawing side by side from one law. The seed decides all. */
export class Trial {
  readonly law: Law;
  #draws = 0;
  readonly #perfect: Tally;
  readonly #earlier: Tally;
  readonly #perfectRng: RandomSource;
  readonly #earlierRng: RandomSource;

  constructor(law: Law, seed = 1) {
    this.law = law;
    this.#perfect = new Tally(law);
    this.#earlier = new Tally(law);
    const rng = createRng(seed);
    this.#perfectRng = rng;
    this.#earlierRng = rng.jumped();
  }

  get draws(): number {
    return this.#draws;
  }

  /** Draws so many more by each method. */
  draw(more: number): this {
    const { lattice, alpha } = this.law;
    for (let i = 0; i < more; i++) {
      this.#perfect.add(perfectSample(lattice, { alpha, rng: this.#perfectRng }));
      this.#earlier.add(viterbiSample(lattice, { alpha, rng: this.#earlierRng }));
    }
    this.#draws += more;
    return this;
  }

  standing(): Standing {
    const draws = this.#draws;
    if (draws === 0) return { draws, perfect: undefined, earlier: undefined, noiseFloor: undefined };
    return {
      draws,
      perfect: this.#perfect.shares(draws),
      earlier: this.#earlier.shares(draws),
      noiseFloor: noiseFloor(this.law.outcomes, draws),
    };
  }
}

/** Counts draws by their outcome. */
class Tally {
  readonly #law: Law;
  readonly #counts: Float64Array;
  #pieces = 0;

  constructor(law: Law) {
    this.#law = law;
    this.#counts = new Float64Array(law.outcomes.length);
  }

  add(path: Path): void {
    const outcome = this.#law.outcomeOf(path);
    this.#counts[outcome]! += 1;
    this.#pieces += path.edges.length;
  }

  shares(draws: number): Shares {
    const outcomes = this.#counts.map((count) => count / draws);
    return { outcomes, pieces: this.#pieces / draws, distance: totalVariation(this.#law.outcomes, outcomes) };
  }
}
