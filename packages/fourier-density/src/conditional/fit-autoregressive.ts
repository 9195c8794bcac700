import { DensityError } from "../density-error.ts";
import { fit } from "../fit.ts";
import { checkNumbers } from "../samples.ts";
import type { SupportChoice } from "../support-choice.ts";
import { AutoregressiveDensity, column } from "./autoregressive-density.ts";
import type { ConditionalDensity } from "./conditional-density.ts";
import { fitConditional } from "./fit-conditional.ts";
import type { FitConditionalOptions } from "./fit-options.ts";
import { prefixFeatures } from "./prefix-features.ts";

export interface FitAutoregressiveOptions extends Omit<FitConditionalOptions, "support"> {
  /** Where the numbers of each dimension live, as `fit` has it. Default: `"line"`, all of them. */
  readonly supports?: readonly SupportChoice[] | undefined;
}

/**
 * The density of points by the chain rule: `fit` for the first dimension, `fitConditional` for each further one given
 * those before it.
 *
 * @param points - Rows × dimensions, row-major.
 * @param dimensions - How many numbers a point has.
 * @throws {@link DensityError} as `fit` and `fitConditional`; `length` for what are no whole points, or another number
 * of supports.
 * @remarks Any order of the dimensions is right in the limit; with few terms it is better to have those first that
 * explain the others. `terms` and `hidden` are those of every dimension.
 */
export async function fitAutoregressive(
  points: ArrayLike<number>,
  dimensions: number,
  options: FitAutoregressiveOptions = {},
): Promise<AutoregressiveDensity> {
  checkNumbers(points, "points");
  if (!(Number.isInteger(dimensions) && dimensions > 0))
    throw new DensityError(
      "argument",
      `dimensions must be a whole number above 0, got ${String(dimensions)}`,
    );
  const { supports = Array.from({ length: dimensions }, (): SupportChoice => "line"), ...others } = options;
  const rows = points.length / dimensions;
  if (!Number.isInteger(rows))
    throw new DensityError(
      "length",
      `${points.length} numbers are no whole points of ${dimensions} dimensions`,
    );
  if (supports?.length !== dimensions)
    throw new DensityError("length", `there are ${supports?.length} supports for ${dimensions} dimensions`);

  const { terms, rounds = 200, onProgress } = others;
  const first = fit(column(points, rows, dimensions, 0), { support: supports[0], terms, atoms: "none" });
  const rest: ConditionalDensity[] = [];
  for (let k = 1; k < dimensions; k++) {
    const before = [first.support, ...rest.map(({ support }) => support)];
    const features = prefixFeatures(points, rows, dimensions, before);
    const done = (k - 1) * rounds;
    const density = await fitConditional(features, column(points, rows, dimensions, k), {
      ...others,
      support: supports[k],
      onProgress: (round) => onProgress?.(done + round, (dimensions - 1) * rounds),
    });
    rest.push(density);
  }
  return new AutoregressiveDensity(first, rest);
}
