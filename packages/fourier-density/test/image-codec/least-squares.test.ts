import { expect, test } from "vitest";
import { LocalLeastSquares } from "../../examples/image-codec/least-squares.ts";
import { uniforms } from "../coding/laws.ts";

interface Seen {
  readonly x: number;
  readonly y: number;
  readonly regressors: readonly number[];
  readonly value: number;
  readonly weight: number;
}

/** The solution of a system by Gauss and Jordan's elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_, i) => {
    const pivot = rows.findIndex(
      (row, k) => k >= i && Math.abs(row[i]!) === Math.max(...rows.slice(i).map((r) => Math.abs(r[i]!))),
    );
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    const scaled = rows[i]!.map((entry) => entry / rows[i]![i]!);
    rows[i] = scaled;
    for (const [k, row] of rows.entries())
      if (k !== i) rows[k] = row.map((entry, j) => entry - row[i]! * scaled[j]!);
  });
  return rows.map((row) => row.at(-1)!);
}

/** The least-squares prediction from all pixels seen, one by one, with the ridge of 2 that keeps solutions small. */
function direct(
  seen: readonly Seen[],
  x: number,
  y: number,
  regressors: readonly number[],
  decay: number,
): number {
  const matrix = regressors.map((_, i) => regressors.map((__, j) => (i === j ? 2 : 0)));
  const right = regressors.map(() => 0);
  for (const pixel of seen) {
    const weight = pixel.weight * decay ** (Math.abs(pixel.x - x) + (y - pixel.y));
    pixel.regressors.forEach((a, i) => {
      pixel.regressors.forEach((b, j) => (matrix[i]![j]! += weight * a * b));
      right[i]! += weight * a * pixel.value;
    });
  }
  return solve(matrix, right).reduce((sum, factor, i) => sum + factor * regressors[i]!, 0);
}

test.each([
  [1, 3, 0.8],
  [7, 1, 0.5],
  [6, 4, 0.9],
  [9, 6, 0.7],
])(
  "LocalLeastSquares in %i columns with %i regressors predicts what least squares over all pixels before do",
  (width, count, decay) => {
    const uniform = uniforms(width);
    const squares = new LocalLeastSquares(width, count, decay);
    const seen: Seen[] = [];
    for (let y = 0; y < 6; y++) {
      squares.nextRow();
      for (let x = 0; x < width; x++) {
        const regressors = Array.from({ length: count }, () => 20 * (uniform() - 0.5));
        squares.regressors.set(regressors);
        expect(squares.predict(x)).toBeCloseTo(direct(seen, x, y, regressors, decay), 8);
        const value = regressors.reduce((sum, r, i) => sum + (i - 1) * r, 3 * uniform());
        const weight = 0.1 + uniform();
        squares.learn(x, value, weight);
        seen.push({ x, y, regressors, value, weight });
      }
    }
  },
);
