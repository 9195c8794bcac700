import type { SupportChoice } from "@lemmata/fourier-density";
import type { Axis, Point } from "./line-plot.ts";

/** Where the reader says that the samples live. `poles` is an interval with a density that may be infinite at its ends. */
export type Place =
  | { readonly kind: "line" }
  | { readonly kind: "interval" | "poles" | "circle"; readonly lower: number; readonly upper: number };

/** The same in the words of the package. */
export function supportOf(place: Place): SupportChoice {
  if (place.kind === "line") return "line";
  const { kind, lower, upper } = place;
  if (kind === "circle") return { kind, lower, upper };
  return { kind: "interval", lower, upper, map: kind === "poles" ? "arcsine" : "linear" };
}

/** The part of the axis that is shown. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** Of samples on the line so much is shown: what lies further out would leave no room for the rest. */
const CENTRAL = 0.99;

/**
 * All of an interval or circle; of the line what holds 99 % of the samples and a sixth more on each side, but no more
 * than all of them and that margin.
 */
export function viewOf(samples: Float64Array, place: Place): View {
  if (place.kind !== "line") return { from: place.lower, to: place.upper };
  if (samples.length === 0) return { from: 0, to: 1 };
  const sorted = samples.slice().sort();
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [quantile((1 - CENTRAL) / 2), quantile((1 + CENTRAL) / 2)];
  const margin = (high - low) / 6 || Math.max(1, Math.abs(low)) / 2;
  return {
    from: Math.max(low - margin, sorted[0]! - margin / 2),
    to: Math.min(high + margin, sorted.at(-1)! + margin / 2),
  };
}

/** Bars of a histogram on the scale of a density, edge to edge over the view. */
export interface Histogram extends View {
  readonly heights: Float64Array;
}

/** Of all samples, also of those out of view; from 12 to 60 bars, more for more samples. */
export function histogramOf(samples: Float64Array, { from, to }: View): Histogram {
  const count = Math.round(Math.min(60, Math.max(12, 2 * Math.cbrt(samples.length))));
  const heights = new Float64Array(count);
  const width = (to - from) / count;
  for (const x of samples) {
    const bar = x === to ? count - 1 : Math.floor((x - from) / width);
    if (bar >= 0 && bar < count) heights[bar]! += 1 / (samples.length * width);
  }
  return { from, to, heights };
}

/** The outline of a histogram's bars as a path through places. */
export function outline({ from, to, heights }: Histogram): Point[] {
  const width = (to - from) / heights.length;
  return [
    [from, 0],
    ...[...heights].flatMap((height, i): Point[] => [
      [from + i * width, height],
      [from + (i + 1) * width, height],
    ]),
    [to, 0],
  ];
}

/** How many points a curve has. */
const POINTS = 401;

/** Places over the view; the ends, where a density may be infinite, are left out. */
export function gridOf({ from, to }: View): Float64Array {
  return Float64Array.from({ length: POINTS }, (_, i) => from + ((to - from) * (i + 0.5)) / POINTS);
}

/** How high the plot reaches: all of the histogram, and of the first curve what is not much higher. */
export function topOf({ heights }: Histogram, curve: Float64Array | undefined): number {
  const bars = Math.max(...heights, 0);
  const highest = curve?.reduce((most, p) => Math.max(most, p), 0) ?? 0;
  return 1.08 * Math.max(bars, Math.min(highest, 2 * bars)) || 1;
}

/** Some round values from one end of the view to the other, in steps of 1, 2 or 5 times a power of ten. */
export function ticksWithin({ from, to }: View, most: number): Axis["ticks"] {
  const power = 10 ** Math.floor(Math.log10((to - from) / most));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => to - from <= most * size)!;
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const at = Number(((first + i) * step).toPrecision(12));
    return { at, text: String(at).replace("-", "−") };
  });
}
