import type { Circle, Interval, Line } from "./support.ts";

/**
 * Where a density is to be fitted: a support, or as much of one as is known.
 *
 * - `"circle"`: angles, of period 2π from −π; or a period of one's own;
 * - `"interval"`: its ends are those of the samples where they are not given, and its map is linear;
 * - `"line"`: location, scale and map are chosen by the data where they are not given.
 */
export type SupportChoice =
  | "circle"
  | "interval"
  | "line"
  | Circle
  | (Pick<Interval, "kind"> & Partial<Interval>)
  | (Pick<Line, "kind"> & Partial<Line>);
