#!/usr/bin/env node
// The command line. With --threads it runs itself again as a worker, which converts blocks of lines.
import { isMainThread } from "node:worker_threads";
import { main } from "./cli/main.ts";
import { serveBlocks } from "./cli/workers.ts";

if (isMainThread) await main(process.argv.slice(2));
else serveBlocks();
