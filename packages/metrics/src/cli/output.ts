import { toStdout, UsageError } from "@lemmata/filter";

/** What `--format` can say. */
const formats = ["text", "json"] as const;
export type Format = (typeof formats)[number];

/** @throws {@link UsageError} for a format that there is not. */
export function formatOf(value: string): Format {
  const format = formats.find((known) => known === value);
  if (format === undefined) throw new UsageError(`no format "${value}"; there are ${formats.join(", ")}`);
  return format;
}

/** Writes what there is to say, in JSON (what is undefined as null) or as text. */
export async function print(format: Format, about: object, text: () => string): Promise<void> {
  const json = (): string =>
    `${JSON.stringify(about, (_, value: unknown) => (value === undefined ? null : value), 2)}\n`;
  await toStdout(format === "json" ? json() : text());
}

/** Rows in columns as wide as they need: the first flush left, the others right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]! + 2))).join("");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}
