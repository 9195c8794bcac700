import { blocksOf, DataError, type Input, UsageError } from "@lemmata/filter";
import Papa from "papaparse";
import { type Columns, type NumberBlock, quoted, RowNumbers } from "./number-block.ts";

/** What a record may take, in UTF-16 units: a quote that is never closed would take all. */
const LONGEST = 1 << 24;

/**
 * Reads a column of a table, fields in quotes included (RFC 4180). What stands between fields is the one of `,`, tab, `;`
 * and `|` that parts the first record into most. This record has the names of the columns, unless each of its fields is a
 * number. Empty lines are passed over.
 */
export async function* csvNumbers(input: Input, columns: Columns): AsyncGenerator<NumberBlock> {
  const { name } = input;
  let delimiter: string | undefined;
  let chosen: Chosen | undefined;
  for await (const { text, line } of wholeRecords(input)) {
    if (text.trim() === "") continue;
    delimiter ??= delimiterOf(text);
    const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
    const fault = errors.find(({ type }) => type === "Quotes");
    const rows = new RowNumbers(name, columns.weight !== undefined);
    let at = line;
    for (const [i, record] of data.entries()) {
      const here = at;
      for (const field of record) at += lineEndsIn(field);
      at++;
      if (fault !== undefined && i >= Math.min(fault.row ?? 0, data.length - 1))
        throw new DataError(`${name}, line ${here}: ${fault.message}`);
      if (record.length === 1 && record[0]!.trim() === "") continue;
      if (chosen === undefined) {
        chosen = choose(record, columns, name);
        if (chosen.named) continue;
      }
      rows.add(
        here,
        fieldOf(record, chosen.value, name, here),
        chosen.weight === undefined ? undefined : fieldOf(record, chosen.weight, name, here),
      );
    }
    yield rows.finish();
  }
}

/** What parts the first record into most fields. */
function delimiterOf(text: string): string {
  const first = text.replace(/^\s*\n/, "");
  const fields = (delimiter: string): number =>
    Papa.parse<string[]>(first, { delimiter, newline: "\n", preview: 1 }).data[0]!.length;
  return [",", "\t", ";", "|"].reduce((best, other) => (fields(other) > fields(best) ? other : best));
}

/** Pieces of a table that end with a record, with the line of the first. */
async function* wholeRecords(input: Input): AsyncGenerator<{ text: string; line: number }> {
  const utf8 = new TextDecoder();
  let text = "";
  let line = 1;
  let inQuotes = false;
  for await (const { bytes, place } of blocksOf([[input]])) {
    if (text === "") line = place.line + 1;
    const piece = utf8.decode(bytes).replaceAll("\r\n", "\n");
    text += piece;
    // Quotes come in pairs, those within fields as well.
    for (let at = piece.indexOf('"'); at >= 0; at = piece.indexOf('"', at + 1)) inQuotes = !inQuotes;
    if (inQuotes && text.length > LONGEST)
      throw new DataError(`${input.name}, line ${line}: a quote somewhere from here on is not closed`);
    if (inQuotes) continue;
    yield { text, line };
    text = "";
  }
  if (text !== "") yield { text, line };
}

/** The places of the columns that are wanted. */
interface Chosen {
  readonly value: number;
  readonly weight: number | undefined;
  /** Whether the first record has names. */
  readonly named: boolean;
}

function choose(first: readonly string[], { value, weight }: Columns, name: string): Chosen {
  const named = !first.every((field) => field.trim() !== "" && !Number.isNaN(Number(field)));
  const names = first.map((field) => field.trim());
  const listed = named ? names.map(quoted).join(", ") : `${first.length}, without names`;
  const placeOf = (column: string): number => {
    const known = named ? names.indexOf(column.trim()) : -1;
    if (known >= 0) return known;
    const number = /^\d{1,9}$/.test(column) ? Number(column) : 0;
    if (number >= 1 && number <= first.length) return number - 1;
    throw new DataError(`${name}: no column ${quoted(column)}; there are ${listed}`);
  };
  if (value === undefined && first.length > 1)
    throw new UsageError(`${name} has several columns: --column tells which; there are ${listed}`);
  return {
    value: value === undefined ? 0 : placeOf(value),
    weight: weight === undefined ? undefined : placeOf(weight),
    named,
  };
}

function fieldOf(record: readonly string[], column: number, name: string, line: number): string {
  const field = record[column];
  if (field === undefined)
    throw new DataError(`${name}, line ${line}: no column ${column + 1}, fields: ${record.length}`);
  return field;
}

function lineEndsIn(field: string): number {
  let count = 0;
  for (let at = field.indexOf("\n"); at >= 0; at = field.indexOf("\n", at + 1)) count++;
  return count;
}
