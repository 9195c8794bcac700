import { alignment } from "../alignment.ts";
import { cosinesToRows } from "../cosine-to-rows.ts";
import { cosinesOfGroups, type GroupedCosine } from "../grouped-cosine.ts";
import type { Groups } from "../groups.ts";
import { MetricsError } from "../metrics-error.ts";
import { pairOf, type Vector, type VectorOptions } from "../vector.ts";
import { kernelProducts } from "./kernel-products.ts";

/**
 * The cosine of the angle between two vectors, as the main entry's `cosine`, summed in WebAssembly where both are float32
 * (or 16-bit floats): copied there by parts, or in place if they are of `residentVectors`.
 *
 * @throws {@link MetricsError} as the main entry's.
 * @remarks O(n), with the main entry's accuracy. The last digits may depend on the machine: products are added without
 * being rounded first where it can do so.
 */
export function cosine(x: Vector, y: Vector, options: VectorOptions = {}): number {
  const [a, b] = pairOf(x, y, options.dtype);
  const value = alignment(a, b, 0, a.length, kernelProducts).cosine;
  if (value === undefined) throw new MetricsError("zero", "a zero vector has no angle");
  return value;
}

/**
 * The cosine of one vector with each row of a matrix, as the main entry's `cosineToRows`, summed as {@link cosine} is.
 *
 * @throws {@link MetricsError} as the main entry's.
 * @remarks O(entries of rows).
 */
export function cosineToRows(query: Vector, rows: Vector, options: VectorOptions = {}): Float64Array {
  return cosinesToRows(query, rows, options, kernelProducts);
}

/**
 * The cosine of two vectors, taken apart by blocks, as the main entry's `groupedCosine`, each block of 128 entries or more
 * summed as {@link cosine} is.
 *
 * @throws {@link MetricsError} as the main entry's.
 * @remarks O(n + k log k) for k blocks.
 */
export function groupedCosine(
  x: Vector,
  y: Vector,
  groups: Groups,
  options: VectorOptions = {},
): GroupedCosine {
  return cosinesOfGroups(x, y, groups, options, kernelProducts);
}
