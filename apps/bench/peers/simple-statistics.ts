// simple-statistics, a kernel density estimate in JavaScript: normal kernels, bandwidth by the normal reference rule.
import { numbersIn, numbersOf } from "../src/densities/input.ts";
import type { Prepare } from "../src/task.ts";
import { installed, versionOf } from "./installed.ts";

const { kernelDensityEstimation } = await installed<{
  kernelDensityEstimation: (
    samples: readonly number[],
    kernel: "gaussian",
    bandwidth: "nrd",
  ) => (x: number) => number;
}>("simple-statistics");

export const evaluate: Prepare = ({ model, lines: [operation, ...rest] }) => {
  if (operation !== "log density") throw new Error("has densities only");
  const density = kernelDensityEstimation(Array.from(numbersOf(model)), "gaussian", "nrd");
  const points = numbersIn(rest);
  const answer = (): Float64Array => points.map((x) => Math.log(density(x)));
  return {
    versions: versionOf("simple-statistics"),
    run: answer,
    output: () => Array.from(answer(), String),
  };
};
