import type { Density, RandomSource } from "../density.ts";
import { type Nodes, ORDER } from "./quadrature.ts";

/** Where a law lives: what one may tell an estimator beforehand. */
export type Domain =
  | { readonly kind: "line" }
  | { readonly kind: "circle"; readonly lower: number; readonly upper: number }
  | {
      readonly kind: "interval";
      readonly lower: number;
      readonly upper: number;
      /** Whether the density is infinite at the ends. */
      readonly poles: boolean;
    };

/** A law of which everything is known. */
export interface Target extends Density {
  readonly name: string;
  /** What a reader should know of it. */
  readonly description: string;
  readonly domain: Domain;
  /** A mixture of normal laws, which is what a Gaussian mixture can hit exactly. */
  readonly gaussian: boolean;
  cdf(x: number): number;
  draw(rng: RandomSource): number;
  /**
   * A quadrature under the law that misses less than 1e-12 of its mass, fine enough for what varies over a thousandth of
   * the law's width; `fineness` times as many nodes for less.
   */
  nodes(fineness?: number): Nodes;
}

/** n draws, one after another. */
export function drawMany(target: Target, n: number, rng: RandomSource): Float64Array {
  const samples = new Float64Array(n);
  for (let i = 0; i < n; i++) samples[i] = target.draw(rng);
  return samples;
}

/** The differential entropy −∫ p log p, in nats, by quadrature. */
export function entropy(target: Target): number {
  const { x, mass } = target.nodes();
  return -x.reduce((sum, value, i) => sum + (mass[i] === 0 ? 0 : mass[i]! * target.logPdf(value)), 0);
}

/**
 * KL(target ‖ estimate) = ∫ p log(p / q), in nats: what a sample costs on average beyond the entropy if it is coded by
 * the estimate; in other words the held-out excess loss, without the noise of test points. By quadrature.
 *
 * @returns Infinity also where the estimate's tails are too light for the integral to converge: an outermost panel that
 * has hardly any mass then adds to it.
 */
export function excessLoss(target: Target, estimate: Density): number {
  const { x, mass } = target.nodes();
  let sum = 0;
  for (let from = 0; from < x.length; from += ORDER) {
    let [panel, inside] = [0, 0];
    for (let i = from; i < from + ORDER; i++) {
      if (mass[i] === 0) continue;
      panel += mass[i]! * (target.logPdf(x[i]!) - estimate.logPdf(x[i]!));
      inside += mass[i]!;
    }
    const outermost = from === 0 || from + ORDER === x.length;
    if (outermost && inside < HARDLY_ANY && panel > NEGLIGIBLE) return Infinity;
    sum += panel;
  }
  return sum;
}

const HARDLY_ANY = 1e-11;
const NEGLIGIBLE = 1e-9;
