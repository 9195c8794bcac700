import { DataError, type Input, inputsOf, type Progress, progressOf, UsageError } from "@lemmata/filter";
import { csvNumbers } from "./csv-numbers.ts";
import { jsonNumbers } from "./json-numbers.ts";
import { npyNumbers } from "./npy-numbers.ts";
import type { NumberBlock, NumberReader } from "./number-block.ts";
import { plainNumbers } from "./plain-numbers.ts";

const readers = { lines: plainNumbers, csv: csvNumbers, jsonl: jsonNumbers, npy: npyNumbers } as const;

/** The options that tell where numbers come from, for `parseArgs`. */
export const numberOptions = { input: { type: "string" }, column: { type: "string" } } as const;

/** What `--help` says of them. */
export const numberHelp = `  --input FORMAT    lines (a number a line), csv, jsonl (lines of JSON) or npy; if left out, what the name says: .csv,
                    .tsv, .jsonl, .ndjson or .npy, else lines
  --column NAME     the column of a table, by its name in the first line or its number from 1; the field of lines of
                    JSON`;

/** Where numbers come from. */
export interface NumberSource {
  /** Files, one after another; standard input if there are none, or for `-`. */
  readonly paths: readonly string[];
  /** What `--input`, `--column` and `--weights` say. */
  readonly input?: string | undefined;
  readonly column?: string | undefined;
  readonly weights?: string | undefined;
  /** What is wrong with a finite number; undefined if nothing is. */
  readonly fault?: ((value: number) => string | undefined) | undefined;
}

/**
 * Numbers from files, block by block: no more than what is read at once is held in memory. Shows its progress.
 *
 * @throws {@link DataError} that names the place, for what is no finite number, or has a fault.
 */
export async function* readNumbers(source: NumberSource): AsyncGenerator<NumberBlock> {
  const { paths, column, weights, fault } = source;
  const format = source.input === undefined ? undefined : formatOf(source.input);
  const inputs = await inputsOf(paths);
  const progress = progressOf(inputs.reduce((sum, { size }) => sum + (size ?? NaN), 0));
  try {
    for (const input of inputs) {
      const read: NumberReader = readers[format ?? formatByName(input.name)];
      for await (const block of read(followed(input, progress), { value: column, weight: weights })) {
        check(block, fault);
        yield block;
      }
    }
  } finally {
    progress?.clear();
  }
}

type Format = keyof typeof readers;

function formatOf(value: string): Format {
  if (!Object.hasOwn(readers, value))
    throw new UsageError(`no input "${value}"; there are ${Object.keys(readers).join(", ")}`);
  return value as Format;
}

function formatByName(name: string): Format {
  if (/\.[ct]sv$/i.test(name)) return "csv";
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return "jsonl";
  return /\.npy$/i.test(name) ? "npy" : "lines";
}

/** An input that says how far it has been read. */
function followed(input: Input, progress: Progress | undefined): Input {
  if (progress === undefined) return input;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks) {
      yield chunk;
      progress!.add(chunk.length);
    }
  }
  return { ...input, chunks: chunks() };
}

function check({ values, weights, place }: NumberBlock, fault: NumberSource["fault"]): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) throw new DataError(`${place(i)}: ${value} is no finite number`);
    const wrong = fault?.(value);
    if (wrong !== undefined) throw new DataError(`${place(i)}: ${wrong}`);
    const weight = weights?.[i];
    if (weight !== undefined && !(weight >= 0 && weight < Infinity))
      throw new DataError(`${place(i)}: a weight of ${weight}; want finite ones that are not negative`);
  }
}
