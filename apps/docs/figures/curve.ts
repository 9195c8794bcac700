import { type Axis, plainTicks, type Point, ticksTo } from "./line-plot.ts";

/** The values of alpha at which a quantity is plotted, from 0 to 3: dense where it falls. */
export const ALPHAS: readonly number[] = [
  ...Array.from({ length: 40 }, (_, i) => i / 80),
  ...Array.from({ length: 51 }, (_, i) => (10 + i) / 20),
];

/** What a plot of some quantity against alpha is made of. */
export interface AlphaCurve {
  readonly alpha: Axis;
  readonly value: Axis;
  readonly points: readonly Point[];
}

/** Plots values ≥ 0 at the first of {@link ALPHAS}, as far as they are known by now. */
export function alphaCurve(values: readonly number[], name: string): AlphaCurve {
  const ticks = ticksTo(Math.max(0, ...values));
  return {
    alpha: { from: 0, to: ALPHAS.at(-1)!, ticks: plainTicks([0, 1, 2, 3]), name: "alpha" },
    value: { from: 0, to: ticks.at(-1)!, ticks: plainTicks(ticks), name },
    points: values.map((value, i) => [ALPHAS[i]!, value]),
  };
}
