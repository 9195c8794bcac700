#!/usr/bin/env node
// The command line. With --threads it runs itself again as a worker, which converts blocks of lines.
import { isMainThread } from "node:worker_threads";
import { serveBlocks } from "@lemmata/filter";
import { lineWriter } from "./cli/line-writer.ts";
import { main } from "./cli/main.ts";

if (isMainThread) await main(process.argv.slice(2));
else serveBlocks(lineWriter);
