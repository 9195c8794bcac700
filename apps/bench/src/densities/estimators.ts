import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  binned,
  type Density,
  type Domain,
  fitFactorizedPrior,
  fitMixtureByEm,
  fitMixtureByGradient,
  GaussianMixture,
  kernelDensity,
  type RandomSource,
} from "@lemmata/comparators";
import { fit, type SupportChoice } from "@lemmata/fourier-density";

/** One way of estimating a density from samples. */
export interface Estimator {
  readonly name: string;
  /** What a reader should know of it. */
  readonly description: string;
  /** At most so many seeds, of what takes long. */
  readonly seeds: number;
  /**
   * @param domain - What is known beforehand of where the law lives.
   * @param python - A Python with scikit-learn, if there is one.
   */
  estimate(samples: Float64Array, domain: Domain, rng: RandomSource, python: string | undefined): Density;
}

const COMPONENTS = 10;

export const ours = "ours";
export const guarded = "KDE, ISJ, guarded";
export const converged = "mixture, EM";
export const scikitLearn = "scikit-learn";

export const estimators: readonly Estimator[] = [
  {
    name: ours,
    description:
      "`fit`, everything automatic but that it is told of a circle, and of an interval and whether the density is infinite at its ends",
    seeds: Infinity,
    estimate: (samples, domain) => fit(samples, { support: supportOf(domain) }),
  },
  {
    name: guarded,
    description:
      "normal kernels, improved Sheather–Jones bandwidth (Botev, Grotowski and Kroese 2010), samples shared among 16,384 nodes; and a share of 1/n of the estimate with Scott's bandwidth, without which one sample beyond the others may cost thousands of nats",
    seeds: Infinity,
    estimate: (samples) =>
      mixed(kernelDensity(samples, "sheather-jones"), kernelDensity(samples, "scott"), 1 / samples.length),
  },
  {
    name: "KDE, ISJ",
    description: "the same without that share",
    seeds: 5,
    estimate: (samples) => kernelDensity(samples, "sheather-jones"),
  },
  {
    name: "KDE, Scott",
    description: "the same kernels with Scott's bandwidth, which is scipy's default",
    seeds: 5,
    estimate: (samples) => kernelDensity(samples, "scott"),
  },
  {
    name: converged,
    description:
      "ten normal laws by expectation–maximisation, the likeliest of three k-means++ starts, each until a step gains less than 1e-7 nats; above 10,000 samples on 16,384 nodes that they are shared among",
    seeds: 5,
    estimate(samples, _, rng) {
      if (samples.length <= 10_000) return fitMixtureByEm(samples, { components: COMPONENTS, rng }).mixture;
      const { lower, step, shares } = binned(samples);
      const nodes = shares.map((_share, i) => lower + i * step);
      return fitMixtureByEm(nodes, { components: COMPONENTS, rng, weights: shares }).mixture;
    },
  },
  {
    name: "mixture, Adam",
    description: "ten normal laws by 2,500 steps of Adam on 256 samples, means beginning at data points",
    seeds: 3,
    estimate: (samples, _, rng) => fitMixtureByGradient(samples, { components: COMPONENTS, rng }),
  },
  {
    name: "factorised prior",
    description:
      "the deep factorised prior of learned compression, 43 parameters, 10,000 steps of Adam on 128 samples",
    seeds: 1,
    estimate: (samples, _, rng) => fitFactorizedPrior(samples, { rng }),
  },
  {
    name: scikitLearn,
    description: "GaussianMixture(10) with its defaults",
    seeds: 3,
    estimate(samples, _, rng, python) {
      if (python === undefined) throw new Error("needs python3 with the package sklearn");
      const script = fileURLToPath(new URL("../../peers/sklearn_mixture.py", import.meta.url));
      const input = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      const seed = String(Math.floor(rng() * 2 ** 31));
      const answer = execFileSync(python, [script, String(COMPONENTS), seed], { input, encoding: "utf8" });
      const { weights, means, deviations } = JSON.parse(answer) as Record<string, number[]>;
      return new GaussianMixture(weights!, means!, deviations!);
    },
  },
];

/** (1 − share) p + share q. */
function mixed(p: Density, q: Density, share: number): Density {
  return {
    logPdf(x) {
      const [a, b] = [Math.log1p(-share) + p.logPdf(x), Math.log(share) + q.logPdf(x)];
      return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    },
  };
}

function supportOf(domain: Domain): SupportChoice {
  if (domain.kind === "line") return "line";
  if (domain.kind === "circle") return domain;
  const { kind, lower, upper, poles } = domain;
  return { kind, lower, upper, map: poles ? "arcsine" : "linear" };
}
