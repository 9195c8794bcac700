// @lemmata/fourier-density, as built for users. The input is samples, as bytes of float64; the lines are the points that
// the density is asked for.
import { fit, type FitOptions, type FourierDensity } from "@lemmata/fourier-density";
import manifest from "@lemmata/fourier-density/package.json" with { type: "json" };
import { numbersIn, numbersOf, type Operation } from "../src/densities/input.ts";
import type { Prepare, Task } from "../src/task.ts";

const versions = { "@lemmata/fourier-density": manifest.version };

/** What the fit with given terms is told. */
export const GIVEN: FitOptions = {
  support: { kind: "line", map: "tanh", location: 0, scale: 1.9 },
  terms: 32,
};

function fitting(options: FitOptions): Prepare {
  return ({ model, lines }) => {
    const samples = numbersOf(model);
    return {
      versions,
      run: () => fit(samples, options),
      output: () => linesOf(fit(samples, options).logPdf(numbersIn(lines))),
    };
  };
}

export const fitGiven = fitting(GIVEN);
export const fitAutomatic = fitting({});

/** What the first line names, about the numbers that follow. */
export const evaluate: Prepare = ({ model, lines: [operation, ...rest] }): Task => {
  const density = fit(numbersOf(model), GIVEN);
  const numbers = numbersIn(rest);
  const answer = operations[operation as Operation](density, numbers);
  return { versions, run: answer, output: () => linesOf(answer()) };
};

const operations: Record<Operation, (density: FourierDensity, numbers: Float64Array) => () => Float64Array> =
  {
    "log density": (density, points) => () => density.logPdf(points),
    cdf: (density, points) => () => density.cdf(points),
    draws:
      (density, [count]) =>
      () =>
        density.sample(count!),
  };

function linesOf(values: Float64Array): string[] {
  return Array.from(values, String);
}
