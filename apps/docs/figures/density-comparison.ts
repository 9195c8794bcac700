import {
  binned,
  type Density,
  excessLoss,
  fitMixtureByEm,
  type GaussianMixture,
  kernelDensity,
} from "@lemmata/comparators";
import { createRng } from "@lemmata/sampling";
import { gridOf, type View } from "./density-view.ts";
import { LAWS } from "./laws.ts";

/** What a density is compared with: the law itself, and estimates that one would use otherwise. */
export const COMPARATORS = ["law", "silverman", "sheather-jones", "mixture"] as const;
export type Comparator = (typeof COMPARATORS)[number];

export interface CompareQuestion {
  readonly samples: Float64Array;
  readonly view: View;
  readonly law: string | undefined;
  /** Those that are wanted. */
  readonly comparators: readonly Comparator[];
  /** How many normal laws the mixture has. */
  readonly components: number;
}

/** What a page shows of an estimate; `reason`: why there is none. */
export type Compared =
  | {
      readonly curve: Float64Array;
      /** In nats a sample. */
      readonly logLikelihood: number;
      readonly excess: number | undefined;
      /** Numbers that were chosen; undefined for the law. */
      readonly parameters: number | undefined;
    }
  | { readonly reason: string };

export type CompareAnswer = Readonly<Partial<Record<Comparator, Compared>>>;

/** From more samples a mixture is fitted to so many bins of them. */
const BINS = 4096;
/** The log-likelihood is of so many samples at the most, evenly picked. */
const PICKED = 5000;

export function compareAnswer(question: CompareQuestion): CompareAnswer {
  const { comparators } = question;
  return Object.fromEntries(comparators.map((name) => [name, compared(name, question)]));
}

function compared(name: Comparator, { samples, view, law, components }: CompareQuestion): Compared {
  const target = LAWS.find((one) => one.name === law);
  let estimate: Density & { readonly parameters?: number };
  try {
    if (name === "mixture") estimate = mixtureOf(samples, components);
    else if (name !== "law") estimate = kernelDensity(samples, name);
    else if (target !== undefined) estimate = target;
    else return { reason: "not known" };
  } catch (error) {
    return { reason: (error as Error).message };
  }
  const step = Math.ceil(samples.length / PICKED);
  const picked = samples.filter((_, i) => i % step === 0);
  return {
    curve: gridOf(view).map((x) => Math.exp(estimate.logPdf(x))),
    logLikelihood: picked.reduce((sum, x) => sum + estimate.logPdf(x), 0) / picked.length,
    excess: target === undefined ? undefined : excessLoss(target, estimate),
    parameters: estimate.parameters,
  };
}

function mixtureOf(samples: Float64Array, components: number): GaussianMixture {
  const options = { components, rng: createRng(1), tolerance: 1e-6, maxSteps: 500 };
  if (samples.length <= BINS) return fitMixtureByEm(samples, options).mixture;
  const { lower, step, shares } = binned(samples, BINS);
  const nodes = shares.map((_, i) => lower + i * step);
  return fitMixtureByEm(nodes, { ...options, weights: shares }).mixture;
}
