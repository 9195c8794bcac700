// The estimators that are kept beside @lemmata/fourier-density to compare it with.
import { kernelDensity } from "@lemmata/comparators";
import { numbersIn, numbersOf } from "../src/densities/input.ts";
import type { Prepare } from "../src/task.ts";

/** A kernel density estimate with the improved Sheather–Jones bandwidth. */
export const sheatherJones: Prepare = ({ model, lines }) => {
  const samples = numbersOf(model);
  return {
    versions: {},
    run: () => kernelDensity(samples, "sheather-jones"),
    output() {
      const estimate = kernelDensity(samples, "sheather-jones");
      return Array.from(numbersIn(lines), (x) => String(estimate.logPdf(x)));
    },
  };
};
