import { MetricsError } from "./metrics-error.ts";
import { pairOf, refuseNonFinite, type Vector } from "./vector.ts";

/** The observations of a group. */
export interface Sample {
  readonly name?: string;
  readonly x: Vector;
  readonly y: Vector;
}

/** Sums of squares and products of deviations, with the correlation that they make. */
export interface Scatter {
  /** Σ (x − x̄)(y − ȳ) */
  readonly xy: number;
  /** Σ (x − x̄)² */
  readonly xx: number;
  /** Σ (y − ȳ)² */
  readonly yy: number;
  /** xy / √(xx · yy); undefined where x or y varies by no more than rounding. */
  readonly correlation: number | undefined;
}

/** The scatter of a group about its own means. */
export interface GroupScatter extends Scatter {
  /** The name that it was given, else its place, from 0. */
  readonly name: string;
  readonly size: number;
  readonly meanX: number;
  readonly meanY: number;
}

/** How a correlation comes about over groups. */
export interface Simpson {
  /** Of all observations about the means of all. */
  readonly total: Scatter;
  /** Of each observation about the means of its group. */
  readonly within: Scatter;
  /** Of the means of the groups, each as often as it has members, about the means of all. `within` + `between` = `total`. */
  readonly between: Scatter;
  readonly groups: readonly GroupScatter[];
  /** Simpson's paradox: the correlations of all groups that have one are of one sign, and the total one is of the other. */
  readonly reverses: boolean;
}

/**
 * Takes the correlation of observations in groups apart into what is within the groups and what is between them, and
 * tells whether its sign reverses when the groups are pooled.
 *
 * @throws {@link MetricsError} `empty` if there are no groups or one has no entries; `length`; `value` also where squares
 * leave float64's range; `argument`.
 * @remarks O(n). Means are taken off before anything is squared. After 科学空间 9931.
 */
export function simpson(samples: readonly Sample[]): Simpson {
  if (!Array.isArray(samples)) throw new MetricsError("argument", "samples is no array of { x, y }");
  if (samples.length === 0) throw new MetricsError("empty", "samples is empty");
  const pairs = samples.map((sample: Sample) => pairOfSample(sample));
  const means = pairs.map((pair) => pair.map(mean) as [number, number]);
  const sizes = pairs.map(([x]) => x.length);
  // Deviations of this size are what rounding leaves of equal entries.
  const rounding = [0, 1].map(
    (side) => 2 ** -50 * pairs.reduce((most, pair) => largest(pair[side]!, most), 0),
  );

  /** Of terms [how many, deviation of x, deviation of y]; what rounding of the means has left in them is taken off. */
  const scatterOf = (terms: readonly (readonly [number, number, number])[]): Scatter => {
    let [count, x, y, xy, xx, yy] = [0, 0, 0, 0, 0, 0];
    for (const [times, dx, dy] of terms) {
      count += times;
      x += times * dx;
      y += times * dy;
      xy += times * dx * dy;
      xx += times * dx * dx;
      yy += times * dy * dy;
    }
    return withCorrelation(
      xy - (x * y) / count,
      Math.max(0, xx - (x * x) / count),
      Math.max(0, yy - (y * y) / count),
      count,
    );
  };
  const withCorrelation = (xy: number, xx: number, yy: number, count: number): Scatter => {
    if (!Number.isFinite(xx + yy)) throw new MetricsError("value", "the squares of the entries overflow");
    const varies = Math.sqrt(xx / count) > rounding[0]! && Math.sqrt(yy / count) > rounding[1]!;
    const ratio = xy / Math.sqrt(xx) / Math.sqrt(yy);
    return { xy, xx, yy, correlation: varies ? Math.max(-1, Math.min(1, ratio)) : undefined };
  };

  const groups = pairs.map(([x, y], g): GroupScatter => {
    const [meanX, meanY] = means[g]!;
    const terms = Array.from(x, (entry, i) => [1, entry - meanX, y[i]! - meanY] as const);
    return { name: samples[g]!.name ?? String(g), size: sizes[g]!, meanX, meanY, ...scatterOf(terms) };
  });
  const count = sizes.reduce((sum, size) => sum + size);
  const [centreX, centreY] = [0, 1].map((side) =>
    means.reduce((sum, pair, g) => sum + pair[side]! * (sizes[g]! / count), 0),
  );
  const between = scatterOf(means.map(([x, y], g) => [sizes[g]!, x - centreX!, y - centreY!]));
  const inAll = (sum: "xy" | "xx" | "yy"): number => groups.reduce((all, group) => all + group[sum], 0);
  const within = withCorrelation(inAll("xy"), inAll("xx"), inAll("yy"), count);
  const total = withCorrelation(
    within.xy + between.xy,
    within.xx + between.xx,
    within.yy + between.yy,
    count,
  );
  return { total, within, between, groups, reverses: isReversed(groups, total) };
}

function pairOfSample(sample: Sample): [Vector, Vector] {
  const [x, y] = pairOf(sample?.x, sample?.y);
  refuseNonFinite(x, "x");
  refuseNonFinite(y, "y");
  return [x, y];
}

function isReversed(groups: readonly Scatter[], { correlation: total = 0 }: Scatter): boolean {
  const signs = groups.flatMap(({ correlation }) =>
    correlation === undefined ? [] : Math.sign(correlation),
  );
  return signs.length > 0 && total !== 0 && signs.every((sign) => sign === -Math.sign(total));
}

function mean(x: Vector): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! / x.length;
  return sum;
}

function largest(x: Vector, least: number): number {
  for (let i = 0; i < x.length; i++) least = Math.max(least, Math.abs(x[i]!));
  return least;
}
