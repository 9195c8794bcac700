import { convertLines, type Converted, type Job } from "./convert-lines.ts";
import { DataError, UsageError } from "./faults.ts";
import { inOrder } from "./in-order.ts";
import type { Input } from "./inputs.ts";
import { type Block, blocksOf } from "./lines.ts";
import { Progress } from "./progress.ts";
import type { Sink } from "./sinks.ts";
import { startWorkers } from "./workers.ts";

const MOST_THREADS = 256;

/** What `--threads` says. */
export function threadsOf(value: string): number {
  const threads = Number(value);
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
    throw new UsageError(`--threads must be an integer from 1 to ${MOST_THREADS}, got "${value}"`);
  return threads;
}

/**
 * Converts all lines of the inputs, in order: here, or in several threads. Shows its progress on standard error if that
 * is a terminal and the inputs are files.
 *
 * @throws {@link DataError} for a line that cannot be converted, when those before it have gone to the sink.
 */
export async function filter(job: Job, inputs: readonly Input[], sink: Sink, threads: number): Promise<void> {
  const workers = threads === 1 ? undefined : startWorkers(threads, job);
  const convertBlock = async ({
    input,
    bytes,
  }: Block): Promise<Converted & { input: Input; read: number }> => {
    const read = bytes.length;
    const converted = workers === undefined ? convertLines(job, bytes) : await workers.convert(bytes);
    return { ...converted, input, read };
  };
  const total = inputs.reduce((sum, { size }) => sum + (size ?? NaN), 0);
  const showsProgress = process.stderr.isTTY && !sink.isTTY && total > 0;
  const progress = showsProgress ? new Progress(process.stderr, total) : undefined;
  let current: Input | undefined;
  let line = 0;
  try {
    for await (const block of inOrder(
      blocksOf(inputs),
      workers === undefined ? 1 : 2 * threads,
      convertBlock,
    )) {
      if (block.input !== current) line = 0;
      current = block.input;
      line += block.counts.length;
      await sink.write(block);
      progress?.add(block.read);
      if (block.fault !== undefined) throw new DataError(`${current.name}, line ${line + 1}: ${block.fault}`);
    }
  } finally {
    progress?.clear();
  }
  await workers?.close();
  await sink.finish();
}
