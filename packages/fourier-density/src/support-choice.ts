import { chooseLine } from "./choose-line.ts";
import { DensityError } from "./density-error.ts";
import { extent, type Samples } from "./samples.ts";
import { checkedSupport, type Circle, type Interval, type Line, type Support } from "./support.ts";

/**
 * Where a density is to be fitted: a support, or as much of one as is known.
 *
 * - `"circle"`: angles, of period 2π from −π; or a period of one's own;
 * - `"interval"`: ends that are not given are those of the samples, moved out by their range divided by n − 1; the map
 *   is `linear` unless told;
 * - `"line"`: location, scale and map are chosen by the samples where they are not given.
 */
export type SupportChoice =
  | "circle"
  | "interval"
  | "line"
  | Circle
  | (Pick<Interval, "kind"> & Partial<Interval>)
  | (Pick<Line, "kind"> & Partial<Line>);

/** What `"circle"` stands for. */
export const TURN: Circle = { kind: "circle", lower: -Math.PI, upper: Math.PI };

/** A choice as an object: what is not told, is undefined. */
type Known =
  | (Partial<Circle> & Pick<Circle, "kind">)
  | (Partial<Interval> & Pick<Interval, "kind">)
  | (Partial<Line> & Pick<Line, "kind">);

/**
 * The support for some samples.
 *
 * @param terms - The number of terms, where it is not to be chosen.
 * @param most - The most terms that the samples bear.
 * @throws {@link DensityError} `argument`; `empty` and `degenerate` where samples cannot tell what is to be chosen.
 */
export function supportFor(
  choice: SupportChoice,
  samples: Samples,
  weights: Samples | undefined,
  terms: number | undefined,
  most: number,
): Support {
  const known: Known = typeof choice === "string" ? { kind: choice } : choice;
  if (choice === "circle") return checkedSupport(TURN);
  if (known?.kind === "interval") return checkedSupport({ map: "linear", ...ends(known, samples), ...known });
  if (known?.kind !== "line") return checkedSupport(known);
  const { map, location, scale } = known;
  if (map !== undefined && location !== undefined && scale !== undefined) return checkedSupport(known);
  // What is known is looked at with something valid for the rest.
  checkedSupport({ kind: "line", map: map ?? "tanh", location: location ?? 0, scale: scale ?? 1 });
  return checkedSupport(chooseLine(samples, weights, known, terms, most));
}

/** A support for values that are atoms, all of them: nothing is spread over it. */
export function supportOfAtoms(choice: SupportChoice, values: Float64Array): Support {
  const known: Known = typeof choice === "string" ? { kind: choice } : choice;
  const [least, most] = [values[0]!, values.at(-1)!];
  const margin = (most - least) / 2 || Math.max(Math.abs(least), 1) / 2;
  if (known.kind === "line")
    return checkedSupport({ map: "tanh", location: least + (most - least) / 2, scale: margin, ...known });
  if (known.kind === "interval")
    return checkedSupport({ map: "linear", lower: least - margin, upper: most + margin, ...known });
  return supportFor(choice, values, undefined, 0, 0);
}

function ends(known: Partial<Interval>, samples: Samples): { lower: number; upper: number } {
  if (known.lower !== undefined && known.upper !== undefined)
    return { lower: known.lower, upper: known.upper };
  if (samples.length === 0)
    throw new DensityError("empty", "there are no samples to tell the ends of the interval");
  const seen = extent(samples);
  const [least, most] = [
    Math.min(known.lower ?? Infinity, seen[0]),
    Math.max(known.upper ?? -Infinity, seen[1]),
  ];
  const margin = (most - least) / Math.max(samples.length - 1, 1);
  if (!(margin > 0 && margin < Infinity))
    throw new DensityError(
      "degenerate",
      "samples that are all equal do not tell the ends of an interval: give them",
    );
  return { lower: least - margin, upper: most + margin };
}
