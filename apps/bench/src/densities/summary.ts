import { quantile } from "../statistics.ts";
import type { Outcome } from "./cell.ts";
import { converged, guarded, ours } from "./estimators.ts";
import { groupBy } from "./group-by.ts";

/** What a law and a number of samples gave. */
export interface Row {
  readonly target: string;
  readonly size: number;
  /** Median excess over the seeds, in nats; of estimators that failed, why. */
  readonly excess: Readonly<Record<string, number | string>>;
  /** The median of ours over that of the guarded kernel estimate, and over that of the converged mixture on the same seeds. */
  readonly toKernels: number;
  readonly toMixture: number;
}

/** At most so many times the excess of the converged mixture is what ours shall have. */
export const MIXTURE_BOUND = 1.25;

/** A row for each law and size, in the order in which they come. */
export function summarize(outcomes: readonly Outcome[]): Row[] {
  const groups = groupBy(outcomes, ({ target, size }) => `${target}\t${size}`);
  return [...groups.values()].map((group) => {
    const { target, size } = group[0]!;
    const by = groupBy(group, ({ estimator }) => estimator);
    const shared = new Set(by.get(converged)?.map(({ seed }) => seed));
    const oursOfAll = median(by.get(ours));
    const oursOfShared = median(by.get(ours)?.filter(({ seed }) => shared.has(seed)));
    return {
      target,
      size,
      excess: Object.fromEntries([...by].map(([name, of]) => [name, median(of)])),
      toKernels: ratio(oursOfAll, median(by.get(guarded))),
      toMixture: ratio(oursOfShared, median(by.get(converged))),
    };
  });
}

/** Of excesses; one that failed fails the median. */
function median(outcomes: readonly Outcome[] | undefined): number | string {
  if (outcomes === undefined || outcomes.length === 0) return "not measured";
  const failure = outcomes.find(({ excess }) => typeof excess === "string" && excess !== "∞");
  if (failure !== undefined) return failure.excess;
  return quantile(
    outcomes.map(({ excess }) => (excess === "∞" ? Infinity : (excess as number))),
    0.5,
  );
}

/** NaN if one was not measured; 0 where the other lost infinitely much, and only it. */
function ratio(mine: number | string, other: number | string): number {
  return typeof mine === "string" || typeof other === "string" ? Number.NaN : mine / other;
}
