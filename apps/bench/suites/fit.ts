import { pythonDensity } from "../peers/python-densities.ts";
import { fitQuality, quadraturePoints, samplesInput } from "../src/densities/input.ts";
import type { Suite } from "../src/suite.ts";
import { inNode } from "../src/task.ts";

const ours = new URL("../contestants/densities.ts", import.meta.url);

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
    pythonDensity({ name: "FFTKDE, ISJ", remark: "KDEpy, on its grid" }, "fast-kernels", "fit"),
  ],
  notes: [
    "The excess loss is KL(law ‖ fit), by quadrature; in the suite's process, so of one seed. `run densities` has the medians of many.",
    "KDEpy gives densities on a grid of 1,024 points, and so its time is that of the fit and the grid; its loss is that of linear interpolation between them. It scales the bandwidth by the range of the samples, though it was found on that of the grid.",
    "A fit by scipy's gaussian_kde or simple-statistics only keeps the samples: see `evaluate`.",
  ],
};
