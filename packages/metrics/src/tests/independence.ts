import { MetricsError } from "../metrics-error.ts";
import { numbersOf, type Vector } from "../vector.ts";
import { type Cell, logRatio, resultOf, squared, type TestResult, totalOf } from "./goodness-of-fit.ts";

/**
 * Pearson's χ² test that the rows of a table of counts have the same proportions, or that row and column are independent.
 * Without Yates's correction.
 *
 * @throws {@link MetricsError} `value` for a count below 0; `length` for rows of different lengths; `zero` (`at`: the row or
 * column) if one has nothing counted; `empty`; `argument` for a table of one row or column.
 * @remarks O(cells). The p-value is the limit's: have some five expected in each cell at least.
 */
export function chiSquaredIndependence(table: readonly Vector[]): TestResult {
  return independence(table, squared);
}

/**
 * The G test of the same: twice the number of counts times the mutual information of row and column, in nats.
 *
 * @throws {@link MetricsError} as {@link chiSquaredIndependence}.
 * @remarks O(cells).
 */
export function gIndependence(table: readonly Vector[]): TestResult {
  return independence(table, logRatio);
}

function independence(table: readonly Vector[], cell: Cell): TestResult {
  if (!Array.isArray(table)) throw new MetricsError("argument", "table is no array of rows");
  const rows = table.map((row: Vector, r) => numbersOf(row, `table[${r}]`));
  const columns = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged > 0)
    throw new MetricsError(
      "length",
      `row ${ragged} has ${rows[ragged]!.length} cells, not ${columns}`,
      ragged,
    );
  if (rows.length < 2 || columns < 2)
    throw new MetricsError("argument", `a table of ${rows.length} × ${columns} has nothing to compare`);
  const ofRow = rows.map((row, r) => totalOf(row, `table[${r}]`));
  const ofColumn = Array.from({ length: columns }, (_, c) => rows.reduce((sum, row) => sum + row[c]!, 0));
  const empty = ofColumn.indexOf(0);
  if (empty >= 0) throw new MetricsError("zero", `column ${empty} has nothing counted`, empty);
  const total = ofRow.reduce((sum, count) => sum + count);
  let statistic = 0;
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) statistic += cell(row[c]!, (ofRow[r]! / total) * ofColumn[c]!);
  });
  return resultOf(statistic, (rows.length - 1) * (columns - 1));
}
