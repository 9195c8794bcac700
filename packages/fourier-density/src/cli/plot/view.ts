import { UsageError } from "@lemmata/filter";
import type { FourierDensity } from "../../fourier-density.ts";

/** What part of the line a picture shows. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of the line that is told; where it is not, all of an interval or a circle, and of a line the middle 98 % with
 * an eighth of their width on each side.
 *
 * @throws {@link UsageError} for one without width.
 */
export function viewOf(density: FourierDensity, told: Partial<View>): View {
  const { from, to } = { ...ownView(density), ...told };
  if (!(to > from && Number.isFinite(to - from)))
    throw new UsageError(`the picture would go from ${from} to ${to}: --lower and --upper tell its ends`);
  return { from, to };
}

function ownView(density: FourierDensity): View {
  const { support } = density;
  if (support.kind !== "line") return { from: support.lower, to: support.upper };
  const [low, high] = [density.quantile(0.01), density.quantile(0.99)];
  const margin = (high - low) / 8 || Math.abs(low) / 8 || 1;
  return { from: low - margin, to: high + margin };
}
