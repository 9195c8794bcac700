import { pythonDensity } from "../peers/python-densities.ts";
import { fitQuality, quadraturePoints, samplesInput } from "../src/densities/input.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/densities.ts", import.meta.url);
const comparators = new URL("../contestants/comparators.ts", import.meta.url);

export const suite: Suite = {
  name: "fit",
  claim: "A density fitted to a million samples, beside scikit-learn's mixture of ten normal laws.",
  measure: "time",
  process: "kept",
  ratio: "times",
  baselines: ["fit, automatic", "fit, terms given"],
  inputs: () => [samplesInput("1M samples", 1_000_000, "8 MB of float64", quadraturePoints)],
  quality: fitQuality,
  contestants: [
    inNode(
      { name: "fit, terms given", ours: true, remark: "32 terms, location and scale given" },
      ours,
      "fitGiven",
    ),
    inNode({ name: "fit, automatic", ours: true }, ours, "fitAutomatic"),
    pythonDensity({ name: "GaussianMixture(10)", remark: "scikit-learn, its defaults" }, "mixture", "fit"),
    inNode(
      { name: "kernelDensity, ISJ", ours: false, remark: "tools/comparators" },
      comparators,
      "sheatherJones",
    ),
  ],
  notes: [
    "The excess loss is KL(law ‖ fit), by quadrature; in the suite's process, so of one seed. `run densities` has the medians of many.",
    "The kernel estimate is the one that `run densities` compares with; its time is that of the bandwidth. KDEpy, which has the improved Sheather–Jones rule too, was not taken: 1.1.12 scales the bandwidth that it found on its grid by the range of the samples instead, and its density is then narrower than its grid.",
    "A fit by scipy's gaussian_kde or simple-statistics only keeps the samples: see `evaluate`.",
  ],
};
