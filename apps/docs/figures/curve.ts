/** The values of alpha at which an entropy is plotted, from 0 to 3: dense where it falls. */
export const ALPHAS: readonly number[] = [
  ...Array.from({ length: 40 }, (_, i) => i / 80),
  ...Array.from({ length: 51 }, (_, i) => (10 + i) / 20),
];

/** Where a curve of entropy against alpha lies in a plot of so many pixels. */
export interface Plot {
  readonly x: (alpha: number) => number;
  readonly y: (entropy: number) => number;
  readonly ticks: { readonly alpha: readonly number[]; readonly entropy: readonly number[] };
  /** The path through the values that are known by now, for SVG. */
  readonly line: string;
}

/** The box of the axes, in pixels from the top left. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Plots entropies at the first of {@link ALPHAS}. The first is the largest, since entropy falls as alpha grows: its
 * derivative is −alpha times the variance of the score.
 */
export function plotOf(entropies: readonly number[], { left, right, top, bottom }: Box): Plot {
  const entropyTicks = ticksTo(entropies[0] ?? 0);
  const highest = entropyTicks.at(-1)!;
  const x = (alpha: number): number => left + ((right - left) * alpha) / ALPHAS.at(-1)!;
  const y = (entropy: number): number => bottom - ((bottom - top) * entropy) / highest;
  const points = entropies.map((entropy, i) => `${x(ALPHAS[i]!).toFixed(1)} ${y(entropy).toFixed(1)}`);
  return {
    x,
    y,
    ticks: { alpha: [0, 1, 2, 3], entropy: entropyTicks },
    line: points.length === 0 ? "" : `M${points.join("L")}`,
  };
}

/** From 0 to the first round number that is not below `value`, in up to five steps of 1, 2 or 5 times a power of ten. */
export function ticksTo(value: number): number[] {
  if (!(value > 1e-9)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(value / 5));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => value <= 5 * size)!;
  return Array.from({ length: Math.ceil(value / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
