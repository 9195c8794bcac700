import { statSync } from "node:fs";
import { pythonDensity } from "../peers/python-densities.ts";
import { answerQuality, drawsOf, type Operation, samplesInput } from "../src/densities/input.ts";
import { type Contestant, type Input, type Suite, Unavailable } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/densities.ts", import.meta.url);
const simpleStatistics = new URL("../peers/simple-statistics.ts", import.meta.url);

function input(name: string, samples: number, operation: Operation, numbers: () => Float64Array): Input {
  return samplesInput(name, samples, name, () => [operation, ...Array.from(numbers(), String)]);
}

/** Kernel estimates ask all samples about every point, so they only take part where there are few of both. */
function onlyFew(contestant: Contestant): Contestant {
  return {
    ...contestant,
    launch(files) {
      if (statSync(files.modelFile).size > 8 * FEW)
        throw new Unavailable("takes minutes; see the input with fewer points");
      return contestant.launch(files);
    },
  };
}

const FEW = 10_000;

export const suite: Suite = {
  name: "evaluate",
  claim: "What a fitted density is asked for: its logarithm, its cdf, draws.",
  measure: "time",
  process: "kept",
  ratio: "times",
  baselines: ["FourierDensity"],
  inputs: () => [
    input("log density of 200,000 points", 100_000, "log density", () => drawsOf(200_000, 2)),
    input("cdf of 200,000 points", 100_000, "cdf", () => drawsOf(200_000, 2)),
    input("1,000,000 draws", 100_000, "draws", () => Float64Array.of(1_000_000)),
    input("log density of 1,000 points", FEW, "log density", () => drawsOf(1000, 2)),
  ],
  quality: answerQuality,
  contestants: [
    inNode({ name: "FourierDensity", ours: true, remark: "32 terms" }, ours, "evaluate"),
    pythonDensity(
      { name: "GaussianMixture(10)", remark: "scikit-learn; cdf by scipy's ndtr" },
      "mixture",
      "evaluate",
    ),
    onlyFew(pythonDensity({ name: "gaussian_kde", remark: "scipy" }, "kernels", "evaluate")),
    onlyFew(
      inNode({ name: "simple-statistics", ours: false, remark: "kernels" }, simpleStatistics, "evaluate"),
    ),
  ],
  notes: [
    "The fit is done before, and not timed. Points are draws of the law; of a density without draws or a cdf, the line below the table says so.",
    "Off the law: the mean of log p − log q over the points, p being the law; the largest distance of the cdf; or √n times that of the cdf of the draws, which lies between 0.5 and 1.4 for nine in ten samples of the law itself, and is above it for draws of an estimate.",
  ],
};
