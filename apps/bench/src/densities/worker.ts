// A thread of the experiment on densities: gets cells of one target, size and seed, and answers with their outcomes.
import { parentPort, workerData } from "node:worker_threads";
import { type Cell, measure } from "./cell.ts";

parentPort!.on("message", (cells: readonly Cell[]) =>
  parentPort!.postMessage(measure(cells, workerData as string | undefined), []),
);
