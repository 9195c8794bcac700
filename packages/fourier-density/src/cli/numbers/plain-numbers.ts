import { blocksOf, type Input, linesOf, UsageError } from "@lemmata/filter";
import { type Columns, type NumberBlock, RowNumbers } from "./number-block.ts";

/** Reads a number a line. Empty lines are passed over. */
export async function* plainNumbers(input: Input, columns: Columns): AsyncGenerator<NumberBlock> {
  if (columns.value !== undefined || columns.weight !== undefined)
    throw new UsageError(`${input.name} is read as plain lines, without columns: --input says otherwise`);
  for await (const { bytes, place } of blocksOf([[input]])) {
    const rows = new RowNumbers(input.name, false);
    for (const [i, line] of linesOf(bytes).entries()) {
      // A mark of the byte order counts as white space.
      if (line.trim() !== "") rows.add(place.line + i + 1, line);
    }
    yield rows.finish();
  }
}
