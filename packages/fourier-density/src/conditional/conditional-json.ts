import { MOST_TERMS } from "../amplitude.ts";
import { DensityError, fromFormat } from "../density-error.ts";
import { fieldsOf } from "../fields.ts";
import { checkedSupport, type Support } from "../support.ts";
import type { ConditionalModel } from "./batch.ts";
import type { HeldOutLoss } from "./conditional-density.ts";
import { Head } from "./head.ts";
import { MOST_HIDDEN, weightCount } from "./network.ts";
import { Standardizer } from "./standardizer.ts";

/** A conditional density as plain data. */
export interface ConditionalDensityJson {
  readonly kind: "conditional-density";
  readonly version: 1;
  readonly support: Support;
  readonly terms: number;
  readonly hidden: number;
  /** Of the features, as they were when it was fitted. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Row-major V (hidden × features) and c (hidden) if there is a hidden layer, then W (outputs × hidden or × features), b. */
  readonly weights: readonly number[];
  readonly heldOut: HeldOutLoss;
}

export function modelToJson(model: ConditionalModel, heldOut: HeldOutLoss): ConditionalDensityJson {
  const { support, terms, hidden, standardizer, weights } = model;
  return {
    kind: "conditional-density",
    version: 1,
    support,
    terms,
    hidden,
    means: [...standardizer.means],
    deviations: [...standardizer.deviations],
    weights: [...weights],
    heldOut: { ...heldOut },
  };
}

/** @throws {@link DensityError} `format`. */
export function modelFromJson(json: unknown): { model: ConditionalModel; heldOut: HeldOutLoss } {
  const given = fieldsOf(json);
  if (given.kind !== "conditional-density" || given.version !== 1)
    throw new DensityError("format", "this is not the JSON form of a conditional density, version 1");
  const support = fromFormat(() => checkedSupport(given.support));
  // Each row takes O(terms²): more than any fit has would be a trap.
  const terms = count(given.terms, "terms", MOST_TERMS);
  const hidden = count(given.hidden, "hidden", MOST_HIDDEN);
  const means = numbers(given.means, "means");
  const deviations = numbers(given.deviations, "deviations");
  const weights = numbers(given.weights, "weights");
  const { conditional, marginal } = (given.heldOut ?? {}) as Record<string, unknown>;
  if (
    means.length === 0 ||
    deviations.length !== means.length ||
    !deviations.every((deviation) => deviation > 0)
  )
    throw new DensityError(
      "format",
      "a conditional density has as many deviations above 0 as means, one or more",
    );
  const needed = weightCount({ inputs: means.length, hidden, outputs: new Head(support, terms).outputs });
  if (weights.length !== needed)
    throw new DensityError("format", `there are ${weights.length} weights, where ${needed} are needed`);
  if (!Number.isFinite(conditional) || !Number.isFinite(marginal))
    throw new DensityError("format", "the losses held out must be two finite numbers");
  return {
    model: { support, terms, hidden, standardizer: new Standardizer(means, deviations), weights },
    heldOut: { conditional: conditional as number, marginal: marginal as number },
  };
}

function count(value: unknown, name: string, most: number): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most)
    throw new DensityError(
      "format",
      `${name} must be a whole number from 0 to ${most}, got ${String(value)}`,
    );
  return value as number;
}

function numbers(value: unknown, name: string): Float64Array {
  if (!Array.isArray(value) || !value.every(Number.isFinite))
    throw new DensityError("format", `${name} must be a list of finite numbers`);
  return Float64Array.from(value as number[]);
}
