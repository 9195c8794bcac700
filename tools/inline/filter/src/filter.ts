import { convertLines, type Converted, type LineWriter } from "./convert-lines.ts";
import { DataError } from "./faults.ts";
import { inOrder } from "./in-order.ts";
import type { Input } from "./inputs.ts";
import { type Block, blocksOf } from "./lines.ts";
import { progressOf } from "./progress.ts";
import type { Sink } from "./sinks.ts";
import { startWorkers } from "./workers.ts";

/** What {@link filter} does. */
export interface Filter<Job> {
  /** What becomes of lines. Survives `structuredClone`, for workers. */
  readonly job: Job;
  /** Prepares a thread for the job. With several threads, the program serves it by `serveBlocks` when it is a worker. */
  readonly writerOf: (job: Job) => LineWriter;
  /** What is read, in order: the inputs once, or as often as this says. */
  readonly passes: readonly (readonly Input[])[];
  readonly sink: Sink;
  readonly threads: number;
}

/**
 * Converts all lines of the inputs, in order: here, or in several threads. Shows its progress on standard error if that
 * is a terminal and the inputs are files.
 *
 * @throws {@link DataError} for a line that cannot be converted, when those before it have gone to the sink.
 */
export async function filter<Job>({ job, writerOf, passes, sink, threads }: Filter<Job>): Promise<void> {
  const workers = threads === 1 ? undefined : startWorkers(threads, job);
  const write = workers === undefined ? writerOf(job) : undefined;
  const convertBlock = async (block: Block): Promise<Converted & { input: Input; read: number }> => {
    const { input, bytes, place } = block;
    const read = bytes.length;
    const converted =
      write === undefined ? await workers!.convert(bytes, place) : convertLines(write, bytes, place);
    return { ...converted, input, read };
  };
  const total = passes.flat().reduce((sum, { size }) => sum + (size ?? NaN), 0);
  const progress = sink.isTTY ? undefined : progressOf(total);
  let current: Input | undefined;
  let line = 0;
  try {
    for await (const block of inOrder(
      blocksOf(passes),
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
