/** The values of alpha at which a quantity is plotted, from 0 to 3: dense where it falls. */
export const ALPHAS: readonly number[] = [
  ...Array.from({ length: 40 }, (_, i) => i / 80),
  ...Array.from({ length: 51 }, (_, i) => (10 + i) / 20),
];

/** Where a curve of some quantity against alpha lies in a plot of so many pixels. */
export interface Plot {
  readonly x: (alpha: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: { readonly alpha: readonly number[]; readonly value: readonly number[] };
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

/** Plots values ≥ 0 at the first of {@link ALPHAS}. */
export function plotOf(values: readonly number[], { left, right, top, bottom }: Box): Plot {
  const valueTicks = ticksTo(Math.max(0, ...values));
  const highest = valueTicks.at(-1)!;
  const x = (alpha: number): number => left + ((right - left) * alpha) / ALPHAS.at(-1)!;
  const y = (value: number): number => bottom - ((bottom - top) * value) / highest;
  const points = values.map((value, i) => `${x(ALPHAS[i]!).toFixed(1)} ${y(value).toFixed(1)}`);
  return {
    x,
    y,
    ticks: { alpha: [0, 1, 2, 3], value: valueTicks },
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
