import { on } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { enableTokenizerJson } from "../huggingface.ts";
import { convertLines, type Converted, type Job } from "./convert-lines.ts";

/** Threads that convert blocks, in turn. */
export interface Workers {
  /** Converts a block, whose memory goes to the thread. */
  convert(block: Uint8Array<ArrayBuffer>): Promise<Converted>;
  close(): Promise<void>;
}

/** Starts threads that do a job: the model is sent once to each, which builds its own kernel. */
export function startWorkers(count: number, job: Job): Workers {
  const threads = Array.from({ length: count }, () => {
    // The program itself, which serves when it finds that it is a worker.
    const worker = new Worker(process.argv[1]!, { workerData: job });
    return { worker, answers: on(worker, "message") };
  });
  let turn = 0;
  return {
    async convert(block) {
      const { worker, answers } = threads[turn++ % count]!;
      worker.postMessage(block, [block.buffer]);
      // A thread answers in the order in which it is asked.
      const { value } = (await answers.next()) as { value: [Converted] };
      return value[0];
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Does the job of a worker: answers each block with what became of it. */
export function serveBlocks(): void {
  enableTokenizerJson();
  parentPort!.on("message", (block: Uint8Array) => {
    const converted = convertLines(workerData as Job, block);
    parentPort!.postMessage(converted, [converted.bytes.buffer, converted.counts.buffer]);
  });
}
