import { type Atoms, NO_ATOMS } from "./atoms.ts";
import { eachBlock, type Samples } from "./samples.ts";
import { subsample } from "./subsample.ts";
import { ownPoint, type Support } from "./support.ts";
import { type SupportChoice, TURN } from "./support-choice.ts";

export interface Untied {
  /** The samples that are no atoms, and their weights. */
  readonly samples: Samples;
  readonly weights: Samples | undefined;
  readonly atoms: Atoms;
  /** The weight of the atoms. */
  readonly tied: number;
}

/** How often a value comes, in samples and beside its neighbours, before it is an atom. */
const LEAST_COUNT = 4;
const LEAST_SHARE = 0.01;
const LEAST_RATIO = 8;
/** So few values, each so often, are all atoms. */
const FEW_VALUES = 16;

/**
 * Takes atoms out of samples: values with at least 1 % of the samples, at least 4, that come 8 times as often as the
 * mean of the two values on each side (so that rounded data, all of whose values come again, have none). All values are
 * atoms where there are at most 16, in 4 times as many samples or more, and where only one is left.
 *
 * @remarks Looked for in a fixed choice of 4096 samples, where a value with 1 % is missed once in 10¹⁵ times; counted
 * in all. O(n).
 */
export function untie(samples: Samples, weights: Samples | undefined, choice: SupportChoice): Untied {
  const none = { samples, weights, atoms: NO_ATOMS, tied: 0 };
  const found = candidates(subsample(samples).sort());
  if (found.length === 0) return none;
  const counts = new Map(found.map((value) => [value, 0]));
  const rest: number[] = [];
  const restWeights: number[] = [];
  let total = 0;
  eachBlock(samples, (block, count, from) => {
    for (let i = 0; i < count; i++) {
      const weight = weights === undefined ? 1 : weights[from + i]!;
      const before = counts.get(block[i]!);
      total += weight;
      if (before !== undefined) counts.set(block[i]!, before + weight);
      else {
        rest.push(block[i]!);
        restWeights.push(weight);
      }
    }
  });
  if (total === 0) return none; // for whoever refuses weights that are all 0
  // One value that is left shows no spread: it is an atom as well.
  if (rest.length > 0 && rest.every((value) => value === rest[0])) {
    counts.set(
      rest[0]!,
      restWeights.reduce((sum, weight) => sum + weight, 0),
    );
    rest.length = restWeights.length = 0;
  }
  const [values, masses, tied] = inOrder(counts, total, choice);
  return {
    samples: Float64Array.from(rest),
    weights: weights === undefined ? undefined : Float64Array.from(restWeights),
    atoms: { values, masses },
    tied,
  };
}

/** Samples that are none of some atoms, and their weights. */
export function withoutAtoms(
  samples: Samples,
  weights: Samples | undefined,
  { values }: Atoms,
  support: Support,
): { readonly samples: Samples; readonly weights: Samples | undefined } {
  if (values.length === 0) return { samples, weights };
  const ties = new Set(values);
  const kept = Array.from(samples, (_, i) => i).filter((i) => !ties.has(ownPoint(support, samples[i]!)));
  return {
    samples: Float64Array.from(kept, (i) => samples[i]!),
    weights: weights === undefined ? undefined : Float64Array.from(kept, (i) => weights[i]!),
  };
}

/** Atoms in increasing order, those of a circle in its period, their masses and their weight. */
function inOrder(counts: Map<number, number>, total: number, choice: SupportChoice) {
  const placed = new Map<number, number>();
  const circle = choice === "circle" ? TURN : choice;
  for (const [value, count] of counts) {
    if (count === 0) continue;
    const place = typeof circle === "object" && circle?.kind === "circle" ? ownPoint(circle, value) : value;
    placed.set(place, (placed.get(place) ?? 0) + count);
  }
  const values = Float64Array.from(placed.keys()).sort();
  const tied = [...placed.values()].reduce((sum, count) => sum + count, 0);
  return [values, values.map((value) => Math.min(placed.get(value)! / total, 1)), tied] as const;
}

/** The values that are atoms, of samples in increasing order. */
function candidates(sorted: Float64Array): number[] {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted)
    if (value === values.at(-1)) counts[counts.length - 1]!++;
    else {
      values.push(value);
      counts.push(1);
    }
  const often = sorted.length >= LEAST_COUNT * values.length;
  if ((values.length <= FEW_VALUES && often) || (values.length === 1 && sorted.length > 1)) return values;
  return values.filter((_, i) => {
    const count = counts[i]!;
    if (count < Math.max(LEAST_COUNT, LEAST_SHARE * 0.5 * sorted.length)) return false;
    const around = [i - 2, i - 1, i + 1, i + 2].map((j) => counts[j]).filter((c) => c !== undefined);
    const mean = around.reduce((sum, c) => sum + c, 0) / around.length;
    return count >= LEAST_RATIO * mean;
  });
}
