import { MetricsError } from "../metrics-error.ts";
import { numbersOf, refuseNonFinite, type Vector } from "../vector.ts";

/** The shape of a row-major matrix. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Seldom more than ten are needed; the limit is LAPACK's. */
const MOST_SWEEPS = 30;

/**
 * The singular values of a matrix, largest first: min(rows, columns) of them.
 *
 * @param entries The matrix row by row.
 * @throws {@link MetricsError} `length` if the entries do not fill the shape; `empty`, `value`, `argument`.
 * @remarks One-sided Jacobi: pairs of columns are turned until all are orthogonal, and their norms are the singular values.
 * Errors are within some units of 2⁻⁵³ · √rows of the largest, and of each one's own size if the columns differ only in
 * scale. O(rows · columns²) a sweep for rows ≥ columns (the transpose is taken else), some ten sweeps: about a second for
 * 256 × 256.
 */
export function singularValues(entries: Vector, shape: Shape): Float64Array {
  const { columns, unit } = tallColumns(entries, shape);
  const enough = Math.sqrt(columns[0]!.length) * 2 ** -52;
  for (let sweep = 0, turned = true; turned && sweep < MOST_SWEEPS; sweep++) {
    turned = false;
    for (let i = 0; i < columns.length; i++)
      for (let j = i + 1; j < columns.length; j++)
        if (makeOrthogonal(columns[i]!, columns[j]!, enough)) turned = true;
  }
  return Float64Array.from(columns, (column) => Math.sqrt(dot(column, column)) * unit)
    .sort()
    .reverse();
}

/** Turns two columns in their plane until they are orthogonal; false if they were, but for rounding. */
function makeOrthogonal(a: Float64Array, b: Float64Array, enough: number): boolean {
  const aa = dot(a, a);
  const bb = dot(b, b);
  const ab = dot(a, b);
  if (Math.abs(ab) <= enough * Math.sqrt(aa) * Math.sqrt(bb)) return false;
  // The smaller of the two angles that do it: tan²θ + 2ζ tan θ = 1.
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The columns of the matrix or of its transpose, whichever is not wide, in units of the largest entry. */
function tallColumns(entries: Vector, shape: Shape): { columns: Float64Array[]; unit: number } {
  refuseNonFinite(numbersOf(entries, "entries"), "entries");
  const { rows, columns } = Object(shape) as Shape;
  if (!(Number.isInteger(rows) && rows > 0 && Number.isInteger(columns) && columns > 0))
    throw new MetricsError("argument", `a matrix of ${rows} × ${columns}`);
  if (entries.length !== rows * columns)
    throw new MetricsError("length", `${entries.length} entries for a matrix of ${rows} × ${columns}`);
  let unit = 0;
  for (let i = 0; i < entries.length; i++) unit = Math.max(unit, Math.abs(entries[i]!));
  const [few, many, along, across] =
    rows < columns ? [rows, columns, 1, columns] : [columns, rows, columns, 1];
  const column = (c: number): Float64Array =>
    Float64Array.from({ length: many }, (_, i) => entries[c * across + i * along]! / (unit || 1));
  return { columns: Array.from({ length: few }, (_, c) => column(c)), unit };
}
