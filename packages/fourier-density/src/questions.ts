import { DensityError } from "./density-error.ts";
import { type Circle, intoPeriod, type Support } from "./support.ts";

/** Points at which a density can be asked for; of a circle, within its period. */
export function checkedPoints(support: Support, x: ArrayLike<number>): Float64Array {
  checkedList(x);
  let outside = false;
  for (let i = 0; i < x.length; i++) {
    const point: unknown = x[i];
    if (typeof point !== "number" || Number.isNaN(point))
      throw new DensityError("value", `${String(point)} is no point`, i);
    if (support.kind !== "circle") continue;
    if (!Number.isFinite(point)) throw new DensityError("value", `${point} is no point of a circle`, i);
    outside ||= point < support.lower || point > support.upper;
  }
  if (outside) return Float64Array.from(x, (point) => intoPeriod(support as Circle, point));
  return x instanceof Float64Array ? x : Float64Array.from(x);
}

/** @throws {@link DensityError} `argument` for what is no list. */
export function checkedList(values: unknown): void {
  const length =
    typeof values === "object" && values !== null ? (values as ArrayLike<unknown>).length : undefined;
  if (!Number.isInteger(length) || length! < 0)
    throw new DensityError("argument", "a number or a list of numbers is needed");
}

/** Where the answers go. */
export function outputFor({ length }: ArrayLike<number>, out: Float64Array | undefined): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array)) throw new DensityError("argument", "out must be a Float64Array");
  if (out.length !== length)
    throw new DensityError("length", `out has ${out.length} entries for ${length} values`);
  return out;
}
