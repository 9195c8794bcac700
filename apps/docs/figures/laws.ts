import { drawMany, type Target, targets } from "@lemmata/comparators";
import { createRng } from "@lemmata/sampling";
import type { Place } from "./density-view.ts";

/** The laws that samples can be drawn from: mixtures of normal laws first, then what is none. */
export const LAWS: readonly Target[] = [
  "bimodal",
  "claw",
  "asymmetric claw",
  "outlier",
  "paper-10",
  "uniform blocks",
  "beta(½, ½)",
  "exponential",
  "Cauchy",
  "von Mises pair",
].map((name) => targets.find((target) => target.name === name)!);

/** Samples of a law; the same for the same seed. */
export function drawLaw(law: Target, count: number, seed: number): Float64Array {
  return drawMany(law, count, createRng(seed));
}

/** What one may know beforehand of where a law lives. */
export function placeOf({ domain }: Target): Place {
  if (domain.kind === "line") return domain;
  if (domain.kind === "circle") return domain;
  const { lower, upper, poles } = domain;
  return { kind: poles ? "poles" : "interval", lower, upper };
}
