/** The box of the axes of a plot, in pixels from the top left. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One axis of a plot: the values at its ends, those that are marked, and what stands at it. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly name: string;
}

/** In which of the figure's voices something is drawn. */
export type Voice = "exact" | "perfect" | "earlier" | "quiet";

/** A point of a plot; NaN for what has no value there. */
export type Point = readonly [x: number, y: number];

export interface Curve {
  readonly name: string;
  readonly voice: Voice;
  readonly points: readonly Point[];
  readonly dashed?: boolean;
  /** What is written beneath its right end. */
  readonly label?: string;
}

/** Where the values of an axis lie between two pixels. */
export function placeOn({ from, to }: Axis, first: number, last: number): (value: number) => number {
  return (value) => first + ((last - first) * (value - from)) / (to - from);
}

/** The path through points in pixels, for SVG: interrupted where a value is missing. */
export function pathThrough(points: readonly Point[]): string {
  let path = "";
  let goes = false;
  for (const [x, y] of points) {
    const there = Number.isFinite(y);
    if (there) path += `${goes ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    goes = there;
  }
  return path;
}

/** Ticks that are written as they are. */
export function plainTicks(values: readonly number[]): Axis["ticks"] {
  return values.map((at) => ({ at, text: String(at) }));
}

/** From 0 to the first round number that is not below `value`, in up to five steps of 1, 2 or 5 times a power of ten. */
export function ticksTo(value: number): number[] {
  if (!(value > 1e-9)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(value / 5));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => value <= 5 * size)!;
  return Array.from({ length: Math.ceil(value / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
