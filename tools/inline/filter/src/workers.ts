import { on } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { convertLines, type Converted, type LineWriter } from "./convert-lines.ts";
import type { Place } from "./lines.ts";

/** Threads that convert blocks, in turn. */
export interface Workers {
  /** Converts a block, whose memory goes to the thread. */
  convert(bytes: Uint8Array<ArrayBuffer>, place: Place): Promise<Converted>;
  close(): Promise<void>;
}

/** What a thread is asked to convert. */
interface Portion {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly place: Place;
}

/** Starts threads that do a job, which is sent once to each. */
export function startWorkers(count: number, job: unknown): Workers {
  const threads = Array.from({ length: count }, () => {
    // The program itself, which serves when it finds that it is a worker.
    const worker = new Worker(process.argv[1]!, { workerData: job });
    return { worker, answers: on(worker, "message") };
  });
  let turn = 0;
  return {
    async convert(bytes, place) {
      const { worker, answers } = threads[turn++ % count]!;
      worker.postMessage({ bytes, place } satisfies Portion, [bytes.buffer]);
      // A thread answers in the order in which it is asked.
      const { value } = (await answers.next()) as { value: [Converted] };
      return value[0];
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Does the work of a thread, as prepared for the job that was sent to it: answers each block with what became of it. */
export function serveBlocks(writerOf: (job: never) => LineWriter): void {
  const write = writerOf(workerData as never);
  parentPort!.on("message", ({ bytes, place }: Portion) => {
    const converted = convertLines(write, bytes, place);
    parentPort!.postMessage(converted, [converted.bytes.buffer, converted.counts.buffer]);
  });
}
