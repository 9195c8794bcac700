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
  let [waiting, ended] = [Buffer.alloc(0), false];
  const more = async (): Promise<void> => {
    const next = await chunks.next();
    if (next.done === true) ended = true;
    else waiting = Buffer.concat([waiting, next.value]);
  };
  while (!ended && (input.size === undefined || waiting.length < BEGINNING)) await more();
  const size = input.size ?? waiting.length;
  const tensor = at(name, () => readNpyHeader(waiting, size));
  waiting = waiting.subarray(npyDataStart(waiting));

  const { type, bigEndian, length } = tensor;
  if (type === undefined) throw new DataError(`${name}: numbers of type ${tensor.dtype} cannot be read`);
  const width = elementSize[type];
  for (let read = 0; read < length;) {
    const count = Math.min(Math.floor(waiting.length / width), length - read);
    const values = Float64Array.from(numbersOf(waiting.subarray(0, count * width), type, bigEndian));
    const from = read;
    if (count > 0) yield { values, weights: undefined, place: (i) => `${name}[${from + i}]` };
    read += count;
    waiting = waiting.subarray(count * width);
    if (read < length && ended) throw new DataError(`${name} has become shorter while it was read`);
    if (read < length) await more();
  }
}
