import { drawMany, excessLoss, targets } from "@lemmata/comparators";
import { createRng, keyedRng, type Rng } from "@lemmata/sampling";
import { estimators } from "./estimators.ts";

/** What is to be measured: an estimator on so many samples of a law, drawn with a seed. */
export interface Cell {
  readonly target: string;
  readonly size: number;
  readonly seed: number;
  readonly estimator: string;
}

/** What came of it. */
export interface Outcome extends Cell {
  /** KL(law ‖ estimate) in nats; "∞" where it is infinite, which JSON has no number for; else why there is none. */
  readonly excess: number | string;
}

/** What sums of the quadrature are off by. */
const ROUNDING = 1e-12;

/**
 * Measures some estimators on the same samples.
 *
 * @param cells - All of one target, size and seed.
 */
export function measure(cells: readonly Cell[], python: string | undefined): Outcome[] {
  const { target: name, size, seed } = cells[0]!;
  const place = targets.findIndex((law) => law.name === name);
  const target = targets[place]!;
  const samples = drawMany(target, size, seeded(seed, place, size));
  return cells.map((cell) => {
    const which = estimators.findIndex((estimator) => estimator.name === cell.estimator);
    try {
      const rng = seeded(seed, place, size, which);
      const excess = excessLoss(target, estimators[which]!.estimate(samples, target.domain, rng, python));
      return { ...cell, excess: excess === Infinity ? "∞" : Math.abs(excess) < ROUNDING ? 0 : excess };
    } catch (error) {
      return { ...cell, excess: (error as Error).message.split("\n")[0]! };
    }
  });
}

function seeded(seed: number, ...keys: readonly number[]): Rng {
  return createRng(Math.floor(2 ** 53 * keyedRng(seed, ...keys)()));
}
