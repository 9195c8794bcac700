import { blocksOf, DataError, type Input, linesOf, UsageError } from "@lemmata/filter";
import { parsed } from "../parsed.ts";
import { type Columns, type NumberBlock, quoted, RowNumbers } from "./number-block.ts";

/** Reads lines of JSON: a number each, or an object with a field that has one. Empty lines are passed over. */
export async function* jsonNumbers(input: Input, { value, weight }: Columns): AsyncGenerator<NumberBlock> {
  if (value === undefined && weight !== undefined)
    throw new UsageError("--weights needs --column in lines of JSON");
  for await (const { bytes, place } of blocksOf([[input]])) {
    const rows = new RowNumbers(input.name, weight !== undefined);
    for (const [i, line] of linesOf(bytes).entries()) {
      if (line.trim() === "") continue;
      const number = place.line + i + 1;
      const where = `${input.name}, line ${number}`;
      // A mark of the byte order at the start is no part of it.
      const json = parsed(number === 1 ? line.replace(/^\ufeff/, "") : line, where);
      if (value === undefined) rows.add(number, numberIn(json, "the line", where));
      else {
        const fields = [value, ...(weight === undefined ? [] : [weight])];
        const [sample, share] = fields.map((name) =>
          numberIn(fieldIn(json, name, where), quoted(name), where),
        );
        rows.add(number, sample!, share);
      }
    }
    yield rows.finish();
  }
}

function fieldIn(json: unknown, name: string, where: string): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new DataError(`${where}: no object with fields`);
  if (Object.hasOwn(json, name)) return (json as Record<string, unknown>)[name];
  const names = Object.keys(json).map(quoted);
  throw new DataError(`${where}: no field ${quoted(name)}; there are ${names.join(", ") || "none"}`);
}

function numberIn(json: unknown, what: string, where: string): number {
  if (typeof json === "number") return json;
  const hint =
    typeof json === "object" && json !== null && what === "the line" ? ": --column tells its field" : "";
  throw new DataError(`${where}: ${what} is no number${hint}`);
}
