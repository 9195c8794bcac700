import type { Place, View } from "./density-view.ts";

/** How many samples a touch of the strip gives, and how far they scatter, as a share of the view. */
const DROPS = 4;
const SCATTER = 0.015;

/** Samples about a place: normally scattered, within an interval and around a circle. */
export function sprinkled(x: number, { from, to }: View, place: Place, rng: () => number): number[] {
  return Array.from({ length: DROPS }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
    const drop = x + SCATTER * (to - from) * normal;
    if (place.kind === "line") return drop;
    const { lower, upper } = place;
    if (place.kind === "circle") return drop - (upper - lower) * Math.floor((drop - lower) / (upper - lower));
    // Reflected at the ends.
    return drop < lower
      ? Math.min(2 * lower - drop, upper)
      : drop > upper
        ? Math.max(2 * upper - drop, lower)
        : drop;
  });
}
