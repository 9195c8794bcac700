import { alignment, type SumProducts } from "./alignment.ts";
import { MetricsError } from "./metrics-error.ts";
import { products } from "./products.ts";
import { numbersOf, refuseNonFinite, type Vector, type VectorOptions } from "./vector.ts";

/**
 * The cosine of one vector with each row of a matrix: `rows` holds them one after another, each as long as `query`.
 *
 * @returns A number in [−1, 1] for each row.
 * @throws {@link MetricsError} `zero` if `query` is zero, or, with `at`, if a row is; `length` if `rows` is no whole
 * number of rows; `empty`; `value`; `argument`.
 * @remarks O(entries of rows), with the accuracy of `cosine`.
 */
export function cosineToRows(query: Vector, rows: Vector, options: VectorOptions = {}): Float64Array {
  return cosinesToRows(query, rows, options, products);
}

/** {@link cosineToRows} with sums of one's own. */
export function cosinesToRows(
  query: Vector,
  rows: Vector,
  { dtype }: VectorOptions,
  sum: SumProducts,
): Float64Array {
  const x = numbersOf(query, "query", dtype);
  const given = numbersOf(rows, "rows", dtype);
  const y = ArrayBuffer.isView(given) ? (given as Vector & Float64Array) : Float64Array.from(given);
  const width = x.length;
  if (y.length % width !== 0)
    throw new MetricsError("length", `rows has ${y.length} entries, no multiple of the query's ${width}`);
  const rowCosine = (_: unknown, row: number): number => {
    const { cosine, normX } = alignment(x, y.subarray(row * width, (row + 1) * width), 0, width, sum);
    if (cosine !== undefined) return cosine;
    if (normX === 0) throw new MetricsError("zero", "query is zero: it has no angle to others");
    throw new MetricsError("zero", `row ${row} is zero: it has no angle to others`, row);
  };
  try {
    return Float64Array.from({ length: y.length / width }, rowCosine);
  } catch (error) {
    // Of a bad entry, its place among all rows is what a caller wants.
    refuseNonFinite(x, "query");
    refuseNonFinite(y, "rows");
    throw error;
  }
}
