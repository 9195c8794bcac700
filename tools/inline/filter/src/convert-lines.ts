import { ByteWriter } from "./byte-writer.ts";
import { faultOf, isRefusal } from "./faults.ts";
import { linesOf, type Place } from "./lines.ts";

/**
 * Writes what a line becomes, and returns how many ids it has.
 *
 * @throws What {@link isRefusal} knows, for a line that cannot be converted.
 */
export type LineWriter = (line: string, output: ByteWriter, place: Place) => number;

/** What became of a block of lines. */
export interface Converted {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many ids each line has. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** What is wrong with the next line; the lines after it were left. */
  readonly fault?: string;
}

/** Converts a block of lines, the first of which is at `place`, up to the first that cannot be. */
export function convertLines(write: LineWriter, block: Uint8Array, { pass, line }: Place): Converted {
  const output = new ByteWriter(2 * block.length);
  const lines = linesOf(block);
  const counts = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++)
    try {
      counts[i] = write(lines[i]!, output, { pass, line: line + i });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { bytes: output.written(), counts: counts.slice(0, i), fault: faultOf(error) };
    }
  return { bytes: output.written(), counts };
}
