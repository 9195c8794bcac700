import { asymmetricClaw, asymmetricDoubleClaw, bimodal, claw, outlier, paperTen } from "./mixtures.ts";
import { arcsine, cauchy, cutExponential, exponential, uniformBlocks } from "./others.ts";
import type { Target } from "./target.ts";
import { vonMisesPair } from "./von-mises.ts";

/** Mixtures of normal laws first, then what lies outside their home ground. */
export const targets: readonly Target[] = [
  bimodal,
  claw,
  outlier,
  asymmetricClaw,
  asymmetricDoubleClaw,
  paperTen,
  uniformBlocks,
  arcsine,
  vonMisesPair,
  exponential,
  cutExponential,
  cauchy,
];
