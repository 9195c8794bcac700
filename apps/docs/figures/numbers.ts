import Papa from "papaparse";
import { grouped } from "./format.ts";

/** Numbers that were found in a text, and what was passed over. */
export interface NumberColumn {
  /** The heading, if there was one. */
  readonly name: string;
  readonly values: Float64Array;
  /** Fields without a number, such as `NA`, or with one that is not finite. */
  readonly skipped: number;
}

/** More numbers than this are refused. */
export const MOST_NUMBERS = 1_000_000;

/**
 * The numbers of a text. Under a first line of headings they are columns, those in which most fields are numbers; without
 * one they are a single list, whatever stands between them.
 *
 * @throws An error with the reason, for the reader.
 */
export function numbersIn(text: string): NumberColumn[] {
  const lines = text.replace(/^\uFEFF/, "").trim();
  const heading = lines.slice(0, /\r?\n|$/.exec(lines)!.index);
  const columns = /[^\s\d.,;|+\-eE]/.test(heading) ? columnsIn(lines) : [column("", lines.split(/[\s,;|]+/))];
  const found = columns.filter(({ values }) => values.length > 0);
  if (found.length === 0) throw new Error("there are no numbers in it");
  const most = Math.max(...found.map(({ values }) => values.length));
  if (most > MOST_NUMBERS)
    throw new Error(`it has ${grouped(most)} numbers, and this page takes up to ${grouped(MOST_NUMBERS)}`);
  return found;
}

function columnsIn(text: string): NumberColumn[] {
  const [heading, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" }).data;
  return heading!
    .map((name, c) =>
      column(
        name.trim() || `column ${c + 1}`,
        rows.map((row) => row[c] ?? ""),
      ),
    )
    .filter(({ values, skipped }) => values.length > skipped);
}

function column(name: string, fields: readonly string[]): NumberColumn {
  const numbers = fields.filter((field) => field.trim() !== "").map(Number);
  const values = Float64Array.from(numbers.filter(Number.isFinite));
  return { name, values, skipped: numbers.length - values.length };
}
