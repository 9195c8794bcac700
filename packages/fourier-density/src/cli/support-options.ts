import { numberOption, UsageError } from "@lemmata/filter";
import type { Interval, Line, Support } from "../support.ts";
import type { SupportChoice } from "../support-choice.ts";

/** The options that tell a support, for `parseArgs`. */
export const supportOptions = {
  support: { type: "string", default: "line" },
  lower: { type: "string" },
  upper: { type: "string" },
  map: { type: "string" },
  location: { type: "string" },
  scale: { type: "string" },
} as const;

/** What `--help` says of them. */
export const supportHelp = `  --support KIND    line (the default), interval or circle
  --lower X, --upper X
                    the ends of an interval, which are those of the samples and a little more if left out; of the period
                    of a circle, −π and π if left out
  --map NAME        of a line: tanh, erf, atan or logit; of an interval: linear (the default), or arcsine for densities
                    that blow up at the ends
  --location X, --scale X
                    of a line. They and the map are chosen if left out`;

/** What `parseArgs` found of {@link supportOptions}. */
interface SupportValues {
  readonly support: string;
  readonly lower?: string | undefined;
  readonly upper?: string | undefined;
  readonly map?: string | undefined;
  readonly location?: string | undefined;
  readonly scale?: string | undefined;
}

/** A support, or as much of it as options tell. */
type Told = Exclude<SupportChoice, string>;

/** Which of the others go with each kind. */
const belonging: Readonly<Record<Support["kind"], readonly (keyof SupportValues)[]>> = {
  line: ["map", "location", "scale"],
  interval: ["map", "lower", "upper"],
  circle: ["lower", "upper"],
};

/**
 * The support that options tell, or as much of it.
 *
 * @throws {@link UsageError} for a kind that there is not, or what does not go with it.
 */
export function supportOf(values: SupportValues): Told {
  const kind = values.support;
  if (!isKind(kind))
    throw new UsageError(`no support "${kind}"; there are ${Object.keys(belonging).join(", ")}`);
  for (const name of ["lower", "upper", "map", "location", "scale"] as const)
    if (values[name] !== undefined && !belonging[kind].includes(name))
      throw new UsageError(`--${name} is not for --support ${kind}`);
  const number = (name: "lower" | "upper" | "location" | "scale"): object => {
    const value = values[name];
    return value === undefined ? {} : { [name]: numberOption(name, value) };
  };
  const map = values.map === undefined ? {} : { map: values.map as Line["map"] & Interval["map"] };
  if (kind === "line") return { kind, ...map, ...number("location"), ...number("scale") };
  const ends: { lower?: number; upper?: number } = { ...number("lower"), ...number("upper") };
  if (kind === "interval") return { kind, ...map, ...ends };
  const { lower = -Math.PI, upper = Math.PI } = ends;
  if (Object.keys(ends).length === 1) throw new UsageError("a period needs both --lower and --upper");
  return { kind, lower, upper };
}

function isKind(kind: string): kind is Support["kind"] {
  return Object.hasOwn(belonging, kind);
}

/** The support, if the choice leaves nothing to the samples. */
export function wholeSupport(choice: Told): Support | undefined {
  if (choice.kind === "circle") return choice;
  if (choice.kind === "interval") {
    const { kind, lower, upper, map = "linear" } = choice;
    return lower === undefined || upper === undefined ? undefined : { kind, lower, upper, map };
  }
  const { kind, map, location, scale } = choice;
  if (map === undefined || location === undefined || scale === undefined) return undefined;
  return { kind, map, location, scale };
}

/** Says what is wrong with a sample that does not lie in a support. */
export function outsideOf(choice: Told): ((value: number) => string | undefined) | undefined {
  if (choice.kind !== "interval") return undefined;
  const { lower = -Infinity, upper = Infinity } = choice;
  return (value) =>
    value < lower || value > upper ? `${value} is outside the interval from ${lower} to ${upper}` : undefined;
}
