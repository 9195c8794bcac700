import { DensityError } from "../density-error.ts";
import { checkNumbers } from "../samples.ts";
import type { Support } from "../support.ts";

/** How many rows of `length` numbers a row-major matrix has, after a look at its numbers. */
export function rowCount(matrix: ArrayLike<number>, length: number, name: string): number {
  checkNumbers(matrix, name);
  const rows = matrix.length / length;
  if (!Number.isInteger(rows))
    throw new DensityError("length", `${matrix.length} ${name} are no whole rows of ${length}`);
  return rows;
}

/** @throws {@link DensityError} `argument`, `value`, `length` for what is no list of so many finite numbers. */
export function checkLength(list: ArrayLike<number>, length: number, name: string): void {
  checkNumbers(list, name);
  if (list.length !== length)
    throw new DensityError("length", `there are ${list.length} ${name}, where ${length} are needed`);
}

/** @throws {@link DensityError} `support` (`at`) for a number outside an interval. */
export function checkInside(list: ArrayLike<number>, support: Support): void {
  if (support.kind !== "interval") return;
  const { lower, upper } = support;
  for (let i = 0; i < list.length; i++)
    if (!(list[i]! >= lower && list[i]! <= upper))
      throw new DensityError(
        "support",
        `targets[${i}] is ${list[i]}, outside the interval from ${lower} to ${upper}`,
        i,
      );
}
