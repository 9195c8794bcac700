import { on } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { convertLines, type Converted, type LineWriter } from "./convert-lines.ts";
import type { Place } from "./lines.ts";

/** Threads that convert blocks, this one among them. */
export interface Threads {
  /** Converts a block, whose memory may go to another thread. */
  convert(bytes: Uint8Array<ArrayBuffer>, place: Place): Promise<Converted>;
  /** How many blocks are to be under way at once. */
  readonly atOnce: number;
  close(): Promise<void>;
}

/** What a worker is given when it starts. */
interface Start {
  readonly job: unknown;
  /** How many blocks it has converted, in shared memory: this thread knows at once, even while it converts one itself. */
  readonly done: Int32Array;
}

/** What a worker is asked to convert. */
interface Portion {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly place: Place;
}

/** How many blocks a worker has at most: it shall not run out of them while this thread converts one itself. */
const QUEUE = 3;
/** How many more are under way: enough for this thread to have work while workers start. */
const MORE = 8;

/**
 * Starts `count` threads, this one among them, that do a job, which is sent once to each. What workers have no time for, this
 * one does.
 */
export function startThreads(count: number, job: unknown, write: LineWriter): Threads {
  const workers = Array.from({ length: count - 1 }, () => {
    const done = new Int32Array(new SharedArrayBuffer(4));
    // The program itself, which serves when it finds that it is a worker.
    const worker = new Worker(process.argv[1]!, { workerData: { job, done } satisfies Start });
    return { worker, done, answers: on(worker, "message"), asked: 0 };
  });
  return {
    atOnce: count === 1 ? 1 : QUEUE * count + MORE,
    async convert(bytes, place) {
      const free = workers.find(({ asked, done }) => asked - Atomics.load(done, 0) < QUEUE);
      if (free === undefined) return convertLines(write, bytes, place);
      free.asked++;
      free.worker.postMessage({ bytes, place } satisfies Portion, [bytes.buffer]);
      // A worker answers in the order in which it is asked.
      const { value } = (await free.answers.next()) as { value: [Converted] };
      return value[0];
    },
    async close() {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Does the work of a worker, as prepared for the job that was sent to it: answers each block with what became of it. */
export function serveBlocks(writerOf: (job: never) => LineWriter): void {
  const { job, done } = workerData as Start;
  const write = writerOf(job as never);
  parentPort!.on("message", ({ bytes, place }: Portion) => {
    const converted = convertLines(write, bytes, place);
    parentPort!.postMessage(converted, [converted.bytes.buffer, converted.counts.buffer]);
    Atomics.add(done, 0, 1);
  });
}
