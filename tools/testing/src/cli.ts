#!/usr/bin/env node
// Tests the workspace; arguments go to turbo (`--affected`, `--filter=…`). The last line is the sum of all results.
import { summaryLine } from "./counts.ts";
import { runTests } from "./run.ts";

const counts = runTests(process.cwd(), process.argv.slice(2));
console.log(summaryLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
