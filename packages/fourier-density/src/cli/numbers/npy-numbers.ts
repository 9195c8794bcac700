import { at, DataError, type Input, UsageError } from "@lemmata/filter";
import { elementSize, npyDataStart, numbersOf, readNpyHeader } from "@lemmata/tensors";
import type { Columns, NumberBlock } from "./number-block.ts";

/** As many bytes as any header of an array of numbers has. */
const BEGINNING = 1 << 16;

/** Reads all entries of an array of numpy, of any shape: a file by parts, standard input as a whole. */
export async function* npyNumbers(input: Input, columns: Columns): AsyncGenerator<NumberBlock> {
  const { name } = input;
  if (columns.value !== undefined || columns.weight !== undefined)
    throw new UsageError(`${name} is an array of numpy, without columns`);
  const chunks = input.chunks[Symbol.asyncIterator]();
  // Where the size is not known, only the end of all tells whether the header lies.
  let waiting = await atLeast(input.size === undefined ? Infinity : BEGINNING, chunks);
  const size = input.size ?? waiting.length;
  const { type, dtype, bigEndian, length } = at(name, () => readNpyHeader(waiting, size));
  if (type === undefined) throw new DataError(`${name}: numbers of type ${dtype} cannot be read`);
  const width = elementSize[type];
  waiting = waiting.subarray(npyDataStart(waiting));
  for (let read = 0; read < length;) {
    if (waiting.length < width) {
      const more = await atLeast(width, chunks);
      waiting = Buffer.concat([waiting, more]);
      if (more.length === 0) throw new DataError(`${name} has become shorter while it was read`);
    }
    const from = read;
    const count = Math.min(Math.floor(waiting.length / width), length - from);
    const values = new Float64Array(numbersOf(waiting.subarray(0, count * width), type, bigEndian));
    yield { values, weights: undefined, place: (i) => `${name}[${from + i}]` };
    read += count;
    waiting = waiting.subarray(count * width);
  }
}

/** The next so many bytes and what comes with them, or all that are left. */
async function atLeast(bytes: number, chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let length = 0; length < bytes;) {
    const next = await chunks.next();
    if (next.done === true) break;
    parts.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(parts);
}
